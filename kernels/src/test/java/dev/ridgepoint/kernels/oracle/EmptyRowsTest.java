package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of attention that see no key: what they are, and that whatever else a kernel writes there is found. */
class EmptyRowsTest {
    private static final int DIM = 16;
    private static final List<Segment> SEGMENTS = List.of(
            new Segment(1, 0, 3),
            new Segment(2, 2, 0),
            new Segment(1, 4, 9),
            new Segment(1, 5, 2),
            new Segment(1, 0, 0));

    private static AttentionShape ragged(Mask mask) {
        return new AttentionShape(1, 2, 1, 0, 0, DIM, DIM, mask, 0, 0, false, 0, SEGMENTS);
    }

    static Stream<AttentionShape> shapes() {
        AttentionShape more = AttentionShape.of(2, 2, 1, 7, 3, DIM, Mask.CAUSAL);
        return Stream.of(
                more,
                more.withWindow(Mask.SLIDING, 2),
                more.withPages(2),
                more.withRope(new Rope(Rotary.HALF, DIM)),
                ragged(Mask.CAUSAL),
                ragged(Mask.FULL),
                ragged(Mask.CAUSAL).withPages(4),
                ragged(Mask.CAUSAL).withRope(new Rope(Rotary.INTERLEAVED, 8)).withPages(2));
    }

    /** A row of the output and whether it sees a key, from the words of the mask alone. */
    private static List<Boolean> seeing(AttentionShape shape) {
        List<Boolean> rows = new ArrayList<>();
        for (Segment s : shape.sequences()) {
            for (long row = 0; row < s.count() * s.seqLenQ() * shape.qHeads(); row++) {
                long query = row / shape.qHeads() % s.seqLenQ();
                rows.add(shape.mask() == Mask.FULL ? s.seqLenKv() > 0 : query >= s.seqLenQ() - s.seqLenKv());
            }
        }
        return rows;
    }

    private static OperandSet operands(AttentionShape shape) {
        return OperandSet.generate(new AttentionProblem(shape, Precision.BF16), Distribution.NORMAL, 3);
    }

    /** The outputs of the oracle, as a kernel that rounds them would leave them. */
    private record Written(float[] o, float[] lse) implements OutputReader {
        static Written by(AttentionShape shape, OperandSet operands) {
            AttentionOracle oracle = new AttentionOracle(shape, operands);
            int rows = seeing(shape).size();
            Written all = new Written(new float[rows * DIM], new float[rows]);
            for (Sequence sequence : oracle.sequences()) {
                for (int head = 0; head < shape.qHeads(); head++) {
                    oracle.turnTo(sequence, head / (int) shape.groupSize());
                    for (int query = 0; query < sequence.queries(); query++) {
                        AttentionOracle.Row row = oracle.row(query, head);
                        int at = sequence.outputRow(query, head, shape);
                        IntStream.range(0, DIM).forEach(d -> all.o[at * DIM + d] = (float) row.output()[d]);
                        all.lse[at] = (float) row.logSumExp();
                    }
                }
            }
            return all;
        }

        @Override
        public void read(String operand, long offset, ByteBuffer target) {
            boolean logs = operand.equals("lse");
            byte[] bytes = FloatCodec.encode(logs ? DType.FP32 : DType.BF16, logs ? lse : o);
            target.put(bytes, (int) offset, target.remaining());
        }

        Written copy() {
            return new Written(o.clone(), lse.clone());
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void outputIsZeroAndTheLogarithmMinusInfinity(AttentionShape shape) {
        List<Boolean> seeing = seeing(shape);
        assertTrue(seeing.contains(false) && seeing.contains(true), shape.id());
        Written written = Written.by(shape, operands(shape));
        for (int row = 0; row < seeing.size(); row++) {
            float[] o = Arrays.copyOfRange(written.o, row * DIM, (row + 1) * DIM);
            assertEquals(seeing.get(row), Float.isFinite(written.lse[row]), shape.id() + " row " + row);
            if (!seeing.get(row)) {
                assertArrayEquals(new float[DIM], o, shape.id() + " row " + row);
                assertEquals(Float.NEGATIVE_INFINITY, written.lse[row]);
            }
        }
    }

    /** Three queries of one key: the first two stand before it. */
    @Test
    void byHand() {
        AttentionShape shape = AttentionShape.of(1, 1, 1, 3, 1, 1, Mask.CAUSAL);
        OperandSet operands = OperandSet.generate(new AttentionProblem(shape, Precision.FP32), Distribution.NORMAL, 3);
        AttentionOracle oracle = new AttentionOracle(shape, operands);
        oracle.turnTo(oracle.sequences().get(0), 0);
        assertEquals(0, oracle.row(0, 0).output()[0]);
        assertEquals(0, oracle.row(1, 0).output()[0]);
        assertEquals(operands.input("v").getFloat(0), oracle.row(2, 0).output()[0]);
    }

    /** What kernels leave in rows they forgot, of a largest score of minus infinity, or of equal weights for hidden keys. */
    enum Fault {
        NO_NUMBER(Float.NaN),
        STALE(1e-3f),
        TINY(1e-30f),
        MEAN_OF_HIDDEN_VALUES(0.25f),
        INFINITE(Float.POSITIVE_INFINITY);

        private final float left;

        Fault(float left) {
            this.left = left;
        }
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void whateverElseIsFound(Fault fault) {
        shapes().map(AttentionShape::withLse).forEach(shape -> {
            OperandSet operands = operands(shape);
            Written right = Written.by(shape, operands);
            Verifier verifier = Verifier.of(operands.problem(), operands);
            Verdict verdict = verifier.check(right);
            assertNull(verdict.firstMismatch(), shape.id());
            assertTrue(Double.isFinite(verdict.tolerance()), shape.id());
            int row = seeing(shape).indexOf(false);
            Written wrong = right.copy();
            wrong.o[row * DIM + 5] = fault.left;
            refused(verifier, wrong, "o[", shape.id());
            wrong = right.copy();
            wrong.lse[row] = fault.left;
            refused(verifier, wrong, "lse[", shape.id());
        });
    }

    private static void refused(Verifier verifier, OutputReader wrong, String place, String shape) {
        Verdict verdict = verifier.check(wrong);
        assertFalse(verdict.passed(), shape);
        assertTrue(verdict.firstMismatch().startsWith(place), shape + ": " + verdict.firstMismatch());
    }

    /** Also where rows are drawn, and the first and the last sequence have no queries to draw from. */
    @Test
    void aSampleTakesRowsOfSequencesThatAsk() {
        List<Segment> segments = List.of(
                new Segment(1, 0, 30),
                new Segment(1, 60, 20),
                new Segment(3, 40, 0),
                new Segment(1, 50, 60),
                new Segment(1, 0, 0));
        AttentionShape shape = new AttentionShape(1, 2, 1, 0, 0, DIM, DIM, Mask.CAUSAL, 0, 0, false, 0, segments);
        OperandSet operands = operands(shape);
        Written right = Written.by(shape, operands);
        Verifier verifier = Verifier.of(operands.problem(), operands, 1 << 14);
        Verdict verdict = verifier.check(right);
        assertNull(verdict.firstMismatch());
        assertEquals("boundary+rows", verdict.method());
        Written wrong = right.copy();
        wrong.o[0] = 0.25f;
        refused(verifier, wrong, "o[0, 0, 0]", shape.id());
        wrong = right.copy();
        wrong.o[wrong.o.length - 1] += 0.25f;
        refused(verifier, wrong, "o[229, 1, 15]", shape.id());
        // Rows that were not drawn are finite all the same.
        wrong = right.copy();
        for (int row = 0; row < seeing(shape).size(); row++) {
            wrong.o[row * DIM] = seeing(shape).get(row) ? wrong.o[row * DIM] : Float.NaN;
        }
        refused(verifier, wrong, "o[", shape.id());
    }

    @Test
    void shapesOfThemAreReadAsTheyAreWritten() {
        shapes().forEach(
                        shape -> assertEquals(shape, ShapeJson.parse("attention", ShapeJson.write(shape)), shape.id()));
    }
}
