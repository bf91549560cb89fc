package dev.ridgepoint.kernels.operand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names and sizes of every buffer, worked out by hand. */
class OperandSpecsTest {
    private static void assertBuffers(String expected, Problem problem) {
        String actual = OperandSpecs.of(problem).stream()
                .map(s ->
                        (s.role() == OperandSpec.Role.OUTPUT ? ">" : "") + s.name() + ":" + s.type() + ":" + s.bytes())
                .collect(Collectors.joining(" "));
        assertEquals(expected, actual);
    }

    private static GemmProblem gemm(Precision precision) {
        return new GemmProblem(GemmShape.of(2, 16, 256), precision);
    }

    @Test
    void products() {
        assertBuffers("a:fp32:2048 b:fp32:16384 >c:fp32:128", gemm(Precision.FP32));
        assertBuffers("a:tf32:2048 b:tf32:16384 >c:fp32:128", gemm(Precision.TF32));
        assertBuffers("a:int8:512 aScales:fp32:4 b:int8:4096 bScales:fp32:4 >c:bf16:64", gemm(Precision.INT8));
        assertBuffers(
                "a:fp8_e4m3:512 aScales:e8m0:16 b:fp8_e4m3:4096 bScales:e8m0:128 >c:bf16:64", gemm(Precision.MXFP8));
        // 16 x 256 bytes; two groups of 128 a row: an fp16 scale and a byte of zero point each.
        assertBuffers("a:bf16:1024 b:int8:4096 bScales:fp16:64 bZeros:int8:32 >c:bf16:64", gemm(Precision.W8A16_ZP));
        // 16 x 256 nibbles; two groups of 128 a row: an fp16 scale and half a byte of zero each.
        assertBuffers("a:bf16:1024 b:int4:2048 bScales:fp16:64 bZeros:int4:16 >c:bf16:64", gemm(Precision.W4A16_G128));
        assertBuffers("a:bf16:1024 b:int4:2048 bScales:fp16:64 >c:bf16:64", gemm(Precision.W4A16_G128_SYM));
        assertBuffers("a:bf16:1024 b:int8:2304 >c:bf16:64", gemm(Precision.Q4_0));
        assertBuffers(
                "a:bf16:1024 b:fp4_e2m1:2048 bScales:fp8_e4m3:256 bTensorScale:fp32:4 >c:bf16:64",
                gemm(Precision.NVFP4));
    }

    @Test
    void mixturesOfExperts() {
        assertBuffers(
                "a:int8:512 aScales:fp32:4 b:int8:16384 bScales:fp32:16 routing:int32:24 >c:bf16:192",
                new GemmProblem(GemmShape.grouped(2, 16, 256, 4, 3), Precision.INT8));
    }

    @Test
    void attention() {
        AttentionShape shape = AttentionShape.of(2, 4, 2, 3, 5, 8, Mask.CAUSAL);
        assertBuffers("q:bf16:384 k:bf16:320 v:bf16:320 >o:bf16:384", new AttentionProblem(shape, Precision.BF16));
        assertBuffers(
                "q:bf16:384 k:int8:160 kScales:fp32:80 v:int8:160 vScales:fp32:80 >o:bf16:384",
                new AttentionProblem(shape, Precision.BF16_KV_INT8));
        assertBuffers(
                "q:fp8_e4m3:192 qScales:fp32:4 k:fp8_e4m3:160 kScales:fp32:4 v:fp8_e4m3:160 vScales:fp32:4 >o:bf16:384",
                new AttentionProblem(shape, Precision.FP8_E4M3));
        // Five keys fill two pages of four: 2 x 8 slots of 2 heads of 8 elements of 2 bytes.
        assertBuffers(
                "q:bf16:384 k:bf16:512 v:bf16:512 blockTable:int32:16 >o:bf16:384",
                new AttentionProblem(shape.withPages(4), Precision.BF16));
    }

    @Test
    void raggedBatchesTreesPositionsAndSharedValues() {
        List<Segment> segments = List.of(new Segment(2, 1, 5), new Segment(1, 3, 9));
        // Pages of four: 2 + 2 + 3 of them, 28 slots of 2 heads of 8 elements of 2 bytes.
        assertBuffers(
                "q:bf16:320 k:bf16:896 v:bf16:896 blockTable:int32:36 qOffsets:int32:16 kvOffsets:int32:16 >o:bf16:320",
                new AttentionProblem(
                        new AttentionShape(1, 4, 2, 0, 0, 8, 8, Mask.CAUSAL, 0, 4, false, 0, segments),
                        Precision.BF16));
        assertBuffers(
                "q:bf16:48 k:bf16:80 v:bf16:80 treeParents:int32:12 >o:bf16:48",
                new AttentionProblem(AttentionShape.of(1, 1, 1, 3, 5, 8, Mask.TREE), Precision.BF16));
        assertBuffers(
                "q:bf16:48 k:bf16:48 v:bf16:48 relKeys:bf16:64 relQueries:bf16:64 >o:bf16:48",
                new AttentionProblem(
                        new AttentionShape(1, 1, 1, 3, 3, 8, 8, Mask.FULL, 0, 0, false, 4, List.of()), Precision.BF16));
        assertBuffers(
                "q:bf16:64 k:bf16:80 >o:bf16:48",
                new AttentionProblem(
                        new AttentionShape(1, 4, 1, 1, 5, 8, 6, Mask.CAUSAL, 0, 0, true, 0, List.of()),
                        Precision.BF16));
    }

    @Test
    void quantisation() {
        assertBuffers(
                "x:bf16:1024 >codes:int8:512 >scales:fp32:8",
                QuantizeProblem.of(Direction.QUANTIZE, 2, 256, DType.BF16, QuantFormat.INT8_TOKEN));
        assertBuffers(
                "codes:int8:288 >y:fp16:1024",
                QuantizeProblem.of(Direction.DEQUANTIZE, 2, 256, DType.FP16, QuantFormat.Q4_0));
        assertBuffers(
                "codes:fp4_e2m1:256 scales:fp8_e4m3:32 tensorScale:fp32:4 >y:fp32:2048",
                QuantizeProblem.of(Direction.DEQUANTIZE, 2, 256, DType.FP32, QuantFormat.NVFP4));
    }

    static Stream<Problem> problemsThatReadEverythingOnce() {
        return Stream.of(
                        Precision.ALL.stream().map(p -> (Problem) new GemmProblem(GemmShape.of(3, 16, 512), p)),
                        Precision.ALL.stream()
                                .flatMap(p -> Stream.of(
                                                AttentionShape.of(2, 4, 2, 3, 64, 64, Mask.CAUSAL),
                                                AttentionShape.of(2, 4, 2, 1, 64, 64, Mask.CAUSAL)
                                                        .withPages(16),
                                                new AttentionShape(
                                                        2, 4, 1, 1, 64, 64, 32, Mask.CAUSAL, 0, 0, true, 0, List.of()))
                                        .map(shape -> (Problem) new AttentionProblem(shape, p))),
                        QuantFormat.ALL.stream()
                                .map(f -> (Problem) QuantizeProblem.of(Direction.DEQUANTIZE, 256, 512, DType.FP16, f)))
                .flatMap(problems -> problems);
    }

    /** The bytes of the work model are those of the buffers; scales of whole matrices are too few to count. */
    @ParameterizedTest
    @MethodSource("problemsThatReadEverythingOnce")
    void buffersAreWhatTheWorkModelCounts(Problem problem) {
        long bytes = 0;
        for (OperandSpec spec : OperandSpecs.of(problem)) {
            boolean ofWholeMatrix = spec.type() == DType.FP32 && spec.bytes() == Float.BYTES;
            bytes +=
                    ofWholeMatrix && !(problem instanceof QuantizeProblem q && countsTensorScale(q)) ? 0 : spec.bytes();
        }
        assertEquals(problem.work().bytes(), bytes);
    }

    private static boolean countsTensorScale(QuantizeProblem problem) {
        return problem.format().granularity().equals(Granularity.PER_TENSOR);
    }

    @Test
    void aSizeThatOverflowsNamesItsBuffer() {
        long large = 1L << 31;
        for (Problem problem : List.of(
                new GemmProblem(new GemmShape(1, large, large, new GemmShape.Moe(1 << 20, 1), null), Precision.BF16),
                new AttentionProblem(AttentionShape.of(1, 1, 1, 1, large, large, Mask.CAUSAL), Precision.FP32))) {
            String message = assertThrows(IllegalArgumentException.class, () -> OperandSpecs.of(problem))
                    .getMessage();
            assertTrue(message.matches("[bk]: its size overflows 2\\^63"), message);
        }
    }

    @Test
    void aTreeBelongsToOneLengthOfQueries() {
        var shape = new AttentionShape(1, 1, 1, 0, 0, 8, 8, Mask.TREE, 0, 0, false, 0, List.of(new Segment(1, 2, 4)));
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> OperandSpecs.of(new AttentionProblem(shape, Precision.BF16)))
                .getMessage();
        assertTrue(message.startsWith("segments:"), message);
    }
}
