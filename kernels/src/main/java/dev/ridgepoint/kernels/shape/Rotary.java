package dev.ridgepoint.kernels.shape;

/**
 * Which elements of a key rotary position embedding pairs (Su et al., RoFormer, 2021). Pair i of the first R elements turns
 * by its position's angle i: x becomes x cos - y sin, y becomes y cos + x sin. Elements from R on stay.
 */
public enum Rotary {
    /** Elements i and i + R/2: GPT-NeoX, and checkpoints of Llama in the layout of Transformers. */
    HALF("half"),
    /** Neighbours 2 i and 2 i + 1: RoFormer, GPT-J, Llama as published. */
    INTERLEAVED("interleaved");

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
     * The convention of that name.
     *
     * @throws IllegalArgumentException naming both
     */
    public static Rotary parse(String id) {
        for (Rotary rotary : values()) {
            if (rotary.id.equals(id)) {
                return rotary;
            }
        }
        throw new IllegalArgumentException("rotary: expected half or interleaved, got '" + id + "'");
    }

    @Override
    public String toString() {
        return id;
    }
}
