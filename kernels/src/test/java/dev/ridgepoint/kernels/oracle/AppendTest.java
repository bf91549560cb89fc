package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AppendProblem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Rotary;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.kernels.shape.WorkModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AppendTest {
    private static final byte BEFORE = 0x33;

    @TempDir
    private Path folder;

    static Stream<AppendProblem> problems() {
        List<Segment> segments = List.of(
                new Segment(2, 1, 5),
                new Segment(1, 0, 3),
                new Segment(1, 4, 4),
                new Segment(1, 0, 0),
                new Segment(1, 3, 9));
        return Stream.of(
                        AppendShape.of(2, 3, 2, 7, 8, Rotary.HALF),
                        AppendShape.of(3, 2, 1, 9, 16, Rotary.INTERLEAVED).withPages(4),
                        AppendShape.of(1, 2, 0, 0, 8, 6, Rotary.INTERLEAVED, 4, 0, segments),
                        AppendShape.of(1, 2, 0, 0, 8, 6, Rotary.HALF, 6, 4, segments))
                .flatMap(shape -> Stream.of(
                                Precision.FP32,
                                Precision.BF16,
                                Precision.FP16,
                                Precision.BF16_KV_FP8,
                                Precision.BF16_KV_INT8)
                        .map(precision -> new AppendProblem(shape, precision)));
    }

    private static OutputReader reader(Map<String, byte[]> outputs, byte before) {
        return new OutputReader() {
            @Override
            public void read(String operand, long offset, ByteBuffer target) {
                target.put(outputs.get(operand), (int) offset, target.remaining());
            }

            @Override
            public byte before(String operand, long offset) {
                return before;
            }
        };
    }

    @ParameterizedTest
    @MethodSource("problems")
    void anotherMachineAgrees(AppendProblem problem) {
        for (Distribution distribution : Distribution.values()) {
            OperandSet operands = OperandSet.generate(problem, distribution, 3);
            Verdict verdict = Verifier.of(problem, operands)
                    .check(reader(AppendMachine.append(problem, operands, BEFORE), BEFORE));
            assertNull(verdict.firstMismatch(), distribution.id());
        }
    }

    @Test
    void withoutATurnKeysGoAsTheyAre() {
        for (Precision precision : List.of(Precision.BF16, Precision.BF16_KV_INT8)) {
            AppendProblem problem =
                    new AppendProblem(AppendShape.of(2, 3, 2, 7, 8, Rotary.NONE).withPages(4), precision);
            assertTrue(OperandSpecs.of(problem).stream()
                    .noneMatch(spec -> List.of("positions", "cosSin").contains(spec.name())));
            anotherMachineAgrees(problem);
            everyByteIsHeld(problem);
        }
        AppendShape turning = AppendShape.of(2, 3, 2, 7, 8, Rotary.HALF);
        AppendShape none = AppendShape.of(2, 3, 2, 7, 8, Rotary.NONE);
        assertEquals("append_none_b2_q2_kv7_h3_kv3_d8", none.id());
        assertEquals(none, ShapeJson.parse("append", ShapeJson.write(none)));
        // A row of the table and a position a token, and three FLOPs an element that turns.
        assertEquals(
                turning.work(Precision.BF16.footprint()),
                none.work(Precision.BF16.footprint()).plus(new WorkModel(3 * 4 * 3 * 8, 4 * (8 + 1) * 4, 0)));
    }

    /** Whatever byte is touched, written or not, in a cache or its scales. */
    @ParameterizedTest
    @MethodSource("problems")
    void everyByteIsHeld(AppendProblem problem) {
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 3);
        Verifier verifier = Verifier.of(problem, operands);
        Map<String, byte[]> right = AppendMachine.append(problem, operands, BEFORE);
        int untouched = 0;
        for (String name : right.keySet()) {
            byte[] bytes = right.get(name);
            for (int at = 0; at < bytes.length; at++) {
                byte was = bytes[at];
                bytes[at] ^= 0x10;
                Verdict verdict = verifier.check(reader(right, BEFORE));
                assertFalse(verdict.passed(), name + " byte " + at);
                assertTrue(verdict.firstMismatch().startsWith(name + "["), verdict.firstMismatch());
                untouched += verdict.firstMismatch().contains("is not to be written") ? 1 : 0;
                bytes[at] = was;
            }
        }
        boolean allNew = problem.shape().reader().sequences().stream().allMatch(s -> s.seqLenQ() == s.seqLenKv());
        assertEquals(allNew, untouched == 0);
        assertFalse(verifier.check(reader(right, (byte) 0)).passed(), "filled with something else before");
    }

    @Test
    void placesOfOthersSurviveAFile() throws IOException {
        AppendProblem problem = problems().findFirst().orElseThrow();
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 3);
        Path file = folder.resolve("expected");
        Verifier.of(problem, operands).save(file);
        Verifier loaded = Verifier.load(operands, file);
        Map<String, byte[]> right = AppendMachine.append(problem, operands, BEFORE);
        assertNull(loaded.check(reader(right, BEFORE)).firstMismatch());
        right.get("kCache")[0] ^= 1;
        assertTrue(loaded.check(reader(right, BEFORE)).firstMismatch().contains("is not to be written"));
    }

    /** A quarter turn, by hand: (1, 2) becomes (-2, 1); what does not turn stays, values too. */
    @Test
    void aQuarterTurnByHand() {
        for (Rotary rotary : List.of(Rotary.HALF, Rotary.INTERLEAVED)) {
            AppendShape shape = AppendShape.of(1, 1, 1, 2, 6, 2, rotary, 4, 0, List.of());
            AppendProblem problem = new AppendProblem(shape, Precision.FP32);
            Map<String, byte[]> inputs = new HashMap<>();
            float[] table = new float[4 * (2 + 1000)];
            table[7 * 4 + 2] = 1;
            table[7 * 4 + 3] = 1;
            inputs.put("k", FloatCodec.encode(DType.FP32, new float[] {1, 2, 3, 4, 5, 6}));
            inputs.put("v", FloatCodec.encode(DType.FP32, new float[] {7, 8}));
            inputs.put(
                    "positions",
                    ByteBuffer.allocate(4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(7)
                            .array());
            inputs.put("cosSin", FloatCodec.encode(DType.FP32, table));
            float[] keys = rotary == Rotary.HALF ? new float[] {-3, -4, 1, 2, 5, 6} : new float[] {-2, 1, -4, 3, 5, 6};
            byte[] kCache = new byte[48];
            byte[] vCache = new byte[16];
            System.arraycopy(FloatCodec.encode(DType.FP32, keys), 0, kCache, 24, 24);
            System.arraycopy(FloatCodec.encode(DType.FP32, new float[] {7, 8}), 0, vCache, 8, 8);
            Verifier verifier = Verifier.of(problem, OperandSet.of(problem, 1, inputs));
            assertNull(verifier.check(reader(Map.of("kCache", kCache, "vCache", vCache), (byte) 0))
                    .firstMismatch());
        }
    }

    /** What is written is what attention of the same precision reads, buffer by buffer. */
    @ParameterizedTest
    @MethodSource("problems")
    void theCacheIsAttentions(AppendProblem problem) {
        Map<String, Long> read = new HashMap<>();
        OperandSpecs.of(new AttentionProblem(problem.shape().reader(), problem.precision()))
                .forEach(spec -> read.put(spec.name(), spec.bytes()));
        for (OperandSpec spec : OperandSpecs.of(problem)) {
            if (spec.role() == OperandSpec.Role.OUTPUT) {
                assertEquals(read.get(spec.name().replace("Cache", "")), spec.bytes(), spec.name());
            } else if (read.containsKey(spec.name()) && !spec.name().matches("[kv]")) {
                assertEquals(read.get(spec.name()), spec.bytes(), spec.name());
            }
        }
        OperandSet appended = OperandSet.generate(problem, Distribution.NORMAL, 5);
        OperandSet attended = OperandSet.generate(
                new AttentionProblem(problem.shape().reader(), problem.precision()), Distribution.NORMAL, 5);
        for (String index : List.of("blockTable", "qOffsets", "kvOffsets")) {
            if (read.containsKey(index)) {
                assertEquals(attended.input(index), appended.input(index), index);
            }
        }
    }

    @Test
    void anglesAreRoFormersAndPositionsAreNotPlaces() {
        AppendProblem problem = new AppendProblem(AppendShape.of(8, 1, 2, 5, 8, Rotary.HALF), Precision.BF16);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 1);
        ByteBuffer table = operands.input("cosSin");
        for (int position : new int[] {0, 1, 17, 1004}) {
            for (int pair = 0; pair < 4; pair++) {
                double angle = position / Math.pow(10_000, pair / 4.0);
                assertEquals(Math.cos(angle), table.getFloat(4 * (position * 8 + pair)), 1e-6);
                assertEquals(Math.sin(angle), table.getFloat(4 * (position * 8 + 4 + pair)), 1e-6);
            }
        }
        int[] positions = new int[16];
        operands.input("positions").asIntBuffer().get(positions);
        int moved = 0;
        for (int i = 0; i < 16; i += 2) {
            assertEquals(positions[i] + 1, positions[i + 1]);
            assertTrue(positions[i] >= 3 && positions[i + 1] < 5 + 1000, "within the table");
            moved += positions[i] == 3 ? 0 : 1;
        }
        assertTrue(moved > 0);
    }

    /** Counted token by token, against the sizes of buffers where every place is written. */
    @Test
    void workIsWhatTheTokensNeed() {
        AppendShape shape = AppendShape.of(2, 3, 4, 4, 16, 8, Rotary.HALF, 12, 0, List.of());
        WorkModel plain = new AppendProblem(shape, Precision.BF16).work();
        int tokens = 8;
        assertEquals(3.0 * tokens * 3 * 12, plain.flops());
        assertEquals(tokens * 3 * 24 * 2 + tokens * 12 * 4 + tokens * 4, plain.bytesRead());
        assertEquals(tokens * 3 * 24 * 2, plain.bytesWritten());
        AppendProblem int8 = new AppendProblem(shape, Precision.BF16_KV_INT8);
        long written = OperandSpecs.of(int8).stream()
                .filter(spec -> spec.role() == OperandSpec.Role.OUTPUT)
                .mapToLong(OperandSpec::bytes)
                .sum();
        assertEquals(written, int8.work().bytesWritten());
        assertEquals(plain.flops() + 5 * tokens * 3 * 24, int8.work().flops());
        assertEquals(DType.FP32, int8.compute());
    }

    @ParameterizedTest
    @MethodSource("problems")
    void jsonAndIdTellItApart(AppendProblem problem) {
        AppendShape shape = problem.shape();
        assertEquals(shape, ShapeJson.parse("append", ShapeJson.write(shape)));
        assertEquals(problem, Problem.of(shape, problem.precision()));
        assertEquals(Tolerance.Kind.BIT_EXACT, Tolerance.of(problem).kind());
        assertEquals(Tolerance.of(problem), Tolerance.ofPatterns(problem));
        Rotary other = shape.rotary() == Rotary.HALF ? Rotary.INTERLEAVED : Rotary.HALF;
        assertNotEquals(shape.id(), new AppendShape(shape.reader(), other, shape.rotaryDim()).id());
        assertNotEquals(shape.id(), new AppendShape(shape.reader(), shape.rotary(), 2).id());
    }

    @Test
    void idsAreAddresses() {
        AppendShape shape = AppendShape.of(2, 8, 1, 64, 128, Rotary.HALF).withPages(16);
        assertEquals(
                "append_half_b2_q1_kv64_h8_kv8_d128_page16_bf16_kv_int8",
                new AppendProblem(shape, Precision.BF16_KV_INT8).id());
        assertEquals(
                "append_interleaved_b1_q2_kv2_h1_kv1_d8_rot4",
                AppendShape.of(1, 1, 2, 2, 8, 8, Rotary.INTERLEAVED, 4, 0, List.of())
                        .id());
    }

    @Test
    void whatCannotBeIsNamed() {
        assertTrue(refusal(() -> AppendShape.of(1, 1, 2, 2, 8, 8, Rotary.HALF, 3, 0, List.of()))
                .startsWith("rotary_dim: "));
        assertTrue(refusal(() -> AppendShape.of(1, 1, 2, 2, 8, 8, Rotary.HALF, 10, 0, List.of()))
                .startsWith("rotary_dim: "));
        assertTrue(refusal(() -> AppendShape.of(1, 1, 3, 2, 8, Rotary.HALF)).startsWith("Sq: "));
        assertTrue(refusal(() -> Rotary.parse("neox")).startsWith("rotary: "));
        AppendShape shape = AppendShape.of(1, 1, 2, 2, 8, Rotary.HALF);
        for (Precision precision : List.of(Precision.W4A16_G128, Precision.FP8_E4M3, Precision.INT8, Precision.TF32)) {
            assertTrue(refusal(() -> new AppendProblem(shape, precision)).startsWith("precision: "));
        }
    }

    private static String refusal(Executable made) {
        return assertThrows(IllegalArgumentException.class, made).getMessage();
    }

    @Test
    void seedsMoveSequences() {
        AppendProblem problem = new AppendProblem(AppendShape.of(4, 1, 1, 3, 8, Rotary.HALF), Precision.BF16);
        OperandSet one = OperandSet.generate(problem, Distribution.NORMAL, 1);
        OperandSet other = OperandSet.generate(problem, Distribution.NORMAL, 2);
        assertNotEquals(one.input("positions"), other.input("positions"));
        byte[] table = new byte[one.input("cosSin").capacity()];
        byte[] same = new byte[table.length];
        one.input("cosSin").get(table);
        other.input("cosSin").get(same);
        assertArrayEquals(table, same);
    }
}
