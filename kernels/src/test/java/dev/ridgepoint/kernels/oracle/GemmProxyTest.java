package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a GEMM stands in for really is that GEMM: the numbers of a direct computation are the oracle's. */
class GemmProxyTest {
    private static final Random RANDOM = new Random(3);

    private static float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) RANDOM.nextGaussian();
        }
        return values;
    }

    private static double[] product(int m, int n, int k, float[] a, float[] b) {
        return GemmOracleTest.product(
                GemmShape.of(m, n, k),
                Precision.FP32,
                Map.of("a", FloatCodec.encode(DType.FP32, a), "b", FloatCodec.encode(DType.FP32, b)));
    }

    /** M = batch * height * width, N = channels out, K = channels in * 3 * 3, with a border of zeros. */
    @Test
    void convolutionAsImplicitGemm() {
        int batch = 2;
        int in = 3;
        int out = 4;
        int size = 5;
        float[] image = values(batch * in * size * size);
        float[] filter = values(out * in * 9);
        int m = batch * size * size;
        int k = in * 9;
        float[] patches = new float[m * k];
        double[] direct = new double[m * out];
        for (int row = 0; row < m; row++) {
            int b = row / (size * size);
            int y = row / size % size;
            int x = row % size;
            for (int tap = 0; tap < k; tap++) {
                int ty = y + tap / 3 % 3 - 1;
                int tx = x + tap % 3 - 1;
                boolean inside = ty >= 0 && ty < size && tx >= 0 && tx < size;
                patches[row * k + tap] = inside ? image[((b * in + tap / 9) * size + ty) * size + tx] : 0;
            }
            for (int channel = 0; channel < out; channel++) {
                direct[row * out + channel] = convolveAt(image, filter, in, size, b, channel, y, x);
            }
        }
        assertArrayEquals(direct, product(m, out, k, patches, filter), 1e-12);
    }

    private static double convolveAt(
            float[] image, float[] filter, int in, int size, int b, int channel, int y, int x) {
        double sum = 0;
        for (int c = 0; c < in; c++) {
            for (int dy = -1; dy <= 1; dy++) {
                for (int dx = -1; dx <= 1; dx++) {
                    if (y + dy >= 0 && y + dy < size && x + dx >= 0 && x + dx < size) {
                        sum += (double) image[((b * in + c) * size + y + dy) * size + x + dx]
                                * filter[(channel * in + c) * 9 + (dy + 1) * 3 + dx + 1];
                    }
                }
            }
        }
        return sum;
    }

    /**
     * An LSTM's step is one product with M = batch, N = 4 * hidden, K = hidden, and its inputs another with M = batch *
     * steps done at once: together they give the gates of a cell written out gate by gate.
     */
    @Test
    void lstmStepsAsTwoProducts() {
        int batch = 2;
        int steps = 3;
        int hidden = 4;
        int inputs = 5;
        float[] x = values(steps * batch * inputs);
        float[] wx = values(4 * hidden * inputs);
        float[] wh = values(4 * hidden * hidden);
        double[] projected = product(steps * batch, 4 * hidden, inputs, x, wx);
        float[] h = new float[batch * hidden];
        double[] c = new double[batch * hidden];
        float[] directH = new float[batch * hidden];
        double[] directC = new double[batch * hidden];
        for (int step = 0; step < steps; step++) {
            double[] recurrent = product(batch, 4 * hidden, hidden, h, wh);
            for (int unit = 0; unit < batch * hidden; unit++) {
                double[] gates = new double[4];
                for (int gate = 0; gate < 4; gate++) {
                    int col = gate * hidden + unit % hidden;
                    gates[gate] = projected[(step * batch + unit / hidden) * 4 * hidden + col]
                            + recurrent[unit / hidden * 4 * hidden + col];
                }
                c[unit] = cell(gates, c[unit]);
                h[unit] = output(gates, c[unit]);
            }
            direct(x, wx, wh, directH, directC, step, batch, hidden, inputs);
            assertArrayEquals(directC, c, 1e-6, "step " + step);
        }
    }

    private static double cell(double[] gates, double before) {
        return sigmoid(gates[1]) * before + sigmoid(gates[0]) * Math.tanh(gates[2]);
    }

    private static float output(double[] gates, double cell) {
        return (float) (sigmoid(gates[3]) * Math.tanh(cell));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static void direct(
            float[] x, float[] wx, float[] wh, float[] h, double[] c, int step, int batch, int hidden, int inputs) {
        float[] before = h.clone();
        for (int b = 0; b < batch; b++) {
            for (int unit = 0; unit < hidden; unit++) {
                double[] gates = new double[4];
                for (int gate = 0; gate < 4; gate++) {
                    for (int i = 0; i < inputs; i++) {
                        gates[gate] +=
                                (double) wx[(gate * hidden + unit) * inputs + i] * x[(step * batch + b) * inputs + i];
                    }
                    for (int i = 0; i < hidden; i++) {
                        gates[gate] += (double) wh[(gate * hidden + unit) * hidden + i] * before[b * hidden + i];
                    }
                }
                c[b * hidden + unit] = cell(gates, c[b * hidden + unit]);
                h[b * hidden + unit] = output(gates, c[b * hidden + unit]);
            }
        }
    }
}
