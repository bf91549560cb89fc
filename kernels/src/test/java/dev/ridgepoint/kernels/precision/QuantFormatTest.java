package dev.ridgepoint.kernels.precision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantFormatTest {
    /**
     * Bytes of codes, scales and zeros of a [130, 300] matrix, worked out on paper. 300 columns are 3 groups of 128, 10
     * blocks of 32, 19 of 16 and 2 of 256; 130 rows are 2 groups of 128 and 17 words of 8.
     */
    @ParameterizedTest
    @CsvSource({
        // 130 * 300 = 39000 one-byte codes.
        "int8_tensor, 39000, 4, 0",
        "int8_token, 39000, 520, 0",
        "int8_channel, 39000, 1200, 0",
        "int8_g128, 39000, 1560, 0",
        // 75 words * 4 B * 130 rows; fp16 * 3 * 130; 33 words of 4 rows * 4 B * 3 groups.
        "int8_g128_zp, 39000, 780, 396",
        "fp8_e4m3_tensor, 39000, 4, 0",
        "fp8_e4m3_token, 39000, 520, 0",
        "fp8_e4m3_1x128, 39000, 1560, 0",
        "fp8_e4m3_128x128, 39000, 24, 0",
        "fp8_e5m2_tensor, 39000, 4, 0",
        "fp8_e5m2_token, 39000, 520, 0",
        "fp8_e5m2_1x128, 39000, 1560, 0",
        "fp8_e5m2_128x128, 39000, 24, 0",
        // 17 words * 4 B * 300 columns; fp16 * 3 * 130; 17 words * 4 B * 3 groups.
        "int4_g128_awq, 20400, 780, 204",
        // 130 rows * 38 words * 4 B.
        "int4_g128_gptq, 19760, 780, 204",
        "int4_g128_sym, 19760, 780, 0",
        "q4_0, 23400, 0, 0",
        "q8_0, 44200, 0, 0",
        "q4_k, 37440, 0, 0",
        "q6_k, 54600, 0, 0",
        "mxfp8_e4m3, 39000, 1300, 0",
        "mxfp4, 19500, 1300, 0",
        "nvfp4, 19500, 2470, 0",
    })
    void buffersOfARaggedMatrix(String id, long codes, long scales, long zeros) {
        QuantFormat format = QuantFormat.parse(id);
        assertEquals(codes, format.codesLength(130, 300));
        assertEquals(scales, format.scalesLength(130, 300));
        assertEquals(zeros, format.zerosLength(130, 300));
        long all = format.codeBytes(130, 300) + format.scaleBytes(130, 300);
        assertEquals(codes + scales + zeros, all);
    }

    @ParameterizedTest
    @CsvSource({
        "int8_tensor, 1",
        "int8_token, 1",
        "int8_channel, 1",
        // 1 + 4/128
        "int8_g128, 1.03125",
        // 1 + 2/128 + 1/128
        "int8_g128_zp, 1.0234375",
        "fp8_e4m3_tensor, 1",
        "fp8_e4m3_token, 1",
        "fp8_e4m3_1x128, 1.03125",
        // 1 + 4/16384
        "fp8_e4m3_128x128, 1.000244140625",
        "fp8_e5m2_tensor, 1",
        "fp8_e5m2_token, 1",
        "fp8_e5m2_1x128, 1.03125",
        "fp8_e5m2_128x128, 1.000244140625",
        // 1/2 + 2/128 + 0.5/128
        "int4_g128_awq, 0.51953125",
        "int4_g128_gptq, 0.51953125",
        // 1/2 + 2/128
        "int4_g128_sym, 0.515625",
        // 18/32, 34/32, 144/256, 210/256
        "q4_0, 0.5625",
        "q8_0, 1.0625",
        "q4_k, 0.5625",
        "q6_k, 0.8203125",
        // 1 + 1/32, 1/2 + 1/32, 1/2 + 1/16
        "mxfp8_e4m3, 1.03125",
        "mxfp4, 0.53125",
        "nvfp4, 0.5625",
    })
    void bytesPerElement(String id, double expected) {
        QuantFormat format = QuantFormat.parse(id);
        assertEquals(expected, format.bytesPerElement());
        if (!format.granularity().equals(Granularity.PER_TENSOR)
                && !format.granularity().equals(Granularity.PER_ROW)
                && !format.granularity().equals(Granularity.PER_COLUMN)) {
            // Where all groups are whole, the buffers come to exactly that.
            assertEquals(expected * 256 * 512, format.codeBytes(256, 512) + format.scaleBytes(256, 512));
        }
    }

    @Test
    void anOddRowOfNibblesStartsOnAByteOfItsOwn() {
        assertEquals(3 * 3, QuantFormat.MXFP4.codesLength(3, 5));
        assertEquals(3 * 1, QuantFormat.NVFP4.codesLength(3, 1));
    }

    @Test
    void fp8IsAnAliasOfE4m3AndNamesAreUnique() {
        assertSame(DType.FP8_E4M3, DType.parse("fp8"));
        assertSame(DType.FP8_E4M3, DType.parse("FP8"));
        assertSame(Precision.FP8_E4M3, Precision.parse("fp8"));
        assertSame(Precision.W4A16_G128, Precision.parse("w4a16"));
        Set<String> ids = new HashSet<>();
        QuantFormat.ALL.forEach(format -> assertTrue(ids.add(format.id()), format.id()));
        Precision.ALL.forEach(precision -> assertSame(precision, Precision.parse(precision.id())));
    }

    @Test
    void anUnknownNameIsToldTheKnownOnes() {
        var error = assertThrows(IllegalArgumentException.class, () -> QuantFormat.parse("q4_1"));
        assertTrue(error.getMessage().startsWith("unknown quantised format 'q4_1'; known: int8_tensor"));
        assertThrows(IllegalArgumentException.class, () -> DType.parse("fp7"));
        assertThrows(IllegalArgumentException.class, () -> Precision.parse("w5a16"));
    }
}
