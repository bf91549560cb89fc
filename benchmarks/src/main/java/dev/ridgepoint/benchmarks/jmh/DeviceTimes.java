package dev.ridgepoint.benchmarks.jmh;

/** The device's own times of an iteration's launches. Adding one allocates nothing. */
final class DeviceTimes {
    private static final double NS_PER_MS = 1e6;

    private double sumNs;
    private long samples;

    void add(float[] millis, int count) {
        for (int i = 0; i < count; i++) {
            sumNs += NS_PER_MS * millis[i];
        }
        samples += count;
    }

    long samples() {
        return samples;
    }

    double meanNs() {
        return sumNs / samples;
    }

    /** A new iteration begins. */
    void clear() {
        sumNs = 0;
        samples = 0;
    }
}
