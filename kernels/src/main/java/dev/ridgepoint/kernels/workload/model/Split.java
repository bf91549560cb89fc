package dev.ridgepoint.kernels.workload.model;

/** Division of an extent among tensor-parallel devices. */
final class Split {
    private Split() {}

    static long of(String field, long extent, int devices) {
        check(field, extent, devices);
        return extent / devices;
    }

    /** A device's share of the vocabulary, which is padded until it divides. */
    static long padded(long vocab, int devices) {
        return (vocab + devices - 1) / devices;
    }

    static void check(String field, long extent, int devices) {
        if (extent % devices != 0) {
            throw new IllegalArgumentException("tp: " + devices + " devices do not divide " + field + "=" + extent);
        }
    }
}
