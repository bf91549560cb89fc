package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/** The arguments of a matrix product. */
final class GemmOperands {
    private GemmOperands() {}

    static List<Operand> of(GemmProblem problem) {
        GemmShape shape = problem.shape();
        Precision precision = problem.precision();
        GemmShape.Moe moe = shape.moe();
        GemmShape.Many many = shape.many();
        long products = many == null ? 1 : many.count();
        long fold = many == null ? 1 : many.fold();
        // A batch has rows of its own for each product; the experts of a mixture share a token's.
        long rows = shape.batch() == null ? shape.m() : Sizes.product("a", products, shape.m());
        List<Operand> operands = new ArrayList<>();
        operands.add(MatrixOperand.input(
                "a",
                rows,
                shape.k(),
                precision.activation(),
                precision.activationFormat(),
                shape.batch() == null ? "[m, k]" : "[products, m, k]"));
        operands.add(new MatrixOperand(
                BufferNames.of("b"),
                Role.INPUT,
                products,
                shape.n(),
                shape.k(),
                precision.weight(),
                precision.weightFormat(),
                many == null ? "[n, k]" : moe == null ? "[products, n, k]" : "[experts, n, k]"));
        if (shape.epilogue().hasBias()) {
            // A row a channel, so that a distribution's kinds of rows follow one another.
            operands.add(MatrixOperand.input(
                    "bias",
                    Sizes.product("bias", products, shape.n()),
                    1,
                    precision.output(),
                    null,
                    many == null ? "[n]" : moe == null ? "[products, n]" : "[experts, n]"));
        }
        if (moe != null) {
            operands.add(new IndexOperand(
                    "routing",
                    Sizes.product("routing", shape.m(), fold),
                    "[m, topK]",
                    (target, random) -> route(target, random, moe)));
        }
        operands.add(MatrixOperand.output(
                "c",
                Sizes.product("c", shape.m(), fold),
                shape.n(),
                precision.output(),
                many == null ? "[m, n]" : moe == null ? "[products, m, n]" : "[m, topK, n]"));
        return operands;
    }

    /** Every token draws its experts uniformly and without repeats, whatever the others draw. */
    private static void route(IntBuffer target, CounterRandom random, GemmShape.Moe moe) {
        int topK = moe.topK();
        for (int token = 0; token < target.limit() / topK; token++) {
            long draw = (long) token << 32;
            for (int choice = 0; choice < topK; choice++) {
                int expert;
                do {
                    expert = random.below(moe.experts(), draw++);
                } while (taken(target, token * topK, choice, expert));
                target.put(token * topK + choice, expert);
            }
        }
    }

    private static boolean taken(IntBuffer target, int from, int count, int expert) {
        for (int i = 0; i < count; i++) {
            if (target.get(from + i) == expert) {
                return true;
            }
        }
        return false;
    }
}
