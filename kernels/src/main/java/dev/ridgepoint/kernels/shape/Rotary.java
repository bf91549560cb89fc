package dev.ridgepoint.kernels.shape;

/**
 * Which elements of a key rotary position embedding pairs (Su et al., RoFormer, 2021). Pair i of the first R elements turns
 * by its position's angle i: x becomes x cos - y sin, y becomes y cos + x sin. Elements from R on stay.
 */
public enum Rotary {
    /** Elements i and i + R/2: GPT-NeoX, and checkpoints of Llama in the layout of Transformers. */
    HALF("half"),
    /** Neighbours 2 i and 2 i + 1: RoFormer, GPT-J, Llama as published. */
    INTERLEAVED("interleaved"),
    /** Nothing turns: models whose tokens carry their positions from the start, as GPT-2's do. */
    NONE("none");

    private final String id;

    Rotary(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** The first element of a pair of the first {@code width}. */
    public int first(int pair) {
        return this == HALF ? pair : 2 * pair;
    }

    /** The second. */
    public int second(int pair, int width) {
        return this == HALF ? pair + width / 2 : 2 * pair + 1;
    }

    /**
     * Refuses a part of a row that cannot turn.
     *
     * @throws IllegalArgumentException naming {@code rotary_dim}
     */
    void check(long rotaryDim, long headDim) {
        if (this == NONE && rotaryDim != 0) {
            throw new IllegalArgumentException("rotary_dim: nothing turns, so 0, got " + rotaryDim);
        }
        if (this != NONE && (rotaryDim < 2 || rotaryDim > headDim || rotaryDim % 2 != 0)) {
            throw new IllegalArgumentException(
                    "rotary_dim: expected an even number of 2 to D=" + headDim + ", got " + rotaryDim);
        }
    }

    /**
     * The convention of that name.
     *
     * @throws IllegalArgumentException naming all
     */
    public static Rotary parse(String id) {
        for (Rotary rotary : values()) {
            if (rotary.id.equals(id)) {
                return rotary;
            }
        }
        throw new IllegalArgumentException("rotary: expected half, interleaved or none, got '" + id + "'");
    }

    @Override
    public String toString() {
        return id;
    }
}
