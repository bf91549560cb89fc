package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GemmOracleTest {
    private static final float[] A = {1, 2, 3, -1, 0, 5};
    private static final float[] B = {1, 1, 1, 2, -1, 0};

    private static byte[] fp32(float... values) {
        return FloatCodec.encode(DType.FP32, values);
    }

    private static byte[] int32(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    /** All of C by the oracle, row-major. */
    static double[] product(GemmShape shape, Precision precision, Map<String, byte[]> inputs) {
        return product(shape, OperandSet.of(new GemmProblem(shape, precision), 1, inputs));
    }

    private static double[] product(GemmShape shape, OperandSet operands) {
        GemmOracle oracle = new GemmOracle(shape, operands);
        double[] c = new double[oracle.rows() * oracle.cols()];
        int[] cols = IntStream.range(0, oracle.cols()).toArray();
        for (int expert = 0; expert < oracle.experts(); expert++) {
            int[] rows = oracle.rowsOf(expert).toArray();
            oracle.cross(expert, rows, cols, (r, j, sum, abs, squares) -> c[rows[r] * cols.length + j] = sum);
        }
        return c;
    }

    @Test
    void byHand() {
        double[] c = product(GemmShape.of(2, 2, 3), Precision.FP32, Map.of("a", fp32(A), "b", fp32(B)));
        assertArrayEquals(new double[] {6, 0, 4, -2}, c);
    }

    @Test
    void whatToleranceNeedsByHand() {
        GemmShape shape = GemmShape.of(2, 2, 3);
        OperandSet operands =
                OperandSet.of(new GemmProblem(shape, Precision.FP32), 1, Map.of("a", fp32(A), "b", fp32(B)));
        double[] abs = new double[4];
        double[] squares = new double[4];
        new GemmOracle(shape, operands).cross(0, new int[] {0, 1}, new int[] {0, 1}, (i, j, sum, a, s) -> {
            abs[2 * i + j] = a;
            squares[2 * i + j] = s;
        });
        assertArrayEquals(new double[] {6, 4, 6, 2}, abs);
        assertArrayEquals(new double[] {14, 8, 26, 4}, squares);
    }

    /** Numbers, and codes times their scales. */
    @Test
    void subnormalNumbersAreZerosWhereAsked() {
        GemmShape shape = GemmShape.of(2, 2, 1);
        byte[] a = fp32(0x1p-140f, 0x1p100f);
        OperandSet plain = OperandSet.of(
                new GemmProblem(shape, Precision.FP32), 1, Map.of("a", a, "b", fp32(0x1p100f, -0x1p-140f)));
        assertArrayEquals(new double[] {0x1p-40, -0x1p-280, 0x1p200, -0x1p-40}, product(shape, plain));
        assertArrayEquals(new double[] {0, 0, 0x1p200, 0}, product(shape, plain.withoutSubnormals()), 0);
        assertNotEquals(plain.sha256(), plain.withoutSubnormals().sha256());

        GemmShape one = GemmShape.of(1, 1, 2);
        Map<String, byte[]> inputs = Map.of(
                "a",
                FloatCodec.encode(DType.BF16, new float[] {0x1p100f, 1}),
                "b",
                new byte[] {3, 96},
                "bScales",
                fp32(0x1p-130f));
        OperandSet coded = OperandSet.of(new GemmProblem(one, Precision.W8A16), 1, inputs);
        assertArrayEquals(new double[] {3 * 0x1p-30 + 96 * 0x1p-130}, product(one, coded));
        assertArrayEquals(new double[] {96 * 0x1p-130}, product(one, coded.withoutSubnormals()));
    }

    /** One scale for all leaves sums of codes exact: 100 * 100 - 100 * 100 is nothing, whatever the scales. */
    @Test
    void integersCancelExactly() {
        byte[] codes = {100, 100, 50};
        double[] c = product(
                GemmShape.of(1, 1, 3),
                Precision.INT8,
                Map.of("a", codes, "aScales", fp32(0.1f), "b", new byte[] {100, -100, 0}, "bScales", fp32(0.3f)));
        assertArrayEquals(new double[] {0}, c);
        double[] d = product(
                GemmShape.of(1, 1, 3),
                Precision.INT8,
                Map.of("a", codes, "aScales", fp32(0.5f), "b", new byte[] {1, 2, -4}, "bScales", fp32(0.25f)));
        assertArrayEquals(new double[] {0.125 * (100 + 200 - 200)}, d);
    }

    /** Two tokens, three experts of one output each; token 0 goes to experts 2 and 0, token 1 to 0 and 1. */
    @Test
    void expertsByHand() {
        Map<String, byte[]> inputs = new HashMap<>();
        inputs.put("a", fp32(1, 2, 3, 4));
        inputs.put("b", fp32(1, 0, 0, 1, 10, 10));
        inputs.put("routing", int32(2, 0, 0, 1));
        double[] c = product(GemmShape.grouped(2, 1, 2, 3, 2), Precision.FP32, inputs);
        assertArrayEquals(new double[] {30, 1, 3, 4}, c);
    }

    /** Two products of two rows by one column: the second has rows and a matrix of its own. */
    @Test
    void batchesByHand() {
        Map<String, byte[]> inputs = Map.of("a", fp32(1, 2, 3, 4, 5, 6, 7, 8), "b", fp32(1, 10, 100, 1000));
        double[] c = product(GemmShape.batched(2, 2, 1, 2), Precision.FP32, inputs);
        assertArrayEquals(new double[] {21, 43, 6500, 8700}, c);
    }

    /** Longer than the tiles of the oracle, odd everywhere. */
    @Test
    void tilesDoNotShow() {
        int m = 131;
        int n = 67;
        int k = 5;
        float[] a = new float[m * k];
        float[] b = new float[n * k];
        for (int i = 0; i < a.length; i++) {
            a[i] = i % 17 - 8;
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = i % 13 - 6;
        }
        double[] c = product(GemmShape.of(m, n, k), Precision.FP32, Map.of("a", fp32(a), "b", fp32(b)));
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += a[i * k + l] * b[j * k + l];
                }
                assertEquals(sum, c[i * n + j]);
            }
        }
    }
}
