package dev.ridgepoint.benchmarks.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What memory gives to plain loops over arrays beyond the last cache; bytes that cross once, not write-allocate
 * traffic.
 *
 * @param readGigabytesPerSecond sum of one array
 * @param copyGigabytesPerSecond one array into another, both counted
 * @param triadGigabytesPerSecond a = b + s * c, all three counted
 */
record MemoryBandwidth(double readGigabytesPerSecond, double copyGigabytesPerSecond, double triadGigabytesPerSecond) {
    private static final int REPEATS = 8;
    private static final long LEAST_BYTES = 32L << 20;
    private static final long MOST_BYTES = 512L << 20;
    /** Keeps sums alive, so that the loops that make them are not dropped. */
    private static volatile double sink;

    private interface Loop {
        void run(double[] a, double[] b, double[] c);
    }

    /** Measures with so many threads, each on arrays of its own. */
    static MemoryBandwidth measure(long lastLevelCacheBytes, int threads) {
        long bytes = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, 2 * lastLevelCacheBytes)) / threads;
        int length = (int) (bytes / Double.BYTES);
        List<double[][]> arrays = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            arrays.add(new double[][] {filled(length), filled(length), filled(length)});
        }
        double total = (double) length * Double.BYTES * threads;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            return new MemoryBandwidth(
                    total / bestNs(pool, arrays, (a, b, c) -> sink = sum(a)),
                    2 * total / bestNs(pool, arrays, (a, b, c) -> System.arraycopy(a, 0, b, 0, a.length)),
                    3 * total / bestNs(pool, arrays, MemoryBandwidth::triad));
        } finally {
            pool.shutdownNow();
        }
    }

    private static double[] filled(int length) {
        double[] array = new double[length];
        Arrays.setAll(array, i -> i);
        return array;
    }

    /** Eight sums side by side, so that adding waits for memory and not for itself. */
    private static double sum(double[] a) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        for (int i = 0; i + 7 < a.length; i += 8) {
            s0 += a[i];
            s1 += a[i + 1];
            s2 += a[i + 2];
            s3 += a[i + 3];
            s4 += a[i + 4];
            s5 += a[i + 5];
            s6 += a[i + 6];
            s7 += a[i + 7];
        }
        return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    }

    private static void triad(double[] a, double[] b, double[] c) {
        for (int i = 0; i < a.length; i++) {
            a[i] = b[i] + 3.0 * c[i];
        }
    }

    private static double bestNs(ExecutorService pool, List<double[][]> arrays, Loop loop) {
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < REPEATS; i++) {
            long start = System.nanoTime();
            List<Future<?>> parts = new ArrayList<>();
            for (double[][] own : arrays) {
                parts.add(pool.submit(() -> loop.run(own[0], own[1], own[2])));
            }
            parts.forEach(MemoryBandwidth::await);
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    private static void await(Future<?> part) {
        try {
            part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
