package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.analysis.decide.RecordSeal;
import dev.ridgepoint.results.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecideCommandTest {
    private static final String PRICE =
            "{\"prices\": [{\"device\": \"Test CPU\", \"amount\": 3.6, \"currency\": \"EUR\","
                    + " \"per\": \"hour\", \"asOf\": \"2026-11-01\", \"source\": \"a price list\"}]}";

    @TempDir
    private Path folder;

    private String bundle(String name, MadeCase... cases) throws IOException {
        MadeRun run = new MadeRun();
        for (MadeCase one : cases) {
            run.with(one);
        }
        return run.write(folder.resolve(name)).toString();
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static JsonNode json(String text) throws IOException {
        return new JsonMapper().readTree(text);
    }

    @Test
    void twoRunsStandSideBySideOnWhatTheyShare() throws IOException {
        String a = bundle("a", MadeCase.of(1, 5, 1000).at(1000, 1000, 1000, 1000, 1000), MadeCase.of(2, 5, 500));
        String b = bundle("b", MadeCase.of(1, 5, 2000).at(1000, 1000, 1000, 1000, 1000));
        Cli.Answer answer = Cli.run("decide", a, b, "--prices", file("prices.json", PRICE), "--json");
        assertEquals(0, answer.status(), answer.toString());
        JsonNode decision = json(answer.out());
        assertEquals(1, decision.path("questions").size());
        assertEquals(1, decision.path("unshared").asInt());
        JsonNode answers = decision.at("/questions/0/answers");
        assertEquals("A", answers.at("/0/of").asText());
        assertEquals("B", answers.at("/1/of").asText());
        // 50 J for a thousand calls, at 200 W; a shared work of 2 * 64 * 64 operations for 3.6 EUR an hour.
        assertEquals(0.05, answers.at("/0/energy/joulesPerCall").asDouble(), 1e-9);
        assertEquals(200, answers.at("/0/energy/watts").asDouble(), 1e-9);
        assertEquals(
                2 * 64 * 64 / 1e12 / (answers.at("/0/ns").asDouble() / 1e9) * 1000,
                answers.at("/0/workPerMoney/value").asDouble(),
                1e-9);
        assertNull(decision.findValue("score"));
        Cli.Answer text = Cli.run("decide", a, b);
        assertTrue(text.out().contains("A energy: 1 of 2 cases metered"), text.out());
        assertTrue(text.out().contains("J/call"), text.out());
    }

    @Test
    void whatMayNotStandIsLeftOutWithItsReason() throws IOException {
        String run = bundle(
                "a",
                MadeCase.of(1, 5, 1000),
                MadeCase.of(2, 5, 1000).flawed(false, true, false),
                MadeCase.of(3, 5, 1000).flawed(false, false, true),
                MadeCase.of(4, 5, 1000).ending(new Outcome.Simulated(Map.of("ptx", 1L), null)),
                MadeCase.of(5, 5, 1000).ending(new Outcome.Incorrect("wrong in element 7", null)));
        Cli.Answer answer = Cli.run("decide", run);
        assertEquals(0, answer.status(), answer.toString());
        assertTrue(answer.out().contains("Left out: 4"), answer.out());
        assertTrue(
                answer.out().contains("made/case4: simulated: the emulated driver counts and has no time"),
                answer.out());
        assertTrue(answer.out().contains("made/case5: incorrect: wrong in element 7"), answer.out());
        assertTrue(answer.out().contains("made/case2: something is wrong; clocks were held back"), answer.out());
    }

    @Test
    void aRecordIsStaleWhereMachineOrPriceIsAnother() throws IOException {
        String run = bundle("a", MadeCase.of(1, 5, 1000));
        String record = folder.resolve("record.json").toString();
        String prices = file("prices.json", PRICE);
        assertEquals(
                0,
                Cli.run("decide", run, "--prices", prices, "--price-days", "100000", "--out", record)
                        .status());
        String dearer = file("dearer.json", PRICE.replace("3.6", "4.6"));
        Cli.Answer stale = Cli.run("audit", "--stale", record, "--prices", dearer, "--json");
        assertEquals(1, stale.status(), stale.toString());
        JsonNode fired = json(stale.out()).at("/records/0/fired");
        assertEquals(
                List.of("/host/cpu of A", "/software/jdk of A", "price of Test CPU"),
                fired.findValuesAsText("trigger"));
        assertEquals("Test CPU", fired.at("/0/then").asText());
        assertTrue(fired.at("/2/then").asText().startsWith("EUR 3.6"));
        assertTrue(fired.at("/2/now").asText().startsWith("EUR 4.6"));
        Cli.Answer text = Cli.run("audit", record, "--stale");
        assertEquals(1, text.status());
        assertTrue(text.out().contains("fired /software/jdk of A: then 17.0.1, now "), text.out());
        assertTrue(text.out().contains("not looked at: price of Test CPU"), text.out());
        assertEquals(2, Cli.run("audit", record).status(), "a record has no samples");
        assertEquals(2, Cli.run("audit", run, run).status());
    }

    /** On a GPU it is the driver that a decision rests on, and telemetry that was not taken is no zero. */
    @Test
    void onAGpuTheDriverIsTheTrigger() throws IOException {
        Path run =
                new MadeRun().onGpu("570.86.15").with(MadeCase.of(1, 5, 1000)).write(folder.resolve("gpu"));
        Cli.Answer answer = Cli.run("decide", run.toString(), "--json");
        assertEquals(0, answer.status(), answer.toString());
        JsonNode decision = json(answer.out());
        assertEquals("570.86.15", decision.at("/alternatives/0/driver").asText());
        assertEquals(
                "absent: the bundle holds no telemetry",
                decision.at("/alternatives/0/energy").asText());
        assertEquals(1, decision.path("triggers").size());
        assertEquals(
                "/software/backend/driver version",
                decision.at("/triggers/0/pointer").asText());
        assertEquals("570.86.15", decision.at("/triggers/0/value").asText());
    }

    /** The record of this very machine holds. */
    @Test
    void aRecordOfThisMachineHolds() throws IOException {
        String run = bundle("a", MadeCase.of(1, 5, 1000));
        String record = folder.resolve("record.json").toString();
        assertEquals(0, Cli.run("decide", run, "--out", record).status());
        JsonNode here =
                json(Cli.run("audit", record, "--stale", "--json").out()).at("/records/0/fired");
        String text = Files.readString(Path.of(record));
        for (JsonNode one : here) {
            text = text.replace(
                    "\"value\" : \"" + one.path("then").asText() + "\"",
                    "\"value\" : \"" + one.path("now").asText() + "\"");
        }
        ObjectNode sealed = (ObjectNode) json(text);
        sealed.put(RecordSeal.MEMBER, RecordSeal.of(sealed));
        Files.writeString(Path.of(record), sealed.toString());
        Cli.Answer holds = Cli.run("audit", record, "--stale");
        assertEquals(0, holds.status(), holds.toString());
        assertTrue(holds.out().contains("nothing looked at has changed; 2 hold"), holds.out());
    }

    @Test
    void badInputIsOneLineAndTwo() throws IOException {
        String run = bundle("a", MadeCase.of(1, 5, 1000));
        refused("expected money above 0", run, "--prices", file("p1.json", PRICE.replace("3.6", "-1")));
        refused("/prices/0/asOf: missing", run, "--prices", file("p2.json", PRICE.replace("\"2026-11-01\"", "null")));
        refused("no price for 'Test CPU'", run, "--prices", file("p3.json", PRICE.replace("Test CPU", "Other")));
        refused(
                "nothing is derived from a TDP",
                run,
                "--prices",
                file("p4.json", PRICE.replace("\"per\"", "\"tdp\": 1, \"per\"")));
        refused(
                "sort the file by time",
                run,
                "--arrivals",
                file("a.csv", "time,prompt_tokens,output_tokens\n2,1,1\n1,1,1\n"));
        refused("holds no request", run, "--arrivals", file("b.csv", "time,prompt_tokens,output_tokens\n"));
        refused("the mix is empty", run, "--mix", file("m.json", "{\"covered\": []}"));
        refused("--tokens PROMPT:OUTPUT", run, "--rate", "2");
        refused("rate: expected requests a second above 0", run, "--rate", "-2", "--tokens", "5:5");
        refused("give one", run, "--rate", "2", "--arrivals", "x");
        refused("price-days: expected 1 or more", run, "--price-days", "0");
        refused("there twice", run, run);
        refused("no such file", run, "--prices", folder.resolve("gone").toString());
        refused("gone", folder.resolve("gone").toString());
    }

    private static void refused(String why, String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "decide";
        System.arraycopy(words, 0, all, 1, words.length);
        Cli.Answer answer = Cli.run(all);
        assertEquals(2, answer.status(), answer.toString());
        assertTrue(answer.error().contains(why), answer.error());
        assertEquals(1, answer.error().lines().count(), answer.error());
    }
}
