package dev.ridgepoint.kernels.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.precision.Footprint;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GemmShapeTest {
    /** Four sizes no two of which can be taken for one another. */
    private static final Footprint SIZES = new Footprint(2, 0.5, 16, 4);

    @Test
    void theIdIsAnAddress() {
        assertEquals("gemm_m1_n4096_k4096", GemmShape.of(1, 4096, 4096).id());
        assertEquals("gemm_m1_n2_k3_e8_top2", GemmShape.grouped(1, 2, 3, 8, 2).id());
        assertEquals("gemm_m1_n2_k3_p8", GemmShape.batched(8, 1, 2, 3).id());
        assertEquals(
                "gemm_m1_n2_k3_p8_bias_gelu",
                GemmShape.batched(8, 1, 2, 3).with(Epilogue.BIAS_GELU).id());
    }

    /** A bias a channel of each weight that is read, in the output's type; no FLOPs beside the multiplier's. */
    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aBiasIsReadWithItsWeight(Epilogue epilogue) {
        for (GemmShape shape :
                List.of(GemmShape.of(3, 5, 7), GemmShape.batched(2, 3, 5, 7), GemmShape.grouped(1, 5, 7, 8, 2))) {
            WorkModel plain = shape.work(SIZES);
            double weights = shape.many() == null ? 1 : shape.many().read(shape.m());
            WorkModel expected =
                    new WorkModel(plain.flops(), plain.bytesRead() + weights * 5 * 4, plain.bytesWritten());
            assertEquals(expected, shape.with(epilogue).work(SIZES));
        }
    }

    @ParameterizedTest
    @EnumSource
    void epiloguesAreWrittenAndReadBack(Epilogue epilogue) {
        GemmShape shape = GemmShape.grouped(3, 5, 7, 8, 2).with(epilogue);
        assertEquals(shape, ShapeJson.parse("gemm", ShapeJson.write(shape)));
        assertEquals(epilogue != Epilogue.NONE, ShapeJson.write(shape).has("epilogue"));
    }

    @Test
    void anUnknownEpilogueIsNamed() {
        ObjectNode json = ShapeJson.write(GemmShape.of(1, 2, 3)).put("epilogue", "relu");
        String said = assertThrows(IllegalArgumentException.class, () -> ShapeJson.parse("gemm", json))
                .getMessage();
        assertEquals("epilogue: expected none, bias, bias_gelu, bias_gelu_tanh, bias_silu, got 'relu'", said);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "3,5,7", "8,2,9"})
    void plainLoopsCountTheSameWork(int m, int n, int k) {
        long flops = 0;
        Set<String> weights = new HashSet<>();
        Set<String> activations = new HashSet<>();
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                for (int l = 0; l < k; l++) {
                    flops += 2;
                    activations.add(i + "," + l);
                    weights.add(j + "," + l);
                }
            }
        }
        WorkModel work = GemmShape.of(m, n, k).work(SIZES);
        assertEquals(flops, work.flops());
        assertEquals(2 * activations.size() + 0.5 * weights.size(), work.bytesRead());
        assertEquals(4.0 * m * n, work.bytesWritten());
        assertEquals((long) m * n * k, GemmShape.of(m, n, k).multiplyAdds());
    }

    @Test
    void weightsAreReadOnceWhateverTheRows() {
        double one = GemmShape.of(1, 64, 32).work(SIZES).bytesRead() - 2 * 32;
        double many = GemmShape.of(100, 64, 32).work(SIZES).bytesRead() - 2 * 32 * 100;
        assertEquals(one, many);
    }

    /** 3 x 256 of a and 16 x 256 nibbles with an fp16 scale for 128 of them, and half a byte of zero point where there is one. */
    @Test
    void zeroPointsThatAreNotStoredAreNotRead() {
        GemmShape shape = GemmShape.of(3, 16, 256);
        double symmetric = 3 * 256 * 2 + 16 * 256 / 2 + 16 * 2 * 2;
        assertEquals(
                symmetric,
                new GemmProblem(shape, Precision.W4A16_G128_SYM).work().bytesRead());
        assertEquals(
                symmetric + 16 * 2 / 2,
                new GemmProblem(shape, Precision.W4A16_G128_GPTQ).work().bytesRead());
    }

    /** Walks through every way that every token can choose its experts, each as likely as any other. */
    @ParameterizedTest
    @CsvSource({"1,1,1", "4,1,3", "4,2,3", "5,2,2", "6,3,2", "3,3,4", "8,1,4"})
    void expectedHitsMatchEnumeration(int experts, int topK, int tokens) {
        int[] choices = subsets(experts, topK);
        long ways = 0;
        long hits = 0;
        int[] pick = new int[tokens];
        do {
            int union = 0;
            for (int p : pick) {
                union |= choices[p];
            }
            hits += Integer.bitCount(union);
            ways++;
        } while (next(pick, choices.length));
        double expected = hits / (double) ways;
        assertEquals(expected, new GemmShape.Moe(experts, topK).expectedHit(tokens), 1e-12 * expected);
    }

    private static int[] subsets(int experts, int topK) {
        return java.util.stream.IntStream.range(0, 1 << experts)
                .filter(set -> Integer.bitCount(set) == topK)
                .toArray();
    }

    private static boolean next(int[] digits, int base) {
        for (int i = 0; i < digits.length; i++) {
            if (++digits[i] < base) {
                return true;
            }
            digits[i] = 0;
        }
        return false;
    }

    @Test
    void aMixtureOfExpertsReadsHitWeightsAndEveryChoicesRow() {
        GemmShape shape = GemmShape.grouped(3, 5, 7, 4, 2);
        WorkModel work = shape.work(SIZES);
        double hit = new GemmShape.Moe(4, 2).expectedHit(3);
        assertEquals(2.0 * 3 * 2 * 5 * 7, work.flops());
        assertEquals(3 * 2 * 7 * 2.0 + hit * 5 * 7 * 0.5, work.bytesRead(), 1e-12);
        assertEquals(3 * 2 * 5 * 4.0, work.bytesWritten());
        assertEquals(3 * 5 * 7 * 2, shape.multiplyAdds());
    }

    /** Nothing is shared, so a batch is as much work as its products one by one. */
    @Test
    void aBatchIsThatManyProducts() {
        WorkModel one = GemmShape.of(3, 5, 7).work(SIZES);
        WorkModel four = GemmShape.batched(4, 3, 5, 7).work(SIZES);
        assertEquals(4 * one.flops(), four.flops());
        assertEquals(4 * one.bytesRead(), four.bytesRead());
        assertEquals(4 * one.bytesWritten(), four.bytesWritten());
        assertEquals(4 * 3 * 5 * 7, GemmShape.batched(4, 3, 5, 7).multiplyAdds());
    }
}
