package dev.ridgepoint.kernels.precision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Int4RepackingTest {
    /** Words as int32, in memory order. */
    private static byte[] words(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * words.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(words).forEach(bytes::putInt);
        return bytes.array();
    }

    private static float[] decode(QuantTensor tensor) {
        return QuantCodecs.of(tensor.format()).decodeRows(tensor, 0, tensor.rows());
    }

    /** Worked by hand: channel c of AWQ's word is nibble 0, 4, 1, 5, 2, 6, 3, 7; column i of GPTQ's is nibble i, zeros less one. */
    @Test
    void twoColumnsOfEightChannels() {
        // Channel c has code c in column 0 and 15 - c in column 1; zero points are c too.
        QuantTensor awq = new QuantTensor(
                QuantFormat.INT4_G128_AWQ, 8, 2, words(0x75316420, 0x8ace9bdf), new byte[16], words(0x75316420), 1);
        QuantTensor gptq = Int4Repacking.repack(awq);
        assertEquals(QuantFormat.INT4_G128_GPTQ, gptq.format());
        assertArrayEquals(words(0xf0, 0xe1, 0xd2, 0xc3, 0xb4, 0xa5, 0x96, 0x87), gptq.codes());
        assertArrayEquals(words(0x6543210f), gptq.zeros());
        QuantTensor back = Int4Repacking.repack(gptq);
        assertArrayEquals(awq.codes(), back.codes());
        assertArrayEquals(awq.zeros(), back.zeros());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "8, 8", "3, 290", "130, 256", "17, 129"})
    void valuesAreTheSameAndTheWayBackGivesTheSameBytes(int rows, int cols) {
        float[] x = new float[rows * cols];
        Random random = new Random(rows);
        for (int i = 0; i < x.length; i++) {
            // Rows of one sign have zero points at either end.
            x[i] = (float) random.nextGaussian() + (i / cols % 3 - 1) * 9;
        }
        for (QuantFormat format : Int4Repacking.LAYOUTS) {
            QuantTensor tensor = QuantCodecs.of(format).encode(x, rows, cols);
            QuantTensor repacked = Int4Repacking.repack(tensor);
            assertArrayEquals(
                    QuantCodecs.of(repacked.format()).encode(x, rows, cols).codes(), repacked.codes());
            assertArrayEquals(decode(tensor), decode(repacked));
            QuantTensor back = Int4Repacking.repack(repacked);
            assertArrayEquals(tensor.codes(), back.codes());
            assertArrayEquals(tensor.zeros(), back.zeros());
        }
    }

    @Test
    void whatFillsWordsUpDoesNotTravel() {
        byte[] full = new byte[4];
        Arrays.fill(full, (byte) 0xff);
        QuantTensor gptq =
                new QuantTensor(QuantFormat.INT4_G128_GPTQ, 1, 1, full.clone(), new byte[2], full.clone(), 1);
        QuantTensor awq = Int4Repacking.repack(gptq);
        assertArrayEquals(words(0xf), awq.codes());
        // 15 stands for a zero point of 0.
        assertArrayEquals(words(0), awq.zeros());
        QuantTensor back = Int4Repacking.repack(
                new QuantTensor(QuantFormat.INT4_G128_AWQ, 1, 1, full.clone(), new byte[2], full.clone(), 1));
        assertArrayEquals(words(0xf), back.codes());
        assertArrayEquals(words(0xe), back.zeros());
    }

    @Test
    void otherFormatsHaveOneLayout() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> Int4Repacking.other(QuantFormat.INT4_G128_SYM));
        assertEquals(
                "precision: repacked are int4_g128_awq and int4_g128_gptq, not int4_g128_sym", refusal.getMessage());
    }
}
