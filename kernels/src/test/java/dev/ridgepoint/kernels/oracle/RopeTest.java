package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Rope;
import dev.ridgepoint.kernels.shape.Rotary;
import dev.ridgepoint.kernels.shape.ShapeJson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention that turns queries and keys first, against a definition that multiplies complex numbers. */
class RopeTest {
    private static final int DIM = 16;
    private static final List<Segment> SEGMENTS = List.of(new Segment(1, 3, 9), new Segment(2, 1, 5));

    /** What a kernel may get wrong. */
    private enum Fault {
        NONE,
        OTHER_PAIRS,
        PLACES_FOR_POSITIONS,
        QUERIES_FROM_THE_FIRST_KEY,
        OTHER_WAY_ROUND,
        KEYS_ALONE
    }

    private static Stream<AttentionProblem> problems() {
        AttentionShape ragged = new AttentionShape(1, 4, 2, 0, 0, DIM, 8, Mask.CAUSAL, 0, 0, false, 0, SEGMENTS);
        AttentionShape uniform = AttentionShape.of(2, 2, 1, 4, 7, DIM, Mask.CAUSAL);
        return Stream.of(ragged, uniform)
                .flatMap(shape -> Stream.of(
                        shape.withRope(new Rope(Rotary.HALF, DIM)), shape.withRope(new Rope(Rotary.INTERLEAVED, 8))))
                .flatMap(shape -> Stream.of(
                        new AttentionProblem(shape, Precision.FP32), new AttentionProblem(shape, Precision.BF16)));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theDefinitionIsRightAndItsNeighboursAreNot(AttentionProblem problem) {
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 5);
        Verifier verifier = Verifier.of(problem, operands);
        for (Fault fault : Fault.values()) {
            byte[] output = output(problem, operands, fault);
            Verdict verdict =
                    verifier.check((name, offset, target) -> target.put(output, (int) offset, target.remaining()));
            if (fault == Fault.NONE) {
                assertNull(verdict.firstMismatch());
            } else {
                assertFalse(verdict.passed(), fault.name());
            }
        }
    }

    private static byte[] output(AttentionProblem problem, OperandSet operands, Fault fault) {
        AttentionShape shape = problem.shape();
        int width = (int) shape.valueDim();
        int group = (int) shape.groupSize();
        float[] v = values(problem, operands, "v");
        float[] o = new float[(int) (total(shape, true) * shape.qHeads() * width)];
        int firstQuery = 0;
        int firstKey = 0;
        for (Segment s : shape.sequences()) {
            for (int i = 0; i < s.count(); i++) {
                for (int query = 0; query < s.seqLenQ(); query++) {
                    for (int head = 0; head < shape.qHeads(); head++) {
                        int place = (int) (s.seqLenKv() - s.seqLenQ()) + query;
                        double[] p = new double[place + 1];
                        double sum = 0;
                        for (int key = 0; key <= place; key++) {
                            double[] turnedQuery = turned(
                                    problem,
                                    operands,
                                    fault,
                                    "q",
                                    (firstQuery + query) * (int) shape.qHeads() + head,
                                    fault == Fault.QUERIES_FROM_THE_FIRST_KEY ? firstKey + query : firstKey + place);
                            double[] turnedKey = turned(
                                    problem,
                                    operands,
                                    fault,
                                    "k",
                                    (firstKey + key) * (int) shape.kvHeads() + head / group,
                                    firstKey + key);
                            double score = 0;
                            for (int d = 0; d < DIM; d++) {
                                score += turnedQuery[d] * turnedKey[d];
                            }
                            p[key] = Math.exp(score / Math.sqrt(DIM));
                            sum += p[key];
                        }
                        int at = ((firstQuery + query) * (int) shape.qHeads() + head) * width;
                        for (int d = 0; d < width; d++) {
                            double out = 0;
                            for (int key = 0; key <= place; key++) {
                                int row = (firstKey + key) * (int) shape.kvHeads() + head / group;
                                out += p[key] / sum * v[row * width + d];
                            }
                            o[at + d] = (float) out;
                        }
                    }
                }
                firstQuery += (int) s.seqLenQ();
                firstKey += (int) s.seqLenKv();
            }
        }
        return FloatCodec.encode(problem.precision().output(), o);
    }

    private static long total(AttentionShape shape, boolean queries) {
        return shape.sequences().stream()
                .mapToLong(s -> s.count() * (queries ? s.seqLenQ() : s.seqLenKv()))
                .sum();
    }

    private static float[] values(AttentionProblem problem, OperandSet operands, String name) {
        DType type = problem.precision().activation();
        ByteBuffer bytes = operands.input(name);
        float[] values = new float[(int) (bytes.remaining() / type.bytes())];
        FloatCodec.decode(type, bytes, values, 0, values.length);
        return values;
    }

    /** A row turned by a token's position, angles taken from the formula and not from the table. */
    private static double[] turned(
            AttentionProblem problem, OperandSet operands, Fault fault, String name, int row, int token) {
        Rope rope = problem.shape().rope();
        int width = (int) rope.dim();
        boolean halves = (rope.rotary() == Rotary.HALF) != (fault == Fault.OTHER_PAIRS);
        float[] all = values(problem, operands, name);
        double[] out = new double[DIM];
        for (int d = 0; d < DIM; d++) {
            out[d] = all[row * DIM + d];
        }
        if (fault == Fault.KEYS_ALONE && name.equals("q")) {
            return out;
        }
        int position = fault == Fault.PLACES_FOR_POSITIONS
                ? token
                : operands.input("positions").asIntBuffer().get(token);
        for (int pair = 0; pair < width / 2; pair++) {
            int first = halves ? pair : 2 * pair;
            int second = halves ? pair + width / 2 : 2 * pair + 1;
            double angle = position * Math.pow(10_000, -2.0 * pair / width) * (fault == Fault.OTHER_WAY_ROUND ? -1 : 1);
            double x = out[first];
            double y = out[second];
            out[first] = round(problem, x * Math.cos(angle) - y * Math.sin(angle));
            out[second] = round(problem, y * Math.cos(angle) + x * Math.sin(angle));
        }
        return out;
    }

    private static double round(AttentionProblem problem, double value) {
        DType type = problem.precision().activation();
        float[] rounded = new float[1];
        ByteBuffer bytes = ByteBuffer.wrap(FloatCodec.encode(type, new float[] {(float) value}))
                .order(ByteOrder.LITTLE_ENDIAN);
        FloatCodec.decode(type, bytes, rounded, 0, 1);
        return rounded[0];
    }

    @Test
    void theQuestionTellsIt() {
        AttentionShape plain = AttentionShape.of(2, 4, 2, 6, 40, 64, Mask.CAUSAL);
        AttentionShape turned = plain.withRope(new Rope(Rotary.HALF, 64));
        AttentionShape part = plain.withRope(new Rope(Rotary.INTERLEAVED, 32));
        assertEquals(plain.id() + "_half", turned.id());
        assertEquals(plain.id() + "_interleaved_rot32", part.id());
        for (AttentionShape shape : List.of(plain, turned, part, part.withLse().withPages(16))) {
            assertEquals(shape, ShapeJson.parse("attention", ShapeJson.write(shape)));
        }
        assertFalse(ShapeJson.write(plain).has("rotary"), "keys of earlier results stay");
        assertNotEquals(ShapeJson.write(turned), ShapeJson.write(plain));
        assertEquals(plain, turned.withRope(null));
    }

    /** Counted one by one: each query and each key turns once, and each token's angles and position are read once. */
    @Test
    void theLeastWorkCountsTurning() {
        AttentionShape plain = AttentionShape.of(2, 4, 2, 6, 40, 64, Mask.CAUSAL);
        AttentionProblem without = new AttentionProblem(plain, Precision.BF16);
        AttentionProblem with = new AttentionProblem(plain.withRope(new Rope(Rotary.HALF, 32)), Precision.BF16);
        long flops = 0;
        long bytes = 0;
        for (int sequence = 0; sequence < 2; sequence++) {
            flops += (6 * 4 + 40 * 2) * 32 * 3;
            bytes += 40 * (32 * 4 + 4);
        }
        assertEquals(flops, with.work().flops() - without.work().flops());
        assertEquals(bytes, with.work().bytesRead() - without.work().bytesRead());
        assertEquals(without.work().bytesWritten(), with.work().bytesWritten());
    }

    @Test
    void whatCannotBeIsNamed() {
        Rope rope = new Rope(Rotary.HALF, 64);
        AttentionShape plain = AttentionShape.of(1, 2, 2, 4, 4, 64, Mask.CAUSAL);
        for (long dim : new long[] {0, 3, 66}) {
            assertTrue(refusal(() -> plain.withRope(new Rope(Rotary.HALF, dim))).startsWith("rotary_dim: "));
        }
        assertTrue(refusal(() -> AttentionShape.of(1, 2, 2, 5, 4, 64, Mask.FULL).withRope(rope))
                .startsWith("Sq: "));
        assertTrue(refusal(() -> AttentionShape.of(1, 2, 2, 4, 4, 64, Mask.TREE).withRope(rope))
                .startsWith("rotary: "));
        AttentionShape shared = new AttentionShape(1, 2, 1, 1, 4, 64, 32, Mask.CAUSAL, 0, 0, true, 0, List.of());
        assertTrue(refusal(() -> shared.withRope(rope)).startsWith("rotary: "));
        for (Precision precision : List.of(Precision.BF16_KV_INT8, Precision.BF16_KV_FP8, Precision.FP8_E4M3)) {
            assertTrue(refusal(() -> new AttentionProblem(plain.withRope(rope), precision))
                    .startsWith("precision: "));
        }
        var widthAlone = ShapeJson.write(plain).put("rotary_dim", 32);
        assertTrue(refusal(() -> ShapeJson.parse("attention", widthAlone)).startsWith("rotary: "));
    }

    private static String refusal(Executable made) {
        return assertThrows(IllegalArgumentException.class, made).getMessage();
    }
}
