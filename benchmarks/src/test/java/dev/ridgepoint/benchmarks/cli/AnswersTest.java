package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.kernels.workload.Suites;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands answer when all is well; standard output holds the answer and nothing else. */
class AnswersTest {
    @Test
    void listsCasesWithTheirShapesAndKernels() throws IOException {
        JsonNode all = json("list", "--suite", "smoke", "--backend", "fake", "--json");
        assertEquals(Suites.of("smoke").size(), all.path("cases").size());
        JsonNode one = all.at("/cases/0");
        for (String field : new String[] {"id", "op", "shape", "precision", "work", "provenance"}) {
            assertTrue(one.has(field), field);
        }
        assertEquals("gemm/fake_fp32_plain", all.at("/kernels/0/id").asText());

        JsonNode some = json(
                "list", "--suite", "full", "--op", "attention", "--model", "llama-3*", "--backend", "fake", "--json");
        assertTrue(some.path("cases").size() > 0);
        some.path("cases").forEach(kase -> {
            assertEquals("attention", kase.path("op").asText());
            assertTrue(kase.path("id").asText().startsWith("llama-3"));
        });
    }

    @Test
    void aDryRunTellsThePlanAndMeasuresNothing() throws IOException {
        JsonNode plan = json("run", "--suite", "smoke", "--backend", "fake", "--forks", "7", "--dry-run", "--json");
        assertEquals(7, plan.path("forks").asInt());
        assertTrue(plan.path("canGate").asBoolean());
        assertEquals(
                Suites.of("smoke").size(),
                plan.path("cases").size() + plan.path("skipped").size());
        assertFalse(plan.at("/skipped/0/reason").asText().isBlank());
    }

    @Test
    void verifyCountsItsOutcomes() throws IOException {
        JsonNode answer = json("verify", "--backend", "fake", "--json");
        int counted = 0;
        for (JsonNode count : answer.path("counts")) {
            counted += count.asInt();
        }
        assertEquals(answer.path("outcomes").size(), counted);
        assertTrue(answer.at("/counts/correct").asInt() > 0);
        answer.path("outcomes").forEach(outcome -> {
            assertTrue(outcome.has("case") && outcome.has("outcome"), outcome::toString);
            assertEquals(!outcome.path("outcome").asText().equals("correct"), outcome.has("reason"));
        });
    }

    @Test
    void doctorAnswersWithTheContextOfARun(@TempDir Path folder) throws IOException {
        JsonNode context = json("doctor", "--backend", "fake", "--json");
        assertTrue(context.path("doctor").size() > 10);
        assertTrue(context.at("/peaks/measured/copyGigabytesPerSecond").asDouble() > 0);
        assertEquals("fake device", context.at("/device/name").asText());
    }

    private static JsonNode json(String... arguments) throws IOException {
        Cli.Answer answer = Cli.run(arguments);
        assertEquals(0, answer.status(), answer.toString());
        return new JsonMapper().readTree(answer.out());
    }
}
