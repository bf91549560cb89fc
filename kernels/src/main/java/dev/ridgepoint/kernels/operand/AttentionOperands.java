package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of attention. Positions that queries and keys turn by only count in their differences, so they do not just
 * follow one another: here and there one is left out, and a kernel that takes places for positions fails.
 */
final class AttentionOperands {
    /** From a token's position to the next one's. */
    private static final int MOST_STEP = 2;

    private final AttentionShape shape;
    private final Precision precision;
    private final TokenPlaces places;
    private final List<Operand> operands = new ArrayList<>();

    private AttentionOperands(AttentionProblem problem) {
        shape = problem.shape();
        precision = problem.precision();
        places = new TokenPlaces(shape);
    }

    static List<Operand> of(AttentionProblem problem) {
        AttentionOperands all = new AttentionOperands(problem);
        all.addQueries();
        all.addCache();
        all.addIndices();
        all.addPositions();
        all.addAngles();
        all.addOutput();
        return all.operands;
    }

    private void addQueries() {
        operands.add(activation("q", queryRows("q"), "[t, h, d]"));
    }

    private void addCache() {
        long tokens = places.slots("k");
        long rows = Sizes.product("k", tokens, shape.kvHeads());
        QuantFormat format = precision.kvFormat();
        boolean hides = shape.hidesKeys();
        operands.add(MatrixOperand.input("k", rows, shape.headDim(), precision.kv(), format, "[t, h, d]")
                .with(hides && shape.kvShared() ? Specials.NONE : Specials.FEW));
        if (!shape.kvShared()) {
            // Nobody promises what becomes of a hidden value that is no number: a tile's product has zero times it.
            operands.add(MatrixOperand.input("v", rows, shape.valueDim(), precision.kv(), format, "[t, h, dv]")
                    .with(hides ? Specials.NONE : Specials.FEW));
        }
    }

    private void addIndices() {
        operands.addAll(places.indices());
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

    private void addAngles() {
        if (shape.rope() != null) {
            operands.add(
                    new IndexOperand("positions", places.tokens("positions"), "[tokens of keys]", this::positions));
            long longest = shape.sequences().stream()
                    .mapToLong(Segment::seqLenKv)
                    .max()
                    .orElseThrow();
            long moved = Sizes.sum("cosSin", Sizes.product("cosSin", MOST_STEP, longest), AppendShape.MOST_SHIFT);
            operands.add(new Angles(moved, shape.rope().dim()).table());
        }
    }

    private void positions(IntBuffer target, CounterRandom random) {
        int drawn = 0;
        for (Segment s : shape.sequences()) {
            for (long i = 0; i < s.count(); i++) {
                int position = random.below(AppendShape.MOST_SHIFT, drawn++);
                for (long token = 0; token < s.seqLenKv(); token++) {
                    target.put(position);
                    position += 1 + random.below(MOST_STEP, drawn++);
                }
            }
        }
    }

    private void addOutput() {
        DType type = precision.output();
        operands.add(MatrixOperand.output("o", queryRows("o"), shape.valueDim(), type, "[t, h, dv]"));
        if (shape.lse()) {
            operands.add(MatrixOperand.output("lse", queryRows("lse"), 1, DType.FP32, "[t, h]"));
        }
    }

    private MatrixOperand activation(String name, long rows, String layout) {
        QuantFormat format = precision.activationFormat();
        return MatrixOperand.input(name, rows, shape.headDim(), precision.activation(), format, layout);
    }

    private long queryRows(String name) {
        return Sizes.product(name, places.newTokens(name), shape.qHeads());
    }

    /** Every node but the root hangs on one of those before it, each as likely. */
    private static void grow(IntBuffer target, CounterRandom random) {
        target.put(-1);
        for (int node = 1; node < target.limit(); node++) {
            target.put(random.below(node, node));
        }
    }
}
