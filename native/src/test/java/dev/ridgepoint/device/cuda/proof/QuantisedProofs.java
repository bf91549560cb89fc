package dev.ridgepoint.device.cuda.proof;

import static dev.ridgepoint.device.cuda.proof.Numbers.requireClose;
import static dev.ridgepoint.kernels.cuda.Argument.int32;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** fp8 and int4. */
final class QuantisedProofs {
    /** Of e4m3: above it there is only NaN. */
    private static final int LARGEST_CODE = 0x7e;

    private static final short HALF_OF_ONE_IN_F16 = 0x3800;
    private static final short[] MINUS_TWO_TO_TWO_IN_F16 = {
        (short) 0xc000, (short) 0xbc00, 0x0000, 0x3c00, 0x4000,
    };

    private QuantisedProofs() {}

    static void quantise(Stage stage) {
        int rows = 5;
        int columns = 130;
        float[] in = Numbers.uniform(rows * columns, 1);
        Argument codes = stage.allocate(in.length);
        Argument scales = stage.allocate(rows * 4L);
        Geometry geometry = Geometry.of(Dim3.of(rows), Dim3.of(64));
        stage.launch("quantise_fp8", geometry, stage.upload(in), codes, scales, int32(columns));
        float[] scale = stage.floats(scales, rows);
        ByteBuffer got = stage.download(codes, in.length);
        for (int row = 0; row < rows; row++) {
            float largest = 0;
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                largest = Math.max(largest, Math.abs(in[i]));
            }
            requireClose(new float[] {scale[row]}, new double[] {largest / 448f}, 0);
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                requireCode(i, got.get(i), nearest(in[i] / scale[row]));
            }
        }
    }

    private static void requireCode(int element, int actual, int expected) {
        if ((actual & 0xff) != expected) {
            throw new AssertionError("element " + element + " is code " + (actual & 0xff) + ", expected " + expected);
        }
    }

    /** Four bits of exponent with a bias of 7, three of mantissa. */
    private static double magnitude(int code) {
        int exponent = code >> 3;
        int mantissa = code & 7;
        return exponent == 0 ? mantissa * Math.scalb(1.0, -9) : (8 + mantissa) * Math.scalb(1.0, exponent - 10);
    }

    /** The nearest code of all, the even one of two. */
    private static int nearest(float value) {
        double wanted = Math.abs((double) value);
        int best = 0;
        for (int code = 0; code <= LARGEST_CODE; code++) {
            double here = Math.abs(magnitude(code) - wanted);
            double there = Math.abs(magnitude(best) - wanted);
            if (here < there || here == there && code % 2 == 0) {
                best = code;
            }
        }
        return best | (value < 0 ? 0x80 : 0);
    }

    /** Activations and scales that f16 holds exactly, and sums that stay exact. */
    static void gemv(Stage stage) {
        int rows = 9;
        int columns = 512;
        Random random = new Random(2);
        int[] weights = random.ints(rows * columns / 8L).toArray();
        int[] activation = random.ints(columns, -2, 3).toArray();
        short[] x = new short[columns];
        for (int i = 0; i < columns; i++) {
            x[i] = MINUS_TWO_TO_TWO_IN_F16[activation[i] + 2];
        }
        short[] scales = new short[rows * columns / 32];
        Arrays.fill(scales, HALF_OF_ONE_IN_F16);
        double[] expected = new double[rows];
        for (int i = 0; i < rows * columns; i++) {
            // Nibbles i and i + 4 of a word lie side by side as a pair.
            int nibble = i % 8 / 2 + i % 2 * 4;
            int weight = (weights[i / 8] >>> 4 * nibble & 15) - 8;
            expected[i / columns] += 0.5 * weight * activation[i % columns];
        }
        Argument y = stage.allocate(rows * 4L);
        stage.launch(
                "gemv_int4",
                Geometry.of(Dim3.of(3), Dim3.of(128)),
                stage.upload(weights),
                stage.upload(scales),
                stage.upload(x),
                y,
                int32(rows),
                int32(columns));
        requireClose(stage.floats(y, rows), expected, 0);
    }
}
