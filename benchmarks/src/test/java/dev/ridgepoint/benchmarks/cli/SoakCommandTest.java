package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A soak as a user sees it: run on the fake device, and told from bundles of an hour that never was. */
class SoakCommandTest {
    private static final int FORKS = 60;

    @TempDir
    private Path folder;

    @Test
    void runsForItsTimeAndSaysWhatBecameOfTheSpeed() throws IOException {
        Path bundle = folder.resolve("run");
        Cli.Answer answer = run("--soak", "6s", "--forks", "2", "--out", bundle.toString());
        assertEquals(0, answer.status(), answer.toString());
        assertTrue(answer.err().contains("until 6s of work are used"), answer.err());
        assertTrue(answer.out().contains("Soak: the first minutes and the steady figure side by side"), answer.out());
        assertTrue(answer.out().contains("no temperatures were recorded"), answer.out());
        BundleReader reader = BundleReader.open(bundle);
        assertTrue(reader.run().complete());
        assertEquals("core+custom+soak6s/1", reader.run().protocol().id());
        assertTrue(report(bundle).at("/others/mostCores").isNumber(), "Linux tells what else ran");
        Cli.Answer resumed = Cli.run("run", "--resume", bundle.toString());
        assertEquals(2, resumed.status(), resumed.toString());
    }

    @Test
    void whatMakesNoSoakIsRefusedInOneLine() throws IOException {
        refused("--soak: ", "--soak", "1m", "--aim", "2%");
        refused("--soak: ", "--soak", "1m", "--shard", "1/2");
        refused("--soak", "--soak", "soon");
    }

    @Test
    void aSoakIsComparedWithTheSameSoakOnly() throws IOException {
        Path hour = madeHour("hour", 0, 0).write(folder.resolve("hour"));
        Path again = madeHour("again", 0, 0).write(folder.resolve("again"));
        Path usual =
                new MadeRun().protocol("core/1").with(MadeCase.of(1, 5, 1e6)).write(folder.resolve("usual"));
        assertEquals(0, Cli.run("compare", hour.toString(), again.toString()).status());
        Cli.Answer refused = Cli.run("compare", usual.toString(), hour.toString(), "--json");
        assertEquals(2, refused.status(), refused.toString());
        assertTrue(refused.out().contains("PROTOCOL_DIFFERS"), refused.out());
        Path slower = madeHour("slower", 0.1, 0).build("2").write(folder.resolve("slower"));
        Cli.Answer unconfirmed = Cli.run("confirm", hour.toString(), slower.toString());
        assertEquals(2, unconfirmed.status(), unconfirmed.toString());
        assertTrue(unconfirmed.error().contains("soak again"), unconfirmed.toString());
    }

    /** It gets 6 % slower in its first ten minutes, heat holds it from then on, and all that is told. */
    @Test
    void anHourOfAHotGpuIsToldFromItsBundle() throws IOException {
        Path bundle = madeHour("hot", 0.06, 10)
                .telling((fork, iteration, warmup) -> {
                    boolean hot = fork >= 10;
                    return String.format(
                            Locale.ROOT,
                            "{\"iteration\":%d,\"warmup\":%b,\"periodNs\":250000000,\"smClockMhz\":%d,"
                                    + "\"temperatureC\":%d,\"clockReasons\":[%s],"
                                    + "\"heldNs\":{\"heat\":%d,\"boardLimit\":0,\"power\":%d}}",
                            iteration,
                            warmup,
                            hot ? 1410 : 1500,
                            Math.min(80, 50 + 3 * fork),
                            hot ? "\"softwareThermalSlowdown\"" : "",
                            hot ? 20_000_000 : 0,
                            fork >= 1 ? 1 : 0);
                })
                .write(folder.resolve("hot"));
        JsonNode soak = report(bundle);
        JsonNode one = soak.at("/cases/0");
        assertEquals(FORKS, one.path("forks").asInt());
        assertEquals(1.06, one.at("/steadyOverFirst/ratio").asDouble(), 0.01);
        assertTrue(one.at("/steadyOverFirst/low").asDouble() > 1.04, one.toString());
        assertFalse(one.at("/driftWhileSteady/seen").asBoolean(), one.toString());
        JsonNode throttling = soak.path("throttling");
        assertEquals(600, throttling.at("/onset/seconds").asDouble(), 5);
        assertEquals(10, throttling.at("/onset/fork").asInt());
        assertEquals(
                "heat, softwareThermalSlowdown", throttling.at("/onset/why").asText());
        assertEquals((FORKS - 10) * 14, throttling.path("held").asInt());
        assertEquals(60, throttling.path("powerLimitFromSeconds").asDouble(), 5);
        assertEquals(1500, throttling.path("firstSmClockMhz").asDouble());
        assertEquals(1410, throttling.path("lastSmClockMhz").asDouble());
        assertEquals(80, soak.at("/heat/finalC").asDouble());
        assertEquals(600, soak.at("/heat/steadyFromSeconds").asDouble(), 61);
        String text = Cli.run("report", bundle.toString()).out();
        assertTrue(text.contains("Throttling: from 10.0 min on"), text);
        assertTrue(text.contains("SM clock: 1500 MHz in the first twelfth of the time, 1410 MHz"), text);
        Path page = folder.resolve("page.html");
        Cli.run("report", bundle.toString(), "--html", page.toString());
        assertTrue(Files.readString(page).contains("id=\"soak\""));
    }

    @Test
    void aMachineThatCreepsDrifts() throws IOException {
        MadeCase even = MadeCase.of(1, FORKS, 1e6);
        double[] ns = even.forkNs().clone();
        Arrays.setAll(ns, fork -> ns[fork] * (1 + 0.02 * fork / FORKS));
        JsonNode one = report(madeHour("creep", 0, 0).only(even.forks(ns)).write(folder.resolve("creep")))
                .at("/cases/0");
        assertTrue(one.at("/drift/seen").asBoolean(), one.toString());
        assertEquals(0.02, one.at("/drift/logPerHour").asDouble(), 0.004);
        assertTrue(one.at("/driftWhileSteady/seen").asBoolean(), one.toString());
    }

    /** A drift that came with a neighbour is no drift of the machine's own, so both are said side by side. */
    @Test
    void whatElseRanIsSaidBesideTheDrift() throws IOException {
        Path bundle = madeHour("busy", 0.1, 30)
                .beside(fork -> fork < 30 ? 0.125 : fork == 41 ? 1.75 : 1.25)
                .write(folder.resolve("busy"));
        JsonNode others = report(bundle).path("others");
        assertEquals(0.125, others.path("firstCores").asDouble(), 1e-9);
        assertEquals(1.25 + 0.5 / 30, others.path("lastCores").asDouble(), 0.05);
        assertEquals(1.75, others.path("mostCores").asDouble());
        assertEquals(41 * 60, others.path("mostAtSeconds").asDouble(), 61);
        String text = Cli.run("report", bundle.toString()).out();
        assertTrue(text.contains("Beside it others kept 0.13 processors busy in the first twelfth"), text);
        String nobody = Cli.run(
                        "report",
                        madeHour("quiet", 0, 0).write(folder.resolve("quiet")).toString())
                .out();
        assertTrue(nobody.contains("What else ran beside it was not recorded."), nobody);
    }

    /** What does not drift is said with what could have been seen. */
    @Test
    void anHourOfACalmMachineIsToldTogetherWithWhatCouldHaveBeenSeen() throws IOException {
        JsonNode soak = report(madeHour("calm", 0, 0).write(folder.resolve("calm")));
        JsonNode one = soak.at("/cases/0");
        assertTrue(one.at("/steadyOverFirst/low").asDouble() < 1
                && one.at("/steadyOverFirst/high").asDouble() > 1);
        double detects = one.at("/drift/detects").asDouble();
        assertTrue(detects > 0 && detects < 0.02, one.toString());
        assertTrue(soak.at("/throttling/onset").isNull());
        assertEquals(0, soak.at("/throttling/watched").asInt());
        assertEquals(0, soak.at("/heat/temperatures").asInt());
    }

    /** A fork a minute that grows slower by this share over so many minutes. */
    private static MadeRun madeHour(String name, double slower, int minutes) {
        Random random = new Random(name.hashCode());
        double[] ns = new double[FORKS];
        Arrays.setAll(ns, fork -> 1e6 * (1 + (fork < minutes ? 0 : slower)) * Math.exp(0.005 * random.nextGaussian()));
        return new MadeRun()
                .protocol("core+soak60m/1")
                .planned(5)
                .between("2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z")
                .taking(60)
                .with(MadeCase.of(1, FORKS, 1e6).forks(ns));
    }

    private static JsonNode report(Path bundle) throws IOException {
        Cli.Answer answer = Cli.run("report", bundle.toString(), "--json");
        assertEquals(0, answer.status(), answer.toString());
        JsonNode soak = new JsonMapper().readTree(answer.out()).get("soak");
        assertNotNull(soak, answer.out());
        return soak;
    }

    private void refused(String word, String... options) throws IOException {
        Cli.Answer answer = run(options);
        assertEquals(2, answer.status(), answer.toString());
        assertTrue(answer.error().contains(word) && answer.error().lines().count() == 1, answer.err());
    }

    private Cli.Answer run(String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "run",
                "--backend",
                "fake",
                "--shapes",
                OwnShapes.file(folder, 5, 6).toString()));
        words.addAll(List.of(options));
        words.addAll(Brief.WORDS);
        return Cli.run(words.toArray(String[]::new));
    }
}
