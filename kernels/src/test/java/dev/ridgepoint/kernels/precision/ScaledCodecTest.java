package dev.ridgepoint.kernels.precision;

import static dev.ridgepoint.kernels.precision.TieMatrix.div;
import static dev.ridgepoint.kernels.precision.TieMatrix.mul;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** int8 and fp8 under fp32 scales, against models that search the code nearest to the pinned quotient. */
class ScaledCodecTest {
    /** How an element meets its scale. */
    private enum Form {
        /** x / scale. */
        DIVIDE {
            @Override
            float quotient(float x, float absMax, float scale, double largest) {
                return div(x, scale);
            }
        },
        /** x * (1 / scale), the reciprocal finite. */
        RECIPROCAL {
            @Override
            float quotient(float x, float absMax, float scale, double largest) {
                return mul(x, Math.min(div(1, scale), Float.MAX_VALUE));
            }
        },
        /** x * (largest / absMax). */
        INVERSE {
            @Override
            float quotient(float x, float absMax, float scale, double largest) {
                return absMax == 0 ? 0 * x : mul(x, div(largest, absMax));
            }
        };

        abstract float quotient(float x, float absMax, float scale, double largest);
    }

    private interface Scale {
        float of(float absMax);
    }

    /** One format as published: worked out again here. */
    private record Model(QuantFormat format, NearestSearch grid, Form form, Scale scale) {
        double largest() {
            return grid == null ? 127 : grid.largest();
        }

        int code(Form form, float x, float absMax) {
            float quotient = form.quotient(x, absMax, scale.of(absMax), largest());
            return grid == null ? nearestInt8(quotient) : Float.isNaN(quotient) ? 0x7F : grid.encode(quotient);
        }

        double[] midpoints() {
            if (grid == null) {
                return IntStream.range(0, 127).mapToDouble(k -> k + 0.5).toArray();
            }
            return IntStream.range(0, grid.finiteCodes() - 1)
                    .mapToDouble(c -> (grid.magnitude(c) + grid.magnitude(c + 1)) / 2)
                    .toArray();
        }

        TieMatrix matrix(int rows, int cols, long seed) {
            return TieMatrix.of(format.granularity(), rows, cols, seed, midpoints(), max -> scale.of((float) max));
        }

        @Override
        public String toString() {
            return format.id();
        }
    }

    private static int nearestInt8(double value) {
        double below = Math.floor(value);
        double toBelow = value - below;
        boolean up = toBelow > 0.5 || (toBelow == 0.5 && below % 2 != 0);
        double nearest = up ? below + 1 : below;
        return Double.isNaN(value) ? 0 : (int) Math.max(-128, Math.min(127, nearest));
    }

    private static Model int8(QuantFormat format, Form form) {
        return new Model(format, null, form, max -> div(max, 127));
    }

    static Stream<Model> models() {
        Scale e4m3 = max -> div(max, 448);
        Scale e5m2 = max -> div(max, 57344);
        return Stream.of(
                int8(QuantFormat.INT8_TENSOR, Form.DIVIDE),
                int8(QuantFormat.INT8_TOKEN, Form.INVERSE),
                int8(QuantFormat.INT8_CHANNEL, Form.INVERSE),
                int8(QuantFormat.INT8_G128, Form.INVERSE),
                new Model(QuantFormat.FP8_E4M3_TENSOR, NearestSearch.E4M3, Form.RECIPROCAL, oneForZero(e4m3)),
                new Model(QuantFormat.FP8_E5M2_TENSOR, NearestSearch.E5M2, Form.RECIPROCAL, oneForZero(e5m2)),
                new Model(
                        QuantFormat.FP8_E4M3_TOKEN,
                        NearestSearch.E4M3,
                        Form.DIVIDE,
                        max -> Math.max(e4m3.of(max), div(1, 448 * 512))),
                new Model(
                        QuantFormat.FP8_E5M2_TOKEN,
                        NearestSearch.E5M2,
                        Form.DIVIDE,
                        max -> Math.max(e5m2.of(max), div(1, 57344 * 512))),
                new Model(
                        QuantFormat.FP8_E4M3_1X128,
                        NearestSearch.E4M3,
                        Form.DIVIDE,
                        max -> e4m3.of(Math.max(max, 1e-10f))),
                new Model(
                        QuantFormat.FP8_E4M3_128X128,
                        NearestSearch.E4M3,
                        Form.RECIPROCAL,
                        max -> e4m3.of(Math.max(max, 1e-4f))),
                new Model(
                        QuantFormat.FP8_E5M2_1X128,
                        NearestSearch.E5M2,
                        Form.DIVIDE,
                        max -> e5m2.of(Math.max(max, 1e-10f))),
                new Model(
                        QuantFormat.FP8_E5M2_128X128,
                        NearestSearch.E5M2,
                        Form.RECIPROCAL,
                        max -> e5m2.of(Math.max(max, 1e-4f))));
    }

    private static Scale oneForZero(Scale scale) {
        return max -> scale.of(max) == 0 ? 1 : scale.of(max);
    }

    @ParameterizedTest
    @MethodSource("models")
    void codesAndScalesAreThePublishedOnes(Model model) {
        // Whole groups, ragged ones on either axis, and a matrix smaller than a group.
        int[][] extents = {{128, 256}, {131, 259}, {3, 100}, {1, 1}};
        for (int seed = 0; seed < 24; seed++) {
            int[] extent = extents[seed % extents.length];
            assertMatches(model, model.matrix(extent[0], extent[1], seed));
        }
    }

    private static void assertMatches(Model model, TieMatrix matrix) {
        QuantTensor tensor = QuantCodecs.of(model.format).encode(matrix.values(), matrix.rows(), matrix.cols());
        float[] scales = FloatCodec.decode(DType.FP32, tensor.scales(), matrix.absMax().length);
        float[] decoded = QuantCodecs.of(model.format).decode(tensor);
        for (int i = 0; i < matrix.values().length; i++) {
            int group = matrix.groupOf()[i];
            float x = matrix.values()[i];
            float absMax = matrix.absMax()[group];
            int expected = model.code(model.form, x, absMax);
            if ((byte) expected != tensor.codes()[i]) {
                throw new AssertionError(model + ": x=" + x + " absMax=" + absMax + ": code " + tensor.codes()[i]
                        + " where " + expected + " is nearest");
            }
            float scale = model.scale.of(absMax);
            double code = model.grid == null
                    ? tensor.codes()[i]
                    : FloatCodec.decode(model.format.element(), tensor.codes()[i]);
            if (scale != scales[group] || mul(code, scale) != decoded[i]) {
                throw new AssertionError(model + ": scale " + scales[group] + " where absMax=" + absMax + " needs "
                        + scale + "; code " + code + " decoded to " + decoded[i]);
            }
        }
    }

    static Stream<Arguments> wrongForms() {
        return models().flatMap(model ->
                Stream.of(Form.values()).filter(form -> form != model.form).map(form -> Arguments.of(model, form)));
    }

    /** Else the test above could not tell the forms apart. */
    @ParameterizedTest
    @MethodSource("wrongForms")
    void theOtherFormsDifferOnTheseVectors(Model model, Form wrong) {
        int differing = 0;
        for (int seed = 0; seed < 20; seed++) {
            TieMatrix matrix = model.matrix(64, 256, seed);
            for (int i = 0; i < matrix.values().length; i++) {
                float x = matrix.values()[i];
                float absMax = matrix.absMax()[matrix.groupOf()[i]];
                differing += model.code(model.form, x, absMax) == model.code(wrong, x, absMax) ? 0 : 1;
            }
        }
        assertTrue(differing >= 100, model + " and " + wrong + " differ at " + differing + " elements only");
    }

    /** absMax 127 makes the scale 1, so every code is a rounding of the value itself: to nearest, ties to even. */
    @Test
    void int8ByHand() {
        float[] row = {127, 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f, 126.5f, -126.5f, 0.49999997f, 0.50000006f, -127};
        byte[] codes = {127, 0, 2, 2, 0, -2, -2, 126, -126, 0, 1, -127};
        for (QuantFormat format : new QuantFormat[] {QuantFormat.INT8_TENSOR, QuantFormat.INT8_TOKEN}) {
            QuantTensor tensor = QuantCodecs.of(format).encode(row, 1, row.length);
            assertArrayEquals(codes, tensor.codes());
            assertArrayEquals(new byte[] {0, 0, (byte) 0x80, 0x3F}, tensor.scales());
        }
    }

    /** One scale a column: columns 1 and 2 of [[1, 10], [-2, 5]] have scales 2/127 and 10/127. */
    @Test
    void channelsAreColumns() {
        QuantTensor tensor = QuantCodecs.of(QuantFormat.INT8_CHANNEL).encode(new float[] {1, 10, -2, 5}, 2, 2);
        assertArrayEquals(new byte[] {64, 127, -127, 64}, tensor.codes());
        assertArrayEquals(new float[] {2 / 127f, 10 / 127f}, FloatCodec.decode(DType.FP32, tensor.scales(), 2));
    }

    /** absMax 448 makes the scale 1: codes are those of e4m3 itself. 17 is a tie (16, 18), 0x58 the even one. */
    @Test
    void fp8ByHand() {
        float[] row = {448, 17, -19, 0x1p-10f, 0x1.8p-9f, 1, -0f};
        byte[] codes = {0x7E, 0x58, (byte) 0xDA, 0, 2, 0x38, (byte) 0x80};
        for (QuantFormat format : new QuantFormat[] {QuantFormat.FP8_E4M3_TENSOR, QuantFormat.FP8_E4M3_1X128}) {
            assertArrayEquals(
                    codes, QuantCodecs.of(format).encode(row, 1, row.length).codes());
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void nanIsSeenInItsOwnCodeAndNowhereElse(Model model) {
        QuantTensor clean = QuantCodecs.of(model.format).encode(new float[] {-2, 0, 1, 0.3f}, 1, 4);
        QuantTensor tensor = QuantCodecs.of(model.format).encode(new float[] {-2, Float.NaN, 1, 0.3f}, 1, 4);
        if (model.format != QuantFormat.INT8_CHANNEL) {
            byte[] expected = clean.codes().clone();
            expected[1] = (byte) (model.grid == null ? 0 : 0x7F);
            assertArrayEquals(expected, tensor.codes());
            assertArrayEquals(clean.scales(), tensor.scales());
        } else {
            assertEquals(0, tensor.codes()[1]);
        }
        float decoded = QuantCodecs.of(model.format).decode(tensor)[1];
        assertEquals(model.grid != null, Float.isNaN(decoded));
    }

    @ParameterizedTest
    @MethodSource("models")
    void anInfinityMakesItsGroupNan(Model model) {
        float[] column = {1, Float.NEGATIVE_INFINITY, 3};
        boolean byColumn = model.format == QuantFormat.INT8_CHANNEL;
        QuantTensor tensor = QuantCodecs.of(model.format).encode(column, byColumn ? 3 : 1, byColumn ? 1 : 3);
        assertEquals(Float.POSITIVE_INFINITY, FloatCodec.decode(DType.FP32, tensor.scales(), 1)[0]);
        assertArrayEquals(new byte[] {0, (byte) (model.grid == null ? 0 : 0x7F), 0}, tensor.codes());
        for (float value : QuantCodecs.of(model.format).decode(tensor)) {
            assertTrue(Float.isNaN(value));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void zerosStayZero(Model model) {
        float[] zeros = new float[300];
        QuantTensor tensor = QuantCodecs.of(model.format).encode(zeros, 2, 150);
        assertArrayEquals(new byte[300], tensor.codes());
        assertArrayEquals(zeros, QuantCodecs.of(model.format).decode(tensor));
    }
}
