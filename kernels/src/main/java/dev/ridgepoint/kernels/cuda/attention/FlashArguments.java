package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import java.util.List;

/** The arguments of the two entry points, in the order the source declares them. */
final class FlashArguments {
    private FlashArguments() {}

    static List<Argument> attend(AttentionShape shape, FlashGrid grid) {
        boolean ragged = !shape.segments().isEmpty();
        boolean paged = shape.pageSize() > 0;
        boolean shared = grid.shares() > 1;
        return List.of(
                Argument.buffer("q"),
                Argument.buffer("k"),
                Argument.buffer("v"),
                Argument.buffer("o"),
                // The logarithm of the denominator, which no problem asks for yet.
                Argument.nullPointer(),
                Argument.int32((int) shape.seqLenQ()),
                Argument.int32((int) shape.seqLenKv()),
                bufferIf(ragged, "qOffsets"),
                bufferIf(ragged, "kvOffsets"),
                bufferIf(paged, "blockTable"),
                Argument.int32(paged ? longestPages(shape) : 0),
                Argument.int32((int) shape.pageSize()),
                Argument.int32((int) shape.qHeads()),
                Argument.int32((int) shape.kvHeads()),
                Argument.fp32((float) (1 / (Math.sqrt(shape.headDim()) * Math.log(2)))),
                // The kernel's enumeration has the same order.
                Argument.int32(shape.mask().ordinal()),
                Argument.int32((int) shape.window()),
                bufferIf(shape.mask() == Mask.TREE, "treeParents"),
                Argument.int32(grid.shares()),
                bufferIf(shared, FlashGrid.SUMS),
                bufferIf(shared, FlashGrid.LARGEST),
                bufferIf(shared, FlashGrid.DENOMINATORS),
                Argument.int64(grid.rows()));
    }

    static List<Argument> merge(AttentionShape shape, FlashGrid grid) {
        return List.of(
                Argument.buffer(FlashGrid.SUMS),
                Argument.buffer(FlashGrid.LARGEST),
                Argument.buffer(FlashGrid.DENOMINATORS),
                Argument.int64(grid.rows()),
                Argument.int32(grid.shares()),
                Argument.int32((int) shape.headDim()),
                Argument.buffer("o"),
                Argument.nullPointer());
    }

    private static int longestPages(AttentionShape shape) {
        return shape.sequences().stream()
                .mapToInt(s -> (int) ((s.seqLenKv() + shape.pageSize() - 1) / shape.pageSize()))
                .max()
                .orElseThrow();
    }

    private static Argument bufferIf(boolean there, String name) {
        return there ? Argument.buffer(name) : Argument.nullPointer();
    }
}
