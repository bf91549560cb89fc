package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Problem.AppendProblem;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of appending. Positions of a sequence follow one another but need not begin at 0: a cache may have let go of
 * its first tokens. So each sequence is moved by a number of its own, and a kernel that takes places for positions fails.
 */
final class AppendOperands {
    private final AppendShape append;
    private final AttentionShape shape;
    private final Precision precision;
    private final TokenPlaces places;

    private AppendOperands(AppendProblem problem) {
        append = problem.shape();
        shape = append.reader();
        precision = problem.precision();
        places = new TokenPlaces(shape);
    }

    static List<Operand> of(AppendProblem problem) {
        AppendOperands all = new AppendOperands(problem);
        List<Operand> operands = new ArrayList<>(List.of(
                all.rows("k", all.shape.headDim(), "[t, h, d]"),
                all.rows("v", all.shape.valueDim(), "[t, h, dv]"),
                new IndexOperand("positions", all.places.newTokens("positions"), "[t]", all::positions),
                all.angles()));
        operands.addAll(all.places.indices());
        operands.add(all.cache("kCache", all.shape.headDim(), "[t, h, d]"));
        operands.add(all.cache("vCache", all.shape.valueDim(), "[t, h, dv]"));
        return operands;
    }

    private MatrixOperand rows(String name, long width, String layout) {
        long rows = Sizes.product(name, places.newTokens(name), shape.kvHeads());
        return MatrixOperand.input(name, rows, width, precision.activation(), null, layout);
    }

    private MatrixOperand cache(String name, long width, String layout) {
        long rows = Sizes.product(name, places.slots(name), shape.kvHeads());
        return new MatrixOperand(
                BufferNames.of(name), Role.OUTPUT, 1, rows, width, precision.kv(), precision.kvFormat(), layout);
    }

    private void positions(IntBuffer target, CounterRandom random) {
        int sequence = 0;
        for (Segment s : shape.sequences()) {
            for (long i = 0; i < s.count(); i++) {
                int first = Math.toIntExact(s.seqLenKv() - s.seqLenQ()) + random.below(Angles.SHIFTS, sequence++);
                for (int token = 0; token < s.seqLenQ(); token++) {
                    target.put(first + token);
                }
            }
        }
    }

    private TableOperand angles() {
        long longest =
                shape.sequences().stream().mapToLong(Segment::seqLenKv).max().orElseThrow();
        return Angles.table(longest, append.rotaryDim());
    }
}
