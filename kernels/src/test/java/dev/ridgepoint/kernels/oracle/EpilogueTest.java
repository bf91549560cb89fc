package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions of epilogues against tables and their own slopes; correct kernels pass, and each way to get one wrong is seen. */
class EpilogueTest {
    private static final long ALWAYS_SAMPLE = 0;
    private static final GemmShape SHAPE = GemmShape.of(37, 300, 256);

    /** From tables of the normal distribution, and by hand from the formulas. */
    @ParameterizedTest
    @CsvSource({
        "GELU,       1,  0.8413447460685429",
        "GELU,      -1, -0.15865525393145707",
        "GELU,       3,  2.9959503059051097",
        "GELU,      -6, -5.919526e-9",
        "GELU,      12, 12",
        "GELU,     -12, 0",
        "GELU_TANH,  1,  0.8411919906082768",
        "GELU_TANH, -1, -0.15880800939172324",
        "SILU,       1,  0.7310585786300049",
        "SILU,     -20, -4.122307161e-8",
        "IDENTITY,  -3, -3"
    })
    void knownValues(Activation f, double z, double expected) {
        assertEquals(expected, f.of(z), 1e-9 * Math.abs(expected) + 1e-15);
    }

    /** The slope is the function's, and no error of an argument moves it by more than is said. */
    @ParameterizedTest
    @EnumSource
    void whatAnErrorMoves(Activation f) {
        for (double z = -12; z <= 12; z += 0.01) {
            double h = 1e-5;
            assertEquals((f.of(z + h) - f.of(z - h)) / (2 * h), f.slope(z), 1e-8, f + " at " + z);
            for (double error : new double[] {-3, -0.1, -1e-3, 1e-3, 0.1, 3}) {
                double moved = Math.abs(f.of(z + error) - f.of(z));
                assertTrue(moved <= f.moved(z, Math.abs(error)) + 1e-12, f + " at " + z + " moved by " + moved);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void correctKernelsPass(Epilogue epilogue) {
        for (Precision precision : List.of(Precision.FP32, Precision.BF16, Precision.INT8, Precision.W4A16_G128)) {
            for (GemmShape shape :
                    List.of(SHAPE, GemmShape.grouped(19, 260, 256, 4, 2), GemmShape.batched(3, 19, 260, 256))) {
                GemmProblem problem = new GemmProblem(shape.with(epilogue), precision);
                for (Distribution distribution : List.of(Distribution.NORMAL, Distribution.ADVERSARIAL)) {
                    if (distribution == Distribution.ADVERSARIAL && precision.weightFormat() != null) {
                        // Sums of fp32 here are no sums of codes.
                        continue;
                    }
                    OperandSet operands = OperandSet.generate(problem, distribution, 5);
                    Outputs outputs = PlainKernel.multiply(problem, operands);
                    for (long limit : new long[] {ALWAYS_SAMPLE, Verifier.FULL_LIMIT}) {
                        Verdict verdict = Verifier.of(problem, operands, limit).check(outputs);
                        assertNull(verdict.firstMismatch(), problem.id() + " " + distribution);
                        String sampled = epilogue.bends() ? "boundary+rows" : "boundary+rows+projections";
                        assertEquals(limit == ALWAYS_SAMPLE ? sampled : "full", verdict.method());
                    }
                }
            }
        }
    }

    /** Made of a kernel's sums by the wrong rule. */
    private interface Wrong {
        double of(Activation f, float sum, float[] bias, int at);
    }

    private static void seen(String what, Epilogue epilogue, GemmShape plain, Wrong wrong) {
        for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
            GemmProblem problem = new GemmProblem(plain.with(epilogue), precision);
            OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 5);
            float[] bias = PlainKernel.bias(problem.shape(), operands);
            int n = (int) problem.shape().n();
            Activation f = Activation.of(epilogue);
            Outputs outputs = PlainKernel.multiply(
                    problem, operands, (sum, product, col) -> wrong.of(f, sum, bias, product * n + col));
            for (long limit : new long[] {ALWAYS_SAMPLE, Verifier.FULL_LIMIT}) {
                assertFalse(
                        Verifier.of(problem, operands, limit).check(outputs).passed(), what + " in " + problem.id());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void mistakesAreSeen(Epilogue epilogue) {
        seen("no bias", epilogue, SHAPE, (f, sum, bias, at) -> f.of(sum));
        seen("a bias for each of two shares", epilogue, SHAPE, (f, sum, bias, at) -> f.of(sum + 2 * bias[at]));
        seen("the next column's bias", epilogue, SHAPE, (f, sum, bias, at) -> f.of(sum + bias[(at + 1) % bias.length]));
        seen(
                "the first product's bias in all",
                epilogue,
                GemmShape.batched(3, 19, 260, 256),
                (f, sum, bias, at) -> f.of(sum + bias[at % 260]));
    }

    /** At ragged ends a whole pair is read where one column is left. */
    @Test
    void theLastColumnsBiasIsItsOwn() {
        GemmShape odd = GemmShape.of(37, 299, 256);
        seen(
                "the bias before, in the last column",
                Epilogue.BIAS_GELU,
                odd,
                (f, sum, bias, at) -> f.of(sum + bias[at == bias.length - 1 ? at - 1 : at]));
    }

    @ParameterizedTest
    @EnumSource(names = {"BIAS_GELU", "BIAS_GELU_TANH", "BIAS_SILU"})
    void functionsGoneWrongAreSeen(Epilogue epilogue) {
        seen("no function", epilogue, SHAPE, (f, sum, bias, at) -> sum + bias[at]);
        seen("the function before the bias", epilogue, SHAPE, (f, sum, bias, at) -> f.of(sum) + bias[at]);
        seen(
                "the function of both halves of a sum",
                epilogue,
                SHAPE,
                (f, sum, bias, at) -> f.of(sum / 2 + bias[at] / 2) * 2);
        for (Activation other : Activation.values()) {
            if (other != Activation.of(epilogue)) {
                seen(other + " instead", epilogue, SHAPE, (f, sum, bias, at) -> other.of(sum + bias[at]));
            }
        }
    }

    /** The two GELUs differ by 5e-4 at most: bf16 rounds that away near 2 and shows it to the left. */
    @Test
    void theGelusAreToldApartWhereTheyDiffer() {
        double most = 0;
        for (double z = -6; z <= 6; z += 0.001) {
            most = Math.max(most, Math.abs(Activation.GELU.of(z) - Activation.GELU_TANH.of(z)));
        }
        assertTrue(most > 4e-4 && most < 5e-4, "differ by " + most);
    }

    @Test
    void theToleranceNamesItsSource() {
        GemmProblem problem = new GemmProblem(SHAPE.with(Epilogue.BIAS_GELU), Precision.BF16);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 5);
        String source = operands.tolerance().source();
        assertTrue(source.contains("K=256 products and a bias") && source.contains("bias_gelu of the sum"), source);
    }
}
