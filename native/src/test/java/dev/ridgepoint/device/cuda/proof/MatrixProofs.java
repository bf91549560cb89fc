package dev.ridgepoint.device.cuda.proof;

import static dev.ridgepoint.device.cuda.proof.Numbers.exact;
import static dev.ridgepoint.device.cuda.proof.Numbers.requireClose;
import static dev.ridgepoint.device.cuda.proof.Numbers.uniformBf16;
import static dev.ridgepoint.kernels.cuda.Argument.fp32;
import static dev.ridgepoint.kernels.cuda.Argument.int32;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;

/** Tensor-core kernels: a product, and attention. */
final class MatrixProofs {
    private static final int HEAD = 64;

    private MatrixProofs() {}

    static void gemm(Stage stage) {
        int m = 100;
        int n = 72;
        int k = 136;
        short[] a = uniformBf16(m * k, 1);
        short[] b = uniformBf16(k * n, 2);
        Argument c = stage.allocate(m * n * 4L);
        stage.launch(
                "gemm_bf16",
                Geometry.of(Dim3.of(2, 2), Dim3.of(128)),
                stage.upload(a),
                stage.upload(b),
                c,
                int32(m),
                int32(n),
                int32(k));
        requireClose(stage.floats(c, m * n), Numbers.product(exact(a), exact(b), m, n, k), 1e-4);
    }

    static void wholeAttention(Stage stage) {
        attention(stage, 2, 128, false);
    }

    static void raggedAttention(Stage stage) {
        attention(stage, 1, 77, false);
    }

    static void causalAttention(Stage stage) {
        attention(stage, 2, 100, true);
    }

    private static void attention(Stage stage, int heads, int length, boolean causal) {
        int size = heads * length * HEAD;
        short[] q = uniformBf16(size, 3);
        short[] k = uniformBf16(size, 4);
        short[] v = uniformBf16(size, 5);
        float scale = 0.125f;
        double[] expected = new double[size];
        for (int row = 0; row < heads * length; row++) {
            int first = row / length * length;
            attend(expected, exact(q), exact(k), exact(v), row, first, causal ? row + 1 : first + length, scale);
        }
        Argument out = stage.allocate(size * 4L);
        stage.launch(
                "flash_attention",
                Geometry.of(Dim3.of((length + 63) / 64, heads), Dim3.of(128)),
                stage.upload(q),
                stage.upload(k),
                stage.upload(v),
                out,
                int32(length),
                fp32(scale),
                int32(causal ? 1 : 0));
        requireClose(stage.floats(out, size), expected, 4e-3);
    }

    /** One query against keys {@code from} to {@code to}, all of them rows of 64. */
    private static void attend(
            double[] out, double[] q, double[] k, double[] v, int row, int from, int to, double scale) {
        double[] weight = new double[to];
        double total = 0;
        for (int key = from; key < to; key++) {
            double dot = 0;
            for (int d = 0; d < HEAD; d++) {
                dot += q[row * HEAD + d] * k[key * HEAD + d];
            }
            weight[key] = Math.exp(dot * scale);
            total += weight[key];
        }
        for (int key = from; key < to; key++) {
            for (int d = 0; d < HEAD; d++) {
                out[row * HEAD + d] += weight[key] / total * v[key * HEAD + d];
            }
        }
    }
}
