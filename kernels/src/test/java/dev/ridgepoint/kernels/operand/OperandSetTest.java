package dev.ridgepoint.kernels.operand;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OperandSetTest {
    private static final GemmProblem PRODUCT = new GemmProblem(GemmShape.of(3, 8, 256), Precision.BF16);

    static Stream<Problem> problems() {
        List<Segment> segments = List.of(new Segment(2, 1, 5), new Segment(1, 3, 9));
        return Stream.concat(
                Precision.ALL.stream()
                        .flatMap(p -> Stream.of(
                                new GemmProblem(GemmShape.of(3, 8, 256), p),
                                new GemmProblem(GemmShape.grouped(5, 8, 256, 4, 2), p))),
                Stream.of(
                        new AttentionProblem(
                                new AttentionShape(1, 4, 2, 0, 0, 8, 8, Mask.CAUSAL, 0, 4, false, 0, segments),
                                Precision.BF16_KV_FP8),
                        new AttentionProblem(AttentionShape.of(1, 2, 2, 6, 9, 8, Mask.TREE), Precision.FP16),
                        QuantizeProblem.of(Direction.QUANTIZE, 4, 256, DType.FP16, QuantFormat.NVFP4),
                        QuantizeProblem.of(Direction.DEQUANTIZE, 4, 256, DType.BF16, QuantFormat.Q6_K)));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyInputIsThereAndFollowsFromTheSeed(Problem problem) {
        OperandSet set = OperandSet.generate(problem, Distribution.NORMAL, 1);
        OperandSet same = OperandSet.generate(problem, Distribution.NORMAL, 1);
        OperandSet other = OperandSet.generate(problem, Distribution.NORMAL, 2);
        assertEquals(set.sha256(), same.sha256());
        assertNotEquals(set.sha256(), other.sha256());
        for (OperandSpec spec : set.specs()) {
            if (spec.role() == OperandSpec.Role.INPUT) {
                ByteBuffer input = set.input(spec.name());
                assertEquals(spec.bytes(), input.remaining());
                assertTrue(input.isDirect() && input.isReadOnly());
                assertEquals(input, same.input(spec.name()));
                assertFalse(allZero(set.input(spec.name())), spec.name());
            } else {
                assertThrows(IllegalArgumentException.class, () -> set.input(spec.name()));
            }
        }
    }

    private static boolean allZero(ByteBuffer bytes) {
        return IntStream.range(0, bytes.limit()).allMatch(i -> bytes.get(i) == 0);
    }

    /** Whoever changes a byte of what a seed means breaks the comparability of results; this notices. */
    @ParameterizedTest
    @CsvSource({
        "NORMAL,48027f6f4bdc086b",
        "UNIFORM,143252006fb57685",
        "HEAVY_TAILED,94cc49a67ed106b4",
        "OUTLIER_CHANNELS,b454c42ee990a9a5",
        "ADVERSARIAL,4911d89f55ff2c7d",
        "NON_FINITE,b0ea5205a5d4f7aa"
    })
    void aSeedMeansTheSameBytesEverywhere(Distribution distribution, String digest) {
        assertEquals(
                digest, OperandSet.generate(PRODUCT, distribution, 1).sha256().substring(0, 16));
    }

    @Test
    void plainOperandsAreRoundedValues() {
        OperandSet set = OperandSet.generate(PRODUCT, Distribution.NORMAL, 1);
        float[] values = values("b", 256, 8 * 256);
        ByteBuffer b = set.input("b");
        for (float value : values) {
            assertEquals((short) FloatCodec.encode(DType.BF16, value), b.getShort());
        }
    }

    @Test
    void tf32OperandsAreRoundedToTf32() {
        OperandSet set =
                OperandSet.generate(new GemmProblem(GemmShape.of(3, 8, 256), Precision.TF32), Distribution.NORMAL, 1);
        ByteBuffer a = set.input("a");
        while (a.hasRemaining()) {
            assertEquals(0, a.getInt() & 0x1FFF);
        }
    }

    @Test
    void eachExpertIsEncodedAlone() {
        GemmProblem problem = new GemmProblem(GemmShape.grouped(2, 8, 256, 3, 1), Precision.W4A16_G128);
        OperandSet set = OperandSet.generate(problem, Distribution.NORMAL, 1);
        float[] all = values("b", 256, 3 * 8 * 256);
        ByteBuffer codes = set.input("b");
        ByteBuffer scales = set.input("bScales");
        ByteBuffer zeros = set.input("bZeros");
        for (int expert = 0; expert < 3; expert++) {
            float[] own = Arrays.copyOfRange(all, expert * 2048, (expert + 1) * 2048);
            QuantTensor tensor = QuantCodecs.of(QuantFormat.INT4_G128_AWQ).encode(own, 8, 256);
            assertArrayEquals(tensor.codes(), take(codes, tensor.codes().length));
            assertArrayEquals(tensor.scales(), take(scales, tensor.scales().length));
            assertArrayEquals(tensor.zeros(), take(zeros, tensor.zeros().length));
        }
    }

    private static byte[] take(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    private static float[] values(String operand, long cols, int count) {
        float[] values = new float[count];
        Distribution.NORMAL.stream(CounterRandom.of(1, operand), cols).fill(0, values, count);
        return values;
    }

    @Test
    void tokensChooseDifferentExpertsEvenly() {
        int tokens = 4000;
        GemmProblem problem = new GemmProblem(GemmShape.grouped(tokens, 8, 8, 10, 3), Precision.FP32);
        ByteBuffer routing =
                OperandSet.generate(problem, Distribution.NORMAL, 1).input("routing");
        int[] seen = new int[10];
        for (int token = 0; token < tokens; token++) {
            Set<Integer> chosen = new HashSet<>();
            for (int choice = 0; choice < 3; choice++) {
                int expert = routing.getInt();
                seen[expert]++;
                chosen.add(expert);
            }
            assertEquals(3, chosen.size());
        }
        for (int count : seen) {
            // 1,200 expected; the standard deviation is 29.
            assertTrue(Math.abs(count - 1200) < 150, "count " + count);
        }
    }

    @Test
    void allOfTheExpertsCanBeChosen() {
        GemmProblem problem = new GemmProblem(GemmShape.grouped(2, 8, 8, 4, 4), Precision.FP32);
        ByteBuffer routing =
                OperandSet.generate(problem, Distribution.NORMAL, 1).input("routing");
        assertEquals(6, IntStream.range(0, 4).map(i -> routing.getInt()).sum());
    }

    @Test
    void pagesAreDealtFromAShuffledDeck() {
        List<Segment> segments = List.of(new Segment(20, 1, 33), new Segment(30, 1, 90));
        var shape = new AttentionShape(1, 1, 1, 0, 0, 8, 8, Mask.CAUSAL, 0, 16, false, 0, segments);
        OperandSet set = OperandSet.generate(new AttentionProblem(shape, Precision.BF16), Distribution.NORMAL, 1);
        ByteBuffer table = set.input("blockTable");
        Set<Integer> dealt = new HashSet<>();
        int inOrder = 0;
        for (int sequence = 0; sequence < 50; sequence++) {
            int before = -2;
            for (int page = 0; page < 6; page++) {
                int entry = table.getInt();
                if (sequence < 20 && page >= 3) {
                    assertEquals(-1, entry);
                } else {
                    assertTrue(dealt.add(entry));
                    inOrder += entry == before + 1 ? 1 : 0;
                    before = entry;
                }
            }
        }
        assertEquals(20 * 3 + 30 * 6, dealt.size());
        assertTrue(dealt.stream().allMatch(page -> page >= 0 && page < 240));
        assertTrue(inOrder < 10, inOrder + " neighbours are still neighbours");
        assertEquals(List.of(0, 1, 2), offsets(set, "qOffsets").subList(0, 3));
        assertEquals(List.of(0, 33, 66), offsets(set, "kvOffsets").subList(0, 3));
        assertEquals(20 * 33 + 30 * 90, offsets(set, "kvOffsets").get(50));
    }

    private static List<Integer> offsets(OperandSet set, String name) {
        ByteBuffer offsets = set.input(name);
        return IntStream.range(0, offsets.limit() / 4)
                .mapToObj(i -> offsets.getInt(4 * i))
                .toList();
    }

    @Test
    void treesHaveOneRootAndParentsBeforeChildren() {
        AttentionProblem problem =
                new AttentionProblem(AttentionShape.of(1, 1, 1, 40, 50, 8, Mask.TREE), Precision.BF16);
        List<Integer> parents = offsets(OperandSet.generate(problem, Distribution.NORMAL, 1), "treeParents");
        assertEquals(-1, parents.get(0));
        Set<Integer> inner = new HashSet<>();
        for (int node = 1; node < 40; node++) {
            assertTrue(parents.get(node) >= 0 && parents.get(node) < node);
            inner.add(parents.get(node));
        }
        assertTrue(inner.size() < 39, "a chain is no tree to test with");
    }

    @Test
    void whatIsTooLargeIsRefusedByName() {
        GemmProblem problem = new GemmProblem(GemmShape.of(1, 1 << 16, 1 << 15), Precision.BF16);
        String message = assertThrows(
                        IllegalArgumentException.class, () -> OperandSet.generate(problem, Distribution.NORMAL, 1))
                .getMessage();
        assertTrue(message.startsWith("b: 4294967296 bytes"), message);
    }

    @Test
    void inputsFromElsewhereMustFit() {
        OperandSet set = OperandSet.of(PRODUCT, 1, Map.of("a", new byte[1536], "b", new byte[4096]));
        assertTrue(allZero(set.input("a")));
        for (Map<String, byte[]> wrong :
                List.of(Map.of("a", new byte[1536]), Map.of("a", new byte[1536], "b", new byte[4095]))) {
            String message = assertThrows(IllegalArgumentException.class, () -> OperandSet.of(PRODUCT, 1, wrong))
                    .getMessage();
            assertTrue(message.startsWith("b: expected 4096 bytes"), message);
        }
    }
}
