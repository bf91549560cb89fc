package dev.ridgepoint.benchmarks.doctor;

/**
 * The clock times are taken with.
 *
 * @param latencyNs what reading it costs
 * @param resolutionNs the smallest step it was seen to make
 */
public record Clock(double latencyNs, double resolutionNs) {
    private static final int READS = 200_000;

    /** Reads the clock often enough to tell; the first round only warms the loop up. */
    static Clock probe() {
        readOften();
        return readOften();
    }

    private static Clock readOften() {
        long start = System.nanoTime();
        long last = start;
        long smallest = Long.MAX_VALUE;
        for (int i = 0; i < READS; i++) {
            long now = System.nanoTime();
            if (now > last) {
                smallest = Math.min(smallest, now - last);
                last = now;
            }
        }
        return new Clock((last - start) / (double) READS, smallest);
    }
}
