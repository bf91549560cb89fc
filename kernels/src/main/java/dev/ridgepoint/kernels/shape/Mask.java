package dev.ridgepoint.kernels.shape;

import java.util.Locale;

/** Which keys a query may see. Queries are the last {@code Sq} positions of the {@code Skv} keys. */
public enum Mask {
    /** Every key. */
    FULL,
    /** Keys up to and including the query's own position. */
    CAUSAL,
    /** The last {@code window} keys up to and including the query's own position. */
    SLIDING,
    /** Keys within {@code window / 2} positions on either side: bidirectional local attention. */
    LOCAL,
    /** Causal over the cached prefix, then along the path to the root of a token tree (speculative verification). */
    TREE;

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Mask parse(String name) {
        for (Mask mask : values()) {
            if (mask.id().equals(name)) {
                return mask;
            }
        }
        throw new IllegalArgumentException("mask: unknown '" + name + "'; known: full, causal, sliding, local, tree");
    }
}
