package dev.ridgepoint.benchmarks.plan;

import java.util.Locale;

/** Where operands lie when a timed call starts. */
public enum CacheState {
    /** One set of buffers, used again by every call. */
    WARM,
    /** As many sets as it takes to pass twice the last-level cache before a set comes round again. */
    COLD;

    /** The name in files and on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The state of that name.
     *
     * @throws IllegalArgumentException naming the states there are
     */
    public static CacheState parse(String id) {
        for (CacheState state : values()) {
            if (state.id().equals(id)) {
                return state;
            }
        }
        throw new IllegalArgumentException("cache state: unknown '" + id + "'; known: warm, cold");
    }

    /** Sets of buffers to rotate through. */
    public int sets(long bytesOfOneSet, long lastLevelCacheBytes) {
        if (this == WARM) {
            return 1;
        }
        long wanted = 2 * lastLevelCacheBytes;
        return Math.toIntExact(Math.max(1, (wanted - 1) / bytesOfOneSet + 1));
    }
}
