package dev.ridgepoint.kernels.precision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every format. */
class QuantCodecsTest {
    private static final int ROWS = 137;
    private static final int COLS = 301;

    static Stream<QuantFormat> formats() {
        return QuantFormat.ALL.stream();
    }

    private static float[] normals(int count) {
        SplittableRandom random = new SplittableRandom(11);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyFormatHasItsCodec(QuantFormat format) {
        assertSame(format, QuantCodecs.of(format).format());
    }

    @ParameterizedTest
    @MethodSource("formats")
    void rowsDecodeOnTheirOwnAsTheyDoTogether(QuantFormat format) {
        QuantCodec codec = QuantCodecs.of(format);
        QuantTensor tensor = codec.encode(normals(ROWS * COLS), ROWS, COLS);
        float[] all = codec.decode(tensor);
        assertEquals(ROWS * COLS, all.length);
        for (int[] range : new int[][] {{0, 1}, {5, 130}, {127, 129}, {ROWS - 1, ROWS}, {9, 9}}) {
            float[] expected = Arrays.copyOfRange(all, range[0] * COLS, range[1] * COLS);
            assertArrayEquals(expected, codec.decodeRows(tensor, range[0], range[1]));
        }
    }

    /** The error of a value is at most one step of its code, here taken generously from the format's bits. */
    @ParameterizedTest
    @MethodSource("formats")
    void decodingUndoesEncodingUpToTheStep(QuantFormat format) {
        QuantCodec codec = QuantCodecs.of(format);
        float[] values = normals(ROWS * COLS);
        float[] back = codec.decode(codec.encode(values, ROWS, COLS));
        double step = switch (format.element()) {
            case INT8 -> 5.0 / 127;
            case INT6 -> 5.0 / 31;
            case INT4 -> 10.0 / 15;
            case FP4_E2M1 -> 5.0 / 3;
            case FP8_E5M2 -> 5.0 / 7;
            default -> 5.0 / 15;
        };
        for (int i = 0; i < values.length; i++) {
            if (!(Math.abs(values[i] - back[i]) <= step)) {
                throw new AssertionError(format + ": " + values[i] + " became " + back[i]);
            }
        }
    }

    /** A matrix that was quantised once keeps its codes; scales may move by a rounding. */
    @ParameterizedTest
    @MethodSource("stable")
    void quantisingAgainChangesNoCode(QuantFormat format) {
        QuantCodec codec = QuantCodecs.of(format);
        QuantTensor once = codec.encode(normals(ROWS * COLS), ROWS, COLS);
        QuantTensor twice = codec.encode(codec.decode(once), ROWS, COLS);
        assertArrayEquals(once.codes(), twice.codes());
    }

    /** Not those where the largest element need not have the largest code: ranges with a rounded zero, two levels. */
    static Stream<QuantFormat> stable() {
        List<QuantFormat> others = List.of(
                QuantFormat.INT8_G128_ZP,
                QuantFormat.INT4_G128_AWQ,
                QuantFormat.INT4_G128_GPTQ,
                QuantFormat.INT4_G128_SYM,
                QuantFormat.Q4_K,
                QuantFormat.Q6_K,
                QuantFormat.NVFP4);
        return formats().filter(format -> !others.contains(format));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void extentsMustFitTheValues(QuantFormat format) {
        QuantCodec codec = QuantCodecs.of(format);
        var error = assertThrows(IllegalArgumentException.class, () -> codec.encode(new float[6], 2, 4));
        assertEquals("rows, cols: 2x4 does not fit 6 values", error.getMessage());
        assertThrows(IllegalArgumentException.class, () -> codec.encode(new float[0], 0, 4));
        assertThrows(IllegalArgumentException.class, () -> codec.encode(new float[6], -2, -3));
        // 65536 * 65536 is 0 in int.
        assertThrows(IllegalArgumentException.class, () -> codec.encode(new float[0], 1 << 16, 1 << 16));
    }

    @Test
    void aTensorChecksTheLengthsOfItsBuffers() {
        var error = assertThrows(
                IllegalArgumentException.class,
                () -> new QuantTensor(QuantFormat.INT8_TOKEN, 2, 3, new byte[6], new byte[4], new byte[0], 1));
        assertEquals("scales: int8_token needs 8 bytes, got 4", error.getMessage());
    }

    @Test
    void aFormatOfOnesOwnHasNoCodec() {
        QuantFormat other =
                new QuantFormat("mine", DType.INT8, Granularity.group(64), DType.FP32, 0, 0, QuantFormat.Layout.BYTES);
        assertThrows(IllegalArgumentException.class, () -> QuantCodecs.of(other));
    }
}
