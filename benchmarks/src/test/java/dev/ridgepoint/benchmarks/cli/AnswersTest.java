package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.kernels.workload.Suites;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
    void aDryRunTellsWhatFollowsThePlannedForks() throws IOException {
        String[] soak = {"run", "--suite", "smoke", "--backend", "fake", "--soak", "60m", "--dry-run"};
        String text = Cli.run(soak).out();
        assertTrue(text.contains(", about 60 minutes; "), text);
        assertTrue(text.contains("rounds of all cases are added until 60m of work are used"), text);
        assertEquals(3600, json(with(soak, "--json")).path("seconds").asLong());

        String[] aim = {"run", "--suite", "smoke", "--backend", "fake", "--precision", "2%", "--dry-run"};
        text = Cli.run(aim).out();
        assertTrue(text.contains("forks are added where an interval is wider than ±2 %, up to 30 a case;"), text);
        assertTrue(Cli.run(with(aim, "--most-forks", "9", "--time-budget", "5m"))
                .out()
                .contains("up to 9 a case or the time budget"));
        JsonNode plan = json(with(aim, "--json"));
        assertEquals(30, plan.path("mostForks").asInt());
        assertTrue(plan.path("secondsAtMost").asLong() > plan.path("seconds").asLong(), plan.toString());
    }

    private static String[] with(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
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

    @Test
    void classifyAnswersEveryLineAndCountsBadOnesInItsStatus(@TempDir Path folder) throws IOException {
        Path lines = Files.writeString(folder.resolve("lines"), """
                {"id": "a", "op": "attention", "shape": {"B": 1, "Hq": 32, "Hkv": 8, "Sq": 1, "Skv": 4096, "D": 128, "mask": "causal"}, "precision": {"act": "bf16", "weight": "bf16", "kv": "bf16", "out": "bf16"}, "hardware": {"name": "H100"}}
                {"id": "b", "op": "gemm", "shape": {"M": -1}}
                """);
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, false, StandardCharsets.UTF_8));
        try {
            assertEquals(2, Cli.run("classify", lines.toString()).status());
        } finally {
            System.out.flush();
            System.setOut(before);
        }
        String[] answers = out.toString(StandardCharsets.UTF_8).split("\n");
        assertEquals(2, answers.length);
        assertEquals("a", new JsonMapper().readTree(answers[0]).path("id").asText());
        assertTrue(new JsonMapper().readTree(answers[1]).has("error"), answers[1]);
        Cli.Answer nothing = Cli.run("classify");
        assertEquals(2, nothing.status());
        assertTrue(nothing.err().startsWith("ridgepoint: Missing required argument"), nothing.err());
        assertEquals(2, Cli.run("classify", folder.resolve("none").toString()).status());
    }

    @Test
    void evaluationsSayWhetherTheBoundsHold(@TempDir Path folder) throws IOException {
        JsonNode development = json("classify", "--evaluate", "development", "--json");
        assertTrue(development.get("keepsBounds").asBoolean());
        assertTrue(Cli.run("classify", "--evaluate", "heldout").out().contains("held-out cases"));
        assertTrue(Cli.run("classify", "--evaluate", "byhand").out().contains("cases by hand (109)"));
        Path wrong = Files.writeString(folder.resolve("cases"), """
                {"id": "a", "op": "attention", "shape": {"B": 1, "Hq": 32, "Hkv": 8, "Sq": 1, "Skv": 4096, "D": 128, "mask": "causal"}, "precision": {"label": "bf16"}, "hardware": {"peak_tflops": 989.4, "bandwidth_tbs": 3.35}, "labels": {"workload_class": "UNDERSTANDING", "phase": "ENCODE", "task_family": "UNDERSTANDING", "regime": "BANDWIDTH_BOUND", "regime_acceptable": ["BANDWIDTH_BOUND"]}, "identifiable": "shape"}
                """);
        Cli.Answer missed = Cli.run("classify", "--evaluate", wrong.toString());
        assertEquals(1, missed.status(), missed.toString());
        assertTrue(missed.out().contains("MISSED"), missed.out());
        Cli.Answer none =
                Cli.run("classify", "--evaluate", folder.resolve("none").toString());
        assertEquals(2, none.status());
        assertTrue(none.error().contains("no such file"), none.error());
    }

    /** Whoever reads a pipe may stop; a command that went on would read millions of lines for nobody. */
    @Test
    void aClosedOutputIsAnErrorAndNotIgnored() {
        PrintStream closed = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8) {
            @Override
            public boolean checkError() {
                return true;
            }
        };
        IOException error = assertThrows(IOException.class, () -> new CheckedOutput(closed).write(new byte[1]));
        assertTrue(error.getMessage().startsWith("standard output: closed"), error.getMessage());
    }

    private static JsonNode json(String... arguments) throws IOException {
        Cli.Answer answer = Cli.run(arguments);
        assertEquals(0, answer.status(), answer.toString());
        return new JsonMapper().readTree(answer.out());
    }
}
