package dev.ridgepoint.device.cuda.proof;

import static dev.ridgepoint.device.cuda.proof.Numbers.exact;
import static dev.ridgepoint.device.cuda.proof.Numbers.requireClose;
import static dev.ridgepoint.device.cuda.proof.Numbers.uniform;
import static dev.ridgepoint.kernels.cuda.Argument.fp32;
import static dev.ridgepoint.kernels.cuda.Argument.int32;

import dev.ridgepoint.device.cuda.driver.DriverLaunch;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;

/** Kernels of plain loads, stores, shared memory, shuffles and atomics. */
final class PlainProofs {
    private PlainProofs() {}

    static void vectorAdd(Stage stage) {
        int n = 1000;
        float[] a = uniform(n, 1);
        float[] b = uniform(n, 2);
        double[] sum = new double[n];
        for (int i = 0; i < n; i++) {
            sum[i] = a[i] + b[i];
        }
        Argument c = stage.allocate(n * 4L);
        stage.launch(
                "vector_add", Geometry.of(Dim3.of(8), Dim3.of(128)), stage.upload(a), stage.upload(b), c, int32(n));
        requireClose(stage.floats(c, n), sum, 0);
    }

    static void tiledSgemm(Stage stage) {
        int m = 37;
        int n = 53;
        int k = 41;
        float[] a = uniform(m * k, 3);
        float[] b = uniform(k * n, 4);
        Argument c = stage.allocate(m * n * 4L);
        stage.launch(
                "tiled_sgemm",
                Geometry.of(Dim3.of(4, 3), Dim3.of(16, 16)),
                stage.upload(a),
                stage.upload(b),
                c,
                int32(m),
                int32(n),
                int32(k));
        requireClose(stage.floats(c, m * n), Numbers.product(exact(a), exact(b), m, n, k), 1e-5);
    }

    static void softmax(Stage stage) {
        int rows = 13;
        int columns = 77;
        float[] in = uniform(rows * columns, 5);
        double[] expected = new double[in.length];
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                sum += Math.exp(in[i]);
            }
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                expected[i] = Math.exp(in[i]) / sum;
            }
        }
        Argument out = stage.allocate(in.length * 4L);
        Geometry geometry = Geometry.of(Dim3.of(4), Dim3.of(128));
        stage.launch("softmax", geometry, stage.upload(in), out, int32(rows), int32(columns));
        requireClose(stage.floats(out, in.length), expected, 1e-7);
    }

    static void splitKSum(Stage stage) {
        int rows = 100;
        int columns = 70;
        float[] in = uniform(rows * columns, 6);
        double[] expected = new double[columns];
        for (int i = 0; i < in.length; i++) {
            expected[i % columns] += in[i];
        }
        Argument out = stage.upload(new float[columns]);
        Geometry geometry = Geometry.of(Dim3.of(2, 7), Dim3.of(64));
        stage.launch("split_k_sum", geometry, stage.upload(in), out, int32(rows), int32(columns), int32(16));
        requireClose(stage.floats(out, columns), expected, 1e-4);
    }

    static void splitKGemm(Stage stage) {
        int m = 20;
        int n = 35;
        int k = 50;
        int slices = 3;
        float[] a = uniform(m * k, 7);
        float[] b = uniform(k * n, 8);
        Argument c = stage.allocate(m * n * 4L);
        DriverLaunch launch = stage.prepare(
                "split_k_gemm",
                Geometry.of(new Dim3(3, 2, slices), Dim3.of(16, 16)),
                stage.upload(a),
                stage.upload(b),
                stage.allocate(slices * m * n * 4L),
                stage.upload(new int[6]),
                c,
                int32(m),
                int32(n),
                int32(k));
        stage.replay(3, launch);
        requireClose(stage.floats(c, m * n), Numbers.product(exact(a), exact(b), m, n, k), 1e-5);
    }

    static void gridSum(Stage stage) {
        int n = 1000;
        int blocks = 6;
        float[] in = uniform(n, 9);
        double total = 0;
        for (float value : in) {
            total += value + 2;
        }
        for (int i = 0; i < n; i++) {
            in[i] += 2;
        }
        Argument partial = stage.allocate(blocks * 4L);
        Argument out = stage.allocate(4);
        Geometry geometry = Geometry.of(Dim3.of(blocks), Dim3.of(64)).asCooperative();
        stage.launch("grid_sum", geometry, stage.upload(in), partial, out, int32(n));
        requireClose(stage.floats(out, 1), new double[] {total}, 1e-3);
        double shares = 0;
        for (float share : stage.floats(partial, blocks)) {
            shares += share;
        }
        requireClose(new float[] {(float) shares}, new double[] {1}, 1e-6);
    }

    /** Two steps, there and back, recorded once and started three times. */
    static void graphReplay(Stage stage) {
        int n = 300;
        float[] start = uniform(n, 10);
        double[] x = exact(start);
        for (int step = 0; step < 6; step++) {
            double[] before = x.clone();
            for (int i = 1; i + 1 < n; i++) {
                x[i] = (before[i - 1] + before[i] + before[i + 1]) / 3;
            }
        }
        Argument there = stage.upload(start);
        Argument back = stage.allocate(n * 4L);
        Geometry geometry = Geometry.of(Dim3.of(3), Dim3.of(128));
        stage.replay(
                3,
                stage.prepare("smooth", geometry, there, back, int32(n)),
                stage.prepare("smooth", geometry, back, there, int32(n)));
        requireClose(stage.floats(there, n), x, 1e-6);
    }

    /** Chunks through rings of buffers, brought in and sent out by bulk copies: sm_90 only. */
    static void pipeline(Stage stage) {
        int blocks = 3;
        int chunks = 8;
        int chunk = 256;
        float[] in = new float[blocks * chunks * chunk];
        for (int i = 0; i < in.length; i++) {
            in[i] = i % 101 - 50;
        }
        double[] expected = new double[in.length];
        for (int first = 0; first < in.length; first += chunk) {
            double sum = 0;
            for (int i = first; i < first + chunk; i++) {
                sum += in[i];
            }
            for (int i = first; i < first + chunk; i++) {
                expected[i] = 2 * in[i] + sum;
            }
        }
        Argument out = stage.allocate(in.length * 4L);
        Geometry geometry = Geometry.of(Dim3.of(blocks), Dim3.of(160));
        stage.launch("pipeline", geometry, stage.upload(in), out, fp32(2), int32(chunks));
        requireClose(stage.floats(out, in.length), expected, 0);
    }
}
