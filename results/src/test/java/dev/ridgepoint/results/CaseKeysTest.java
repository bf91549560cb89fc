package dev.ridgepoint.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.results.Question.Inputs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaseKeysTest {
    private static final Inputs NORMAL = new Inputs("normal", 42, null);

    private static Problem gemm(long m, Precision precision) {
        return new GemmProblem(GemmShape.of(m, 4096, 4096), precision);
    }

    private static String key(Problem problem, String domain, String cacheState, Inputs inputs) {
        return CaseKeys.of(Question.of(problem, domain, cacheState, inputs));
    }

    @Test
    void coverTheQuestion() {
        Problem problem = gemm(1, Precision.BF16);
        List<String> keys = List.of(
                key(problem, "cpu-call", "warm", NORMAL),
                key(gemm(2, Precision.BF16), "cpu-call", "warm", NORMAL),
                key(gemm(1, Precision.FP32), "cpu-call", "warm", NORMAL),
                key(gemm(1, Precision.W4A16_G128), "cpu-call", "warm", NORMAL),
                key(gemm(1, Precision.W4A16_G128_GPTQ), "cpu-call", "warm", NORMAL),
                key(problem, "batched", "warm", NORMAL),
                key(problem, "cpu-call", "cold", NORMAL),
                key(problem, "cpu-call", "warm", new Inputs("normal", 43, null)),
                key(problem, "cpu-call", "warm", new Inputs("heavy-tailed", 42, null)));
        Set<String> different = new HashSet<>(keys);
        assertEquals(keys.size(), different.size());
    }

    @Test
    void leaveOutTheDigestOfInputs() {
        Problem problem = gemm(1, Precision.BF16);
        assertEquals(
                key(problem, "cpu-call", "warm", NORMAL),
                key(problem, "cpu-call", "warm", new Inputs("normal", 42, "ab".repeat(32))));
    }

    @Test
    void areTheSameOfAQuestionAsItWasRead() {
        for (CaseResult one : Samples.cases()) {
            ObjectNode read = Records.toJson(one.question());
            assertEquals(CaseKeys.of(one.question()), CaseKeys.of(read));
            assertEquals(Records.toJson(one.question()), read, "and the tree is as it was");
        }
    }

    /** Two definitions of one name are two questions. */
    @Test
    void coverWhatThePrecisionStandsFor() {
        Question now = Question.of(gemm(1, Precision.BF16), "cpu-call", "warm", NORMAL);
        PrecisionTypes types = now.types();
        PrecisionTypes other = new PrecisionTypes(
                types.activation(), types.weight(), types.kv(), "bf16", types.compute(), types.output(), null, null);
        Question then = new Question(now.op(), now.shape(), now.precision(), other, "cpu-call", "warm", NORMAL);
        assertNotEquals(CaseKeys.of(now), CaseKeys.of(then));
    }

    @Test
    void areOfTheProblemHoweverItIsSpelt() {
        ObjectNode shape = ShapeJson.write(GemmShape.of(1, 4096, 4096));
        Question spelt = new Question("gemm", shape.put("batch", 1), "bf16", "cpu-call", "warm", NORMAL);
        assertEquals(key(gemm(1, Precision.BF16), "cpu-call", "warm", NORMAL), CaseKeys.of(spelt));
        Question alias = new Question("gemm", shape, "w4a16", "cpu-call", "warm", NORMAL);
        assertEquals(key(gemm(1, Precision.W4A16_G128), "cpu-call", "warm", NORMAL), CaseKeys.of(alias));
    }

    /** The key of a question that the golden bundle holds; a change here orphans every published result. */
    @Test
    void doNotChange() {
        assertEquals(
                "1bc713a87042c3bb370b9ad1491206b8339dd82ca564734a08e01fb23b794aa5",
                Samples.measured().caseKey());
    }

    @Test
    void seedsAreExactEverywhere() {
        assertThrows(IllegalArgumentException.class, () -> new Inputs("normal", 1L << 53, null));
    }
}
