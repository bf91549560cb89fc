package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The arguments of attention. */
final class AttentionOperands {
    private final AttentionShape shape;
    private final Precision precision;
    private final List<Operand> operands = new ArrayList<>();

    private AttentionOperands(AttentionProblem problem) {
        shape = problem.shape();
        precision = problem.precision();
    }

    static List<Operand> of(AttentionProblem problem) {
        AttentionOperands all = new AttentionOperands(problem);
        all.addQueries();
        all.addCache();
        all.addIndices();
        all.addPositions();
        all.addOutput();
        return all.operands;
    }

    private void addQueries() {
        operands.add(activation("q", queryRows("q"), "[t, h, d]"));
    }

    private void addCache() {
        long tokens = total("k", this::paddedLength);
        long rows = Sizes.product("k", tokens, shape.kvHeads());
        QuantFormat format = precision.kvFormat();
        operands.add(MatrixOperand.input("k", rows, shape.headDim(), precision.kv(), format, "[t, h, d]"));
        if (!shape.kvShared()) {
            operands.add(MatrixOperand.input("v", rows, shape.valueDim(), precision.kv(), format, "[t, h, dv]"));
        }
    }

    private void addIndices() {
        long sequences = total("qOffsets", s -> 1);
        if (shape.pageSize() > 0) {
            long pages = longestPages();
            operands.add(new IndexOperand(
                    "blockTable", Sizes.product("blockTable", sequences, pages), "[sequences, pages]", this::shuffle));
        }
        if (!shape.segments().isEmpty()) {
            operands.add(new IndexOperand(
                    "qOffsets", sequences + 1, "[sequences + 1]", (t, r) -> offsets(t, Segment::seqLenQ)));
            operands.add(new IndexOperand(
                    "kvOffsets", sequences + 1, "[sequences + 1]", (t, r) -> offsets(t, Segment::seqLenKv)));
        }
        if (shape.mask() == Mask.TREE) {
            if (!shape.segments().isEmpty()) {
                throw new IllegalArgumentException("segments: a tree mask needs one Sq for all sequences");
            }
            operands.add(new IndexOperand("treeParents", shape.seqLenQ(), "[seqLenQ]", AttentionOperands::grow));
        }
    }

    private void addPositions() {
        if (shape.relPositions() > 0) {
            long rows = Sizes.product("relKeys", shape.relPositions(), shape.qHeads());
            operands.add(activation("relKeys", rows, "[rel, h, d]"));
            operands.add(activation("relQueries", rows, "[rel, h, d]"));
        }
    }

    private void addOutput() {
        DType type = precision.output();
        operands.add(MatrixOperand.output("o", queryRows("o"), shape.valueDim(), type, "[t, h, dv]"));
    }

    private MatrixOperand activation(String name, long rows, String layout) {
        QuantFormat format = precision.activationFormat();
        return MatrixOperand.input(name, rows, shape.headDim(), precision.activation(), format, layout);
    }

    private long queryRows(String name) {
        return Sizes.product(name, total(name, Segment::seqLenQ), shape.qHeads());
    }

    /** The sum over all sequences. */
    private long total(String name, ToLongFunction<Segment> ofOne) {
        long sum = 0;
        for (Segment s : shape.sequences()) {
            sum = Sizes.sum(name, sum, Sizes.product(name, s.count(), ofOne.applyAsLong(s)));
        }
        return sum;
    }

    private long paddedLength(Segment s) {
        return shape.pageSize() == 0 ? s.seqLenKv() : pages(s) * shape.pageSize();
    }

    private long pages(Segment s) {
        return (s.seqLenKv() + shape.pageSize() - 1) / shape.pageSize();
    }

    private long longestPages() {
        return shape.sequences().stream().mapToLong(this::pages).max().orElseThrow();
    }

    private void offsets(IntBuffer target, ToLongFunction<Segment> length) {
        int at = 0;
        target.put(0);
        for (Segment s : shape.sequences()) {
            for (long i = 0; i < s.count(); i++) {
                at = Math.addExact(at, Math.toIntExact(length.applyAsLong(s)));
                target.put(at);
            }
        }
    }

    /** Deals a shuffled deck of all pages to the sequences in turn; entries beyond a sequence's pages are -1. */
    private void shuffle(IntBuffer target, CounterRandom random) {
        int[] deck = shuffledDeck(Math.toIntExact(total("blockTable", this::pages)), random);
        int longest = (int) longestPages();
        int dealt = 0;
        for (Segment s : shape.sequences()) {
            int pages = (int) pages(s);
            for (long i = 0; i < s.count(); i++) {
                for (int page = 0; page < longest; page++) {
                    target.put(page < pages ? deck[dealt++] : -1);
                }
            }
        }
    }

    private static int[] shuffledDeck(int size, CounterRandom random) {
        int[] deck = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.below(i + 1, i);
            deck[i] = deck[other];
            deck[other] = i;
        }
        return deck;
    }

    /** Every node but the root hangs on one of those before it, each as likely. */
    private static void grow(IntBuffer target, CounterRandom random) {
        target.put(-1);
        for (int node = 1; node < target.limit(); node++) {
            target.put(random.below(node, node));
        }
    }
}
