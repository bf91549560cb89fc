package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of made runs, through the command. */
class HistoryCommandTest {
    private static final int RUNS = 20;
    private static final int SLOWER_FROM = 13;

    @TempDir
    private Path folder;

    /** Run i of two cases; the first takes 5 % longer from one run on, with a build of its own. */
    private void write(int i, MadeRun run, double jitter) throws IOException {
        double slower = i >= SLOWER_FROM ? 1.05 : 1;
        run.between(
                        String.format(Locale.ROOT, "2026-11-%02dT10:00:00Z", i),
                        String.format(Locale.ROOT, "2026-11-%02dT10:05:00Z", i))
                .with(MadeCase.of(1, 5, 1000 * slower * (1 + 0.004 * Math.sin(7 * i) + jitter)))
                .with(MadeCase.of(2, 5, 500 * (1 + 0.004 * Math.sin(5 * i))))
                .write(folder.resolve("run" + i));
    }

    private void twentyRuns() throws IOException {
        for (int i = RUNS; i >= 1; i--) {
            write(i, i >= SLOWER_FROM ? new MadeRun().build("2") : new MadeRun(), 0);
        }
    }

    private JsonNode json(String... arguments) throws IOException {
        Cli.Answer answer = Cli.run(arguments);
        assertEquals(0, answer.status(), answer.toString());
        return new JsonMapper().readTree(answer.out());
    }

    @Test
    void namesTheRunAndWhatChangedThere() throws IOException {
        twentyRuns();
        Path page = folder.resolve("page.html");
        Cli.Answer text = Cli.run("history", folder.toString(), "--html", page.toString());
        assertEquals(0, text.status(), text.toString());
        assertTrue(text.out().contains("1 change of level by 1.0 % or more, in 1 of them"), text.out());
        assertTrue(
                text.out().contains("from run 13 on (after run 12). Changed at that run: /build/gitSha"), text.out());
        assertTrue(Files.readString(page).contains("id=\"history-1\""));

        JsonNode history = json("history", folder.toString(), "--json");
        assertEquals(RUNS, history.path("runs").size());
        assertEquals(1, history.at("/runs/0/run").asInt());
        assertTrue(history.at("/runs/0/started").asText().startsWith("2026-11-01"), "in order of start");
        JsonNode change = history.at("/cases/0/changes/0");
        assertEquals("made/case1", history.at("/cases/0/benchmark").asText());
        assertEquals(SLOWER_FROM, change.path("run").asInt());
        assertEquals(1.05, change.path("ratio").asDouble(), 0.005);
        assertTrue(change.at("/ci/0").asDouble() < 1.05 && change.at("/ci/1").asDouble() > 1.05);
        assertTrue(history.at("/cases/1/changes").isEmpty());
        assertEquals(
                0,
                json("history", folder.toString(), "--json", "--least", "6")
                        .at("/cases/0/changes")
                        .size());
    }

    @Test
    void aFileIsNoRunAndIsNotSaidToBeMissing() throws IOException {
        Path file = Files.writeString(folder.resolve("jmh.json"), "[]");
        Cli.Answer answer = Cli.run("history", file.toString());
        assertEquals(2, answer.status(), answer.toString());
        assertEquals(1, answer.error().lines().count(), answer.error());
        assertTrue(
                answer.error().startsWith("ridgepoint: " + file + ": a file; expected the folder of a run"),
                answer.error());
        assertTrue(Cli.run("history", folder + "/gone").error().contains("gone: no such file"));
    }

    /** The first case is slower from run 13 on, and so is everything else about these runs. */
    @Test
    void otherCircumstancesBreakASeries() throws IOException {
        for (int i = 1; i <= RUNS; i++) {
            write(i, i >= SLOWER_FROM ? new MadeRun().jdk("21.0.1") : new MadeRun(), 0);
        }
        JsonNode history = json("history", folder.toString(), "--json");
        assertEquals(4, history.path("cases").size(), "two cases under two sets of circumstances");
        history.path("cases").forEach(one -> assertTrue(one.path("changes").isEmpty(), one.toString()));
        assertEquals(1, history.at("/runs/11/circumstances").asInt());
        assertEquals(2, history.at("/runs/12/circumstances").asInt());
        String text = Cli.run("history", folder.toString()).out();
        assertTrue(text.contains("break: run 13"), text);
        assertTrue(text.contains("/software/jdk"), text);
    }

    @Test
    void aBundleThatChangedIsReadAgain() throws IOException {
        write(1, new MadeRun(), 0);
        write(2, new MadeRun(), 0);
        JsonNode before = json("history", folder.toString(), "--json");
        Path scratch = folder.resolve("run2/.history-1.json");
        assertTrue(Files.isRegularFile(scratch));
        assertEquals(before, json("history", folder.toString(), "--json"), "from the scratch file");

        Files.writeString(scratch, Files.readString(scratch).substring(0, 300));
        assertEquals(before, json("history", folder.toString(), "--json"), "torn, so not believed");

        Path result = folder.resolve("run2/result.json");
        String slower = Files.readString(result).replaceAll("\"steadyNs\": ?4[0-9.]+", "\"steadyNs\":777.0");
        Files.writeString(result, slower);
        Files.setLastModifiedTime(result, FileTime.from(Instant.parse("2027-01-01T00:00:00Z")));
        assertFalse(before.equals(json("history", folder.toString(), "--json")), "another result.json");
    }

    @Test
    void oneRunIsNoHistory() throws IOException {
        write(1, new MadeRun(), 0);
        for (String what :
                new String[] {folder.toString(), folder.resolve("none").toString()}) {
            Cli.Answer answer = Cli.run("history", what);
            assertEquals(2, answer.status(), answer.toString());
            assertEquals(1, answer.error().lines().count(), answer.err());
        }
    }
}
