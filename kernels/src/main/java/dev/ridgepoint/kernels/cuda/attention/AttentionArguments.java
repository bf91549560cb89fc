package dev.ridgepoint.kernels.cuda.attention;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Rotary;
import java.util.ArrayList;
import java.util.List;

/** The arguments of entry points, in the order the sources declare them. */
final class AttentionArguments {
    private AttentionArguments() {}

    /** Of the kernel that takes any width of keys and values. */
    static List<Argument> attend(AttentionShape shape, FlashGrid grid) {
        List<Argument> all = new ArrayList<>(List.of(Argument.buffer("q"), Argument.buffer("k"), Argument.buffer("v")));
        all.addAll(rest(shape, grid.shares(), grid.rows()));
        all.addAll(List.of(Argument.int32((int) shape.headDim()), Argument.int32((int) shape.valueDim())));
        return all;
    }

    /** Of the kernel that turns queries and keys before. */
    static List<Argument> turn(AttentionShape shape, FlashGrid grid) {
        List<Argument> all = attend(shape, grid);
        all.addAll(List.of(
                Argument.buffer("positions"),
                Argument.buffer("cosSin"),
                Argument.int32((int) shape.rope().dim()),
                Argument.int32(shape.rope().rotary() == Rotary.INTERLEAVED ? 1 : 0)));
        return all;
    }

    /** Of decoding, with the scales of a cache and the tiles of rows a block has. */
    static List<Argument> decode(AttentionProblem problem, DecodeGrid grid) {
        List<Argument> all = new ArrayList<>(cache(problem));
        all.addAll(rest(problem.shape(), grid.shares(), grid.rows()));
        all.add(Argument.int32(grid.tiles()));
        return all;
    }

    /** Of the reference in fp64. */
    static List<Argument> reference(AttentionProblem problem) {
        AttentionShape shape = problem.shape();
        List<Argument> all = new ArrayList<>(cache(problem));
        for (String sums : List.of("o", "magnitudes", "squares", "scores")) {
            all.add(Argument.buffer(sums));
        }
        all.addAll(batch(shape));
        all.addAll(List.of(
                Argument.int32((int) shape.qHeads()),
                Argument.int32((int) shape.kvHeads()),
                Argument.int32((int) shape.headDim()),
                Argument.int32((int) shape.valueDim()),
                Argument.int32((int) (shape.kvShared() ? shape.headDim() : shape.valueDim())),
                Argument.fp64(1 / Math.sqrt(shape.headDim()))));
        all.addAll(mask(shape));
        return all;
    }

    /** Queries, keys, values and the scales of quantised ones; shared values are the keys. */
    private static List<Argument> cache(AttentionProblem problem) {
        boolean quantised = problem.precision().kvFormat() != null;
        String values = problem.shape().kvShared() ? "k" : "v";
        return List.of(
                Argument.buffer("q"),
                Argument.buffer("k"),
                Argument.buffer(values),
                bufferIf(quantised, "kScales"),
                bufferIf(quantised, values + "Scales"));
    }

    /** Of attention whose values are part of the keys. */
    static List<Argument> latent(AttentionShape shape, LatentGrid grid) {
        List<Argument> all = new ArrayList<>(List.of(Argument.buffer("q"), Argument.buffer("k")));
        all.addAll(rest(shape, grid.shares(), grid.rows()));
        return all;
    }

    private static List<Argument> rest(AttentionShape shape, int shares, long rows) {
        boolean shared = shares > 1;
        List<Argument> all = new ArrayList<>(List.of(Argument.buffer("o"), bufferIf(shape.lse(), "lse")));
        all.addAll(batch(shape));
        all.addAll(List.of(
                Argument.int32((int) shape.qHeads()), Argument.int32((int) shape.kvHeads()), Argument.fp32((float)
                        (1 / (Math.sqrt(shape.headDim()) * Math.log(2))))));
        all.addAll(mask(shape));
        all.addAll(List.of(
                Argument.int32(shares),
                bufferIf(shared, Shares.SUMS),
                bufferIf(shared, Shares.LARGEST),
                bufferIf(shared, Shares.DENOMINATORS),
                Argument.int64(rows)));
        return all;
    }

    /** Where the tokens of a batch lie. */
    static List<Argument> batch(AttentionShape shape) {
        boolean ragged = !shape.segments().isEmpty();
        boolean paged = shape.pageSize() > 0;
        return List.of(
                Argument.int32((int) shape.seqLenQ()),
                Argument.int32((int) shape.seqLenKv()),
                bufferIf(ragged, "qOffsets"),
                bufferIf(ragged, "kvOffsets"),
                bufferIf(paged, "blockTable"),
                Argument.int32(paged ? longestPages(shape) : 0),
                Argument.int32((int) shape.pageSize()));
    }

    private static List<Argument> mask(AttentionShape shape) {
        return List.of(
                // The kernel's enumeration has the same order.
                Argument.int32(shape.mask().ordinal()),
                // No sequence is as long as an int counts.
                Argument.int32((int) Math.min(shape.window(), Integer.MAX_VALUE)),
                bufferIf(shape.mask() == Mask.TREE, "treeParents"));
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
