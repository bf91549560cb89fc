package dev.ridgepoint.device.cuda.cost;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * A way from Java against the bare call from C++, timed in turn in one run, so that other load meets both alike.
 *
 * @param oursNs median time of a launch from Java
 * @param bareNs median time of the bare call
 * @param extraNs median over rounds of what ours takes more
 * @param low first quartile of that
 * @param high third quartile
 * @param bytes allocated on the heap by a launch, over all rounds
 */
record Comparison(double oursNs, double bareNs, double extraNs, double low, double high, double bytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Comparison of(int rounds, int launches, Way ours, Way bare) {
        for (int i = 0; i < rounds / 4; i++) {
            ours.time(launches);
            bare.time(launches);
        }
        double[] a = new double[rounds];
        double[] b = new double[rounds];
        double[] extra = new double[rounds];
        long asking = allocatedBy(() -> {});
        long allocated = 0;
        for (int i = 0; i < rounds; i++) {
            int round = i;
            boolean oursFirst = i % 2 == 0;
            if (!oursFirst) {
                b[i] = (double) bare.time(launches) / launches;
            }
            allocated += allocatedBy(() -> a[round] = (double) ours.time(launches) / launches) - asking;
            if (oursFirst) {
                b[i] = (double) bare.time(launches) / launches;
            }
            extra[i] = a[i] - b[i];
        }
        Arrays.sort(a);
        Arrays.sort(b);
        Arrays.sort(extra);
        double bytes = (double) allocated / rounds / launches;
        return new Comparison(
                a[rounds / 2], b[rounds / 2], extra[rounds / 2], extra[rounds / 4], extra[3 * rounds / 4], bytes);
    }

    private static long allocatedBy(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
