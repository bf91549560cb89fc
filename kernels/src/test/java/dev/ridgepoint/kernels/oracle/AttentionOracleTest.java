package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionOracleTest {
    private static final double LN2 = Math.log(2);

    private static byte[] fp32(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return FloatCodec.encode(DType.FP32, floats);
    }

    private static byte[] int32(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    private static AttentionOracle oracle(AttentionShape shape, Precision precision, Map<String, byte[]> inputs) {
        return new AttentionOracle(shape, OperandSet.of(new AttentionProblem(shape, precision), 1, inputs));
    }

    private static double[] row(AttentionOracle oracle, int sequence, int query, int head, int kvHead) {
        oracle.turnTo(oracle.sequences().get(sequence), kvHead);
        return oracle.row(query, head).output();
    }

    /** With width 1 the scale is 1, and keys of 0, ln 2 and ln 4 weigh 1 : 2 : 4 for a query of 1. */
    private static Map<String, byte[]> weighing(double... queries) {
        return Map.of("q", fp32(queries), "k", fp32(0, LN2, 2 * LN2), "v", fp32(7, 14, 28));
    }

    @Test
    void aSoftmaxByHand() {
        double[] scores = {0, LN2, 2 * LN2, 99};
        double logSumExp = Softmax.inPlace(scores, 3);
        assertArrayEquals(new double[] {1 / 7.0, 2 / 7.0, 4 / 7.0, 99}, scores, 1e-15);
        assertEquals(Math.log(7), logSumExp, 1e-15);
        double[] large = {1000, 1000};
        assertEquals(1000 + LN2, Softmax.inPlace(large, 2), 1e-12);
        assertArrayEquals(new double[] {0.5, 0.5}, large);
    }

    @Test
    void aDecodeByHand() {
        AttentionShape shape = AttentionShape.of(1, 1, 1, 1, 3, 1, Mask.CAUSAL);
        AttentionOracle oracle = oracle(shape, Precision.FP32, weighing(1));
        oracle.turnTo(oracle.sequences().get(0), 0);
        AttentionOracle.Row row = oracle.row(0, 0);
        assertEquals((7 + 2 * 14 + 4 * 28) / 7.0, row.output()[0], 1e-5);
        assertEquals(row.output()[0], row.absSum()[0]);
        assertEquals((1 + 16 + 256) / 1.0, row.squares()[0], 1e-3);
        assertEquals(Math.log(7), row.logSumExp(), 1e-6);
        assertEquals(2 * LN2, row.largestScore(), 1e-6);
    }

    /** A query of 0 weighs all visible keys alike, so the output is the mean of their values. */
    @Test
    void masksByHand() {
        assertMeans(Mask.FULL, 0, 21 / 1.0 * 7 / 9, 21 / 1.0 * 7 / 9, 49 / 3.0);
        assertMeans(Mask.CAUSAL, 0, 7, 10.5, 49 / 3.0);
        assertMeans(Mask.SLIDING, 2, 7, 10.5, 21);
        assertMeans(Mask.SLIDING, 1, 7, 14, 28);
        assertMeans(Mask.LOCAL, 2, 10.5, 49 / 3.0, 21);
        assertMeans(Mask.LOCAL, 1, 7, 14, 28);
    }

    private static void assertMeans(Mask mask, int window, double... expected) {
        var shape = new AttentionShape(1, 1, 1, 3, 3, 1, 1, mask, window, 0, false, 0, List.of());
        AttentionOracle oracle = oracle(shape, Precision.FP32, weighing(0, 0, 0));
        for (int query = 0; query < 3; query++) {
            assertEquals(expected[query], row(oracle, 0, query, 0, 0)[0], 1e-12, mask + " query " + query);
        }
    }

    @Test
    void queriesSitAtTheEndOfTheKeys() {
        AttentionShape shape = AttentionShape.of(1, 1, 1, 2, 3, 1, Mask.CAUSAL);
        AttentionOracle oracle = oracle(shape, Precision.FP32, weighing(0, 0));
        assertEquals(10.5, row(oracle, 0, 0, 0, 0)[0]);
        assertEquals(49 / 3.0, row(oracle, 0, 1, 0, 0)[0], 1e-12);
    }

    /** One cached key, then a root with two children: the second child does not see the first. */
    @Test
    void aTreeByHand() {
        AttentionShape shape = AttentionShape.of(1, 1, 1, 3, 4, 1, Mask.TREE);
        Map<String, byte[]> inputs = Map.of(
                "q", fp32(0, 0, 0), "k", fp32(0, 0, 0, 0), "v", fp32(1, 2, 4, 8), "treeParents", int32(-1, 0, 0));
        AttentionOracle oracle = oracle(shape, Precision.FP32, inputs);
        assertEquals(1.5, row(oracle, 0, 0, 0, 0)[0], 1e-12);
        assertEquals(7 / 3.0, row(oracle, 0, 1, 0, 0)[0], 1e-12);
        assertEquals(11 / 3.0, row(oracle, 0, 2, 0, 0)[0], 1e-12);
    }

    /** Query heads 0 and 1 read key/value head 0, heads 2 and 3 head 1. */
    @Test
    void groupedHeadsByHand() {
        AttentionShape shape = AttentionShape.of(1, 4, 2, 1, 1, 1, Mask.CAUSAL);
        AttentionOracle oracle =
                oracle(shape, Precision.FP32, Map.of("q", fp32(1, 1, 1, 1), "k", fp32(1, 1), "v", fp32(5, 9)));
        assertEquals(5, row(oracle, 0, 0, 1, 0)[0]);
        assertEquals(9, row(oracle, 0, 0, 2, 1)[0]);
    }

    /** Values are the first of three elements of each key; the scale is 1 / sqrt(3). */
    @Test
    void sharedValuesByHand() {
        var shape = new AttentionShape(1, 1, 1, 1, 2, 3, 1, Mask.CAUSAL, 0, 0, true, 0, List.of());
        AttentionOracle oracle =
                oracle(shape, Precision.FP32, Map.of("q", fp32(0, 0, Math.sqrt(3)), "k", fp32(3, 0, 0, 9, 0, LN2)));
        assertEquals((3 + 2 * 9) / 3.0, row(oracle, 0, 0, 0, 0)[0], 1e-6);
    }

    /** d = clamp(i - j + 1, 0, 1). Queries and keys are at right angles, so only the tables' products count. */
    @Test
    void relativePositionsByHand() {
        var shape = new AttentionShape(1, 1, 1, 2, 2, 2, 1, Mask.FULL, 0, 0, false, 2, List.of());
        Map<String, byte[]> inputs = new HashMap<>();
        inputs.put("q", fp32(Math.sqrt(6), 0, 0, 0));
        inputs.put("k", fp32(0, 0, 0, Math.sqrt(6)));
        inputs.put("v", fp32(3, 6));
        inputs.put("relKeys", fp32(LN2, 0, 0, 0));
        inputs.put("relQueries", fp32(0, 0, 0, 2 * LN2));
        AttentionOracle oracle = oracle(shape, Precision.FP32, inputs);
        // Query 0 and key 1: d(0, 1) = 0 finds ln 2 in relKeys, d(1, 0) = 1 finds 2 ln 2 in relQueries.
        assertEquals((3 + 8 * 6) / 9.0, row(oracle, 0, 0, 0, 0)[0], 1e-5);
        // Query 1 is 0, and key 0 too; key 1 at d(1, 1) = 1 has 2 ln 2.
        assertEquals((3 + 4 * 6) / 5.0, row(oracle, 0, 1, 0, 0)[0], 1e-5);
    }

    @Test
    void raggedSequencesStandAlone() {
        List<Segment> segments = List.of(new Segment(1, 1, 3), new Segment(1, 2, 2));
        var shape = new AttentionShape(1, 1, 1, 0, 0, 1, 1, Mask.CAUSAL, 0, 0, false, 0, segments);
        Map<String, byte[]> inputs = Map.of(
                "q", fp32(0, 0, 0),
                "k", fp32(0, 0, 0, 0, 0),
                "v", fp32(1, 2, 3, 10, 20),
                "qOffsets", int32(0, 1, 3),
                "kvOffsets", int32(0, 3, 5));
        AttentionOracle oracle = oracle(shape, Precision.FP32, inputs);
        assertEquals(2, row(oracle, 0, 0, 0, 0)[0], 1e-12);
        assertEquals(10, row(oracle, 1, 0, 0, 0)[0], 1e-12);
        assertEquals(15, row(oracle, 1, 1, 0, 0)[0], 1e-12);
        assertEquals(2, oracle.sequences().get(1).outputRow(1, 0, shape));
    }

    /** Three keys in pages of two, the second page stored first; what lies beyond the third key is not read. */
    @Test
    void pagesByHand() {
        AttentionShape shape = AttentionShape.of(1, 1, 1, 1, 3, 1, Mask.CAUSAL).withPages(2);
        Map<String, byte[]> inputs =
                Map.of("q", fp32(0), "k", fp32(0, 50, 0, 0), "v", fp32(3, 1000, 1, 2), "blockTable", int32(1, 0));
        assertEquals(2, row(oracle(shape, Precision.FP32, inputs), 0, 0, 0, 0)[0], 1e-12);
    }

    /** A scale for each token and head. */
    @Test
    void quantisedCachesByHand() {
        AttentionShape shape = AttentionShape.of(1, 2, 2, 1, 2, 1, Mask.CAUSAL);
        Map<String, byte[]> inputs = Map.of(
                "q", FloatCodec.encode(DType.BF16, new float[] {0, 0}),
                "k", new byte[] {1, 1, 1, 1},
                "kScales", fp32(1, 1, 1, 1),
                "v", new byte[] {10, 20, 30, 40},
                "vScales", fp32(1, 2, 4, 8));
        AttentionOracle oracle = oracle(shape, Precision.BF16_KV_INT8, inputs);
        assertEquals((10 + 120) / 2.0, row(oracle, 0, 0, 0, 0)[0]);
        assertEquals((40 + 320) / 2.0, row(oracle, 0, 0, 1, 1)[0]);
    }

    /** The oracle's own loops against the textbook's, on every mask and two precisions at once. */
    @ParameterizedTest
    @EnumSource(Mask.class)
    void theTextbookFormulaGivesTheSame(Mask mask) {
        boolean windowed = mask == Mask.SLIDING || mask == Mask.LOCAL;
        int queries = 7;
        int keys = mask == Mask.LOCAL ? 7 : 11;
        var shape = new AttentionShape(2, 4, 2, queries, keys, 6, 5, mask, windowed ? 3 : 0, 0, false, 0, List.of());
        for (Precision precision : List.of(Precision.FP32, Precision.FP8_E4M3)) {
            OperandSet operands = OperandSet.generate(new AttentionProblem(shape, precision), Distribution.NORMAL, 1);
            AttentionOracle oracle = new AttentionOracle(shape, operands);
            for (int b = 0; b < 2; b++) {
                for (int head = 0; head < 4; head++) {
                    for (int query = 0; query < queries; query++) {
                        double[] expected = textbook(shape, operands, b, head, query);
                        assertArrayEquals(expected, row(oracle, b, query, head, head / 2), 1e-12);
                    }
                }
            }
        }
    }

    private static double[] textbook(AttentionShape shape, OperandSet operands, int b, int head, int query) {
        int keys = (int) shape.seqLenKv();
        int kvHead = head / 2;
        DecodedMatrix q = DecodedMatrix.of(operands, "q");
        DecodedMatrix k = DecodedMatrix.of(operands, "k");
        DecodedMatrix v = DecodedMatrix.of(operands, "v");
        float[] queryRow = q.rows(0, (b * (int) shape.seqLenQ() + query) * 4 + head, 1);
        double[] numerator = new double[5];
        double denominator = 0;
        for (int key = 0; key < keys; key++) {
            if (!sees(shape, operands, query, key)) {
                continue;
            }
            float[] keyRow = k.rows(0, (b * keys + key) * 2 + kvHead, 1);
            float[] valueRow = v.rows(0, (b * keys + key) * 2 + kvHead, 1);
            double score = 0;
            for (int d = 0; d < 6; d++) {
                score += queryRow[d] * q.factor(0) * keyRow[d] * k.factor(0);
            }
            double weight = Math.exp(score / Math.sqrt(6));
            denominator += weight;
            for (int d = 0; d < 5; d++) {
                numerator[d] += weight * valueRow[d] * v.factor(0);
            }
        }
        for (int d = 0; d < 5; d++) {
            numerator[d] /= denominator;
        }
        return numerator;
    }

    /** A mask as a table of what follows from its words, not from the oracle's comparisons. */
    private static boolean sees(AttentionShape shape, OperandSet operands, int query, int key) {
        int offset = (int) (shape.seqLenKv() - shape.seqLenQ());
        int ahead = key - offset - query;
        return switch (shape.mask()) {
            case FULL -> true;
            case CAUSAL -> ahead <= 0;
            case SLIDING -> List.of(0, -1, -2).contains(ahead);
            case LOCAL -> List.of(-1, 0, 1).contains(ahead);
            case TREE -> {
                boolean path = key < offset;
                for (int node = query;
                        node >= 0;
                        node = operands.input("treeParents").getInt(4 * node)) {
                    path |= node == key - offset;
                }
                yield path;
            }
        };
    }

    @Test
    void aPagedCacheGivesWhatAFlatOneDoes() {
        AttentionShape flat = AttentionShape.of(3, 2, 2, 1, 9, 4, Mask.CAUSAL);
        OperandSet flatSet = OperandSet.generate(new AttentionProblem(flat, Precision.FP32), Distribution.NORMAL, 1);
        AttentionShape paged = flat.withPages(4);
        OperandSet pagedSet = OperandSet.generate(new AttentionProblem(paged, Precision.FP32), Distribution.NORMAL, 1);
        Map<String, byte[]> moved = new HashMap<>();
        moved.put("q", bytes(flatSet, "q"));
        moved.put("blockTable", bytes(pagedSet, "blockTable"));
        for (String cache : List.of("k", "v")) {
            byte[] from = bytes(flatSet, cache);
            byte[] to = bytes(pagedSet, cache);
            int token = 2 * 4 * Float.BYTES;
            for (int sequence = 0; sequence < 3; sequence++) {
                for (int key = 0; key < 9; key++) {
                    int page = pagedSet.input("blockTable").getInt(4 * (sequence * 3 + key / 4));
                    System.arraycopy(from, (sequence * 9 + key) * token, to, (page * 4 + key % 4) * token, token);
                }
            }
            moved.put(cache, to);
        }
        AttentionOracle ofPages = oracle(paged, Precision.FP32, moved);
        AttentionOracle ofRows = new AttentionOracle(flat, flatSet);
        for (int sequence = 0; sequence < 3; sequence++) {
            for (int head = 0; head < 2; head++) {
                double[] expected = row(ofRows, sequence, 0, head, head);
                assertArrayEquals(expected, row(ofPages, sequence, 0, head, head));
                assertTrue(Math.abs(expected[0]) > 1e-3);
            }
        }
    }

    private static byte[] bytes(OperandSet set, String name) {
        byte[] bytes = new byte[set.input(name).remaining()];
        set.input(name).get(bytes);
        return bytes;
    }
}
