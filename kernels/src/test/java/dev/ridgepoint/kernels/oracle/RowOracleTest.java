package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.kernels.shape.RowFunction;
import org.junit.jupiter.api.Test;

/** Rows worked by hand. */
class RowOracleTest {
    private static final double CLOSE = 1e-9;
    private static final float INFINITE = Float.POSITIVE_INFINITY;

    @Test
    void softmaxOfSmallRows() {
        assertArrayEquals(new double[] {1}, softmax(-7), 0);
        assertArrayEquals(new double[] {.5, .5}, softmax(3, 3), 0);
        // exp(0) : exp(1) : exp(2) = 1 : 2.718281828 : 7.389056099, of 11.107337927.
        assertArrayEquals(new double[] {0.0900305732, 0.2447284711, 0.6652409558}, softmax(0, 1, 2), CLOSE);
        assertArrayEquals(softmax(0, 1, 2), softmax(10_000, 10_001, 10_002), 0, "the same, moved");
        assertArrayEquals(new double[] {0, 1, 0}, softmax(-1e9f, 1e9f, 0), 0);
    }

    @Test
    void softmaxOfWhatIsNotFinite() {
        assertArrayEquals(new double[] {.5, 0, .5}, softmax(1, -INFINITE, 1), 0, "a masked key");
        double nan = Double.NaN;
        assertArrayEquals(new double[] {nan, nan}, softmax(-INFINITE, -INFINITE), 0, "nothing to choose from");
        assertArrayEquals(new double[] {nan, nan}, softmax(0, INFINITE), 0);
        assertArrayEquals(new double[] {nan, nan}, softmax(0, Float.NaN), 0);
    }

    /** d under y: of two equal keys and one 1 below, y = (e, e, 1) / (2 e + 1) and the mean of d is y of the last. */
    @Test
    void softmaxIsAsSensitiveAsItsExponents() {
        RowOracle row = row(RowFunction.SOFTMAX, new float[] {4, 4, 3}, null, null, 0);
        double last = 1 / (2 * Math.E + 1);
        double first = Math.E * last;
        assertArrayEquals(new double[] {first * last, first * last, last * (1 + last)}, row.sensitivity(), CLOSE);
        assertArrayEquals(
                new double[] {0, 0},
                row(RowFunction.SOFTMAX, new float[] {-INFINITE, 0}, null, null, 0)
                        .sensitivity(),
                0);
    }

    /** Mean square of 3 and 4 is 12.5; the root of 12.50001 is 3.53553532. */
    @Test
    void rmsNormOfSmallRows() {
        assertArrayEquals(
                new double[] {6 / 3.5355353201, -4 / 3.5355353201},
                row(RowFunction.RMSNORM, new float[] {3, 4}, new float[] {2, -1}, null, 0)
                        .y(),
                CLOSE);
        // The root of 1e-5 is 0.0031622776.
        assertArrayEquals(new double[] {0, 0}, rmsNorm(0, 0), 0);
        assertArrayEquals(new double[] {316.2278e-30, 0}, rmsNorm(1e-30f, 0), 1e-34);
        assertArrayEquals(new double[] {Double.NaN, 0}, rmsNorm(INFINITE, 1), 0);
        assertArrayEquals(new double[] {Double.NaN, Double.NaN}, rmsNorm(Float.NaN, 1), 0);
    }

    /** 1 and 3 lie 1 beside their mean; 1 / root of 1.00001 is 0.999995. */
    @Test
    void layerNormOfSmallRows() {
        RowOracle row =
                row(RowFunction.LAYERNORM, new float[] {1, 3}, new float[] {2, 0.5f}, new float[] {10, -1}, 1e-3);
        assertArrayEquals(new double[] {10 - 2 * 0.9999950000, -1 + 0.5 * 0.9999950000}, row.y(), CLOSE);
        // |w| times the mean of |x|, which is 2, once more by 1e-3 / 2 * 2, and |x - mean|.
        assertArrayEquals(
                new double[] {2 * (2 * 1.001 + 1), 0.5 * (2 * 1.001 + 1)}, row.sensitivity(), 1e-4, "sensitivity");
        assertArrayEquals(
                new double[] {7, 8},
                row(RowFunction.LAYERNORM, new float[] {5, 5}, new float[] {3, 3}, new float[] {7, 8}, 0)
                        .y(),
                0,
                "a constant row is its bias");
        double nan = Double.NaN;
        assertArrayEquals(
                new double[] {nan, nan},
                row(RowFunction.LAYERNORM, new float[] {INFINITE, 1}, new float[] {1, 1}, new float[] {0, 0}, 0)
                        .y(),
                0);
    }

    @Test
    void epsilonIsWhatPyTorchHas() {
        assertEquals(1e-5, RowFunction.EPSILON, 1e-12);
    }

    private static double[] softmax(float... x) {
        return row(RowFunction.SOFTMAX, x, null, null, 0).y();
    }

    private static double[] rmsNorm(float... x) {
        return row(RowFunction.RMSNORM, x, new float[] {1, 1}, null, 0).y();
    }

    private static RowOracle row(RowFunction function, float[] x, float[] w, float[] b, double growth) {
        return RowOracle.of(function, x, w, b, growth);
    }
}
