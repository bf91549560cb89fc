package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;

/** Which keys a query sees; queries are the last positions of the keys. */
final class Visibility {
    private final Mask mask;
    private final long window;
    private final int[] treeParents;

    /** For a tree mask, {@code treeParents} has the parent of each query's node, -1 at the root; else it is null. */
    Visibility(Mask mask, long window, int[] treeParents) {
        this.mask = mask;
        this.window = window;
        this.treeParents = treeParents;
    }

    static Visibility of(AttentionShape shape, OperandSet operands) {
        int[] parents = null;
        if (shape.mask() == Mask.TREE) {
            parents = new int[Math.toIntExact(shape.seqLenQ())];
            operands.input("treeParents").asIntBuffer().get(parents);
        }
        return new Visibility(shape.mask(), shape.window(), parents);
    }

    boolean sees(int query, int queries, int key, int keys) {
        int position = keys - queries + query;
        return switch (mask) {
            case FULL -> true;
            case CAUSAL -> key <= position;
            case SLIDING -> key <= position && key > position - window;
            case LOCAL -> Math.abs(key - position) <= window / 2;
            case TREE -> key < keys - queries || onPathToRoot(query, key - (keys - queries));
        };
    }

    private boolean onPathToRoot(int query, int node) {
        int step = query;
        while (step >= 0 && step != node) {
            step = treeParents[step];
        }
        return step == node;
    }
}
