package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.kernels.shape.WorkModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LseTest {
    private static final int QUERIES = 6;
    private static final int KEYS = 40;
    private static final int HEADS = 4;
    private static final int DIM = 8;
    private static final AttentionShape SHAPE = AttentionShape.of(1, HEADS, 2, QUERIES, KEYS, DIM, Mask.CAUSAL);
    private static final AttentionProblem PROBLEM = new AttentionProblem(SHAPE.withLse(), Precision.BF16);

    @TempDir
    private Path folder;

    private static Map<String, byte[]> outputs(OperandSet operands, float[] lse) {
        AttentionOracle oracle = new AttentionOracle(PROBLEM.shape(), operands);
        float[] o = new float[QUERIES * HEADS * DIM];
        for (int head = 0; head < HEADS; head++) {
            oracle.turnTo(oracle.sequences().get(0), head / 2);
            for (int query = 0; query < QUERIES; query++) {
                double[] row = oracle.row(query, head).output();
                for (int d = 0; d < DIM; d++) {
                    o[(query * HEADS + head) * DIM + d] = (float) row[d];
                }
            }
        }
        Map<String, byte[]> buffers = new HashMap<>();
        buffers.put("o", FloatCodec.encode(DType.BF16, o));
        buffers.put("lse", FloatCodec.encode(DType.FP32, lse));
        return buffers;
    }

    /** Straight from the definition, with no maximum taken out; {@code forgotten} last keys are not seen. */
    private static float[] lse(OperandSet operands, int forgotten) {
        float[] q = new float[QUERIES * HEADS * DIM];
        float[] k = new float[KEYS * 2 * DIM];
        FloatCodec.decode(DType.BF16, operands.input("q"), q, 0, q.length);
        FloatCodec.decode(DType.BF16, operands.input("k"), k, 0, k.length);
        float[] lse = new float[QUERIES * HEADS];
        for (int query = 0; query < QUERIES; query++) {
            for (int head = 0; head < HEADS; head++) {
                double sum = 0;
                for (int key = 0; key <= KEYS - QUERIES + query - forgotten; key++) {
                    double score = 0;
                    for (int d = 0; d < DIM; d++) {
                        score += (double) q[(query * HEADS + head) * DIM + d] * k[(key * 2 + head / 2) * DIM + d];
                    }
                    sum += Math.exp(score / Math.sqrt(DIM));
                }
                lse[query * HEADS + head] = (float) Math.log(sum);
            }
        }
        return lse;
    }

    private static OutputReader reader(Map<String, byte[]> buffers) {
        return (operand, offset, target) -> target.put(buffers.get(operand), (int) offset, target.remaining());
    }

    @Test
    void theDefinitionIsRightAndItsNeighboursAreNot() throws IOException {
        OperandSet operands = OperandSet.generate(PROBLEM, Distribution.NORMAL, 1);
        Verifier verifier = Verifier.of(PROBLEM, operands);
        float[] right = lse(operands, 0);
        Verdict verdict = verifier.check(reader(outputs(operands, right)));
        assertNull(verdict.firstMismatch());
        assertEquals(QUERIES * HEADS * (DIM + 1), verdict.checkedElements());
        assertEquals(1, verdict.buffers());

        Path file = folder.resolve("expected");
        verifier.save(file);
        Verifier loaded = Verifier.load(operands, file);
        for (Verifier either : new Verifier[] {verifier, loaded}) {
            assertNull(either.check(reader(outputs(operands, right))).firstMismatch());
            refused(either, operands, lse(operands, 1), "a key forgotten");
            float[] baseTwo = right.clone();
            for (int i = 0; i < baseTwo.length; i++) {
                baseTwo[i] /= (float) Math.log(2);
            }
            refused(either, operands, baseTwo, "to base 2");
            for (int row = 0; row < right.length; row++) {
                float[] one = right.clone();
                one[row] += 1e-3f;
                refused(either, operands, one, "row " + row);
                one[row] = Float.NaN;
                refused(either, operands, one, "row " + row + " not written");
            }
        }
        Map<String, byte[]> wrongOutput = outputs(operands, right);
        wrongOutput.get("o")[1] ^= 0x40;
        assertTrue(verifier.check(reader(wrongOutput)).firstMismatch().startsWith("o["));
    }

    private static void refused(Verifier verifier, OperandSet operands, float[] lse, String what) {
        Verdict verdict = verifier.check(reader(outputs(operands, lse)));
        assertFalse(verdict.passed(), what);
        assertTrue(verdict.firstMismatch().startsWith("lse["), verdict.firstMismatch());
    }

    @Test
    void nothingSeenIsMinusInfinity() {
        assertEquals(Double.NEGATIVE_INFINITY, Softmax.inPlace(new double[0], 0));
    }

    @Test
    void theQuestionTellsIt() {
        AttentionProblem without = new AttentionProblem(SHAPE, Precision.BF16);
        assertEquals(without.id().replace("_bf16", "_lse_bf16"), PROBLEM.id());
        assertEquals(PROBLEM.shape(), ShapeJson.parse("attention", ShapeJson.write(PROBLEM.shape())));
        assertNotEquals(ShapeJson.write(SHAPE), ShapeJson.write(PROBLEM.shape()));
        assertFalse(ShapeJson.write(SHAPE).has("lse"), "keys of earlier results stay");
        assertEquals(PROBLEM.shape().withPages(4), SHAPE.withPages(4).withLse());
        WorkModel more = PROBLEM.work();
        assertEquals(without.work().bytesWritten() + 4 * QUERIES * HEADS, more.bytesWritten());
        assertEquals(without.work().flops(), more.flops());
        OperandSpec lse = OperandSpecs.of(PROBLEM).stream()
                .filter(spec -> spec.name().equals("lse"))
                .findFirst()
                .orElseThrow();
        assertEquals(new OperandSpec("lse", OperandSpec.Role.OUTPUT, DType.FP32, 4 * QUERIES * HEADS, "[t, h]"), lse);
    }
}
