package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A baseline is kept, calibrated and gated by, through the command. */
class BaselineTest {
    private static final String DEVICE = "Test-CPU-abababab";

    @TempDir
    private Path folder;

    private int written;

    /** Two cases whose forks vary by about 0.3 %, or ten times that. */
    private Path run(String build, double slower, boolean noisy) throws IOException {
        MadeRun run = new MadeRun().build(build);
        for (int i = 1; i <= 2; i++) {
            MadeCase one = MadeCase.of(i + written, 5, 1000 * i * slower);
            double[] forks = one.forkNs().clone();
            for (int fork = 0; noisy && fork < forks.length; fork++) {
                forks[fork] *= Math.pow(forks[fork] / (1000 * i * slower), 9);
            }
            MadeCase named = MadeCase.of(i, 5, 1000);
            run.with(named.forks(forks));
        }
        return run.write(folder.resolve("run" + written++));
    }

    private Cli.Answer ridgepoint(int status, Object... words) {
        List<String> arguments = new ArrayList<>();
        for (Object word : words) {
            arguments.add(word.toString());
        }
        Cli.Answer answer = Cli.run(arguments.toArray(new String[0]));
        assertEquals(status, answer.status(), answer.toString());
        return answer;
    }

    private JsonNode json(int status, Object... words) throws IOException {
        List<Object> all = new ArrayList<>(List.of(words));
        all.add("--json");
        return new JsonMapper().readTree(ridgepoint(status, all.toArray()).out());
    }

    @Test
    void isCopiedListedShownAndComparedWith() throws IOException {
        Path root = folder.resolve("baselines");
        Path base = run("1", 1, false);
        assertTrue(ridgepoint(0, "baseline", "list", "--root", root).out().startsWith("No device has a baseline"));
        JsonNode set = json(0, "baseline", "set", base, "--root", root).get(0);
        Path device = root.resolve(DEVICE);
        assertEquals(device.toString(), set.path("folder").asText());
        assertFalse(set.path("calibrated").asBoolean());
        assertEquals(set, json(0, "baseline", "list", "--root", root).get(0));
        assertEquals(set, json(0, "baseline", "show", device).get(0));
        ridgepoint(0, "validate", set.path("bundle").asText());
        // The original may go: the copy is whole.
        JsonNode slower = json(1, "compare", device, run("2", 1.1, false), "--gate");
        assertEquals(2, slower.at("/verdictCounts/SLOWER").asInt());
        json(0, "compare", device, run("2", 1, false), "--gate");

        Path later = run("2", 1, false);
        json(0, "baseline", "set", later, "--root", root);
        assertEquals(1, json(0, "baseline", "list", "--root", root).size());
        ridgepoint(0, "baseline", "set", later, "--root", root);

        Path result = device.resolve(
                        json(0, "baseline", "show", device).at("/0/runId").asText())
                .resolve("result.json");
        Files.writeString(result, Files.readString(result) + "\n");
        assertTrue(ridgepoint(2, "compare", device, later, "--gate").error().contains("has changed since"));
        ridgepoint(2, "baseline", "show", device);
    }

    @Test
    void whatIsNoBaselineIsRefusedInOneLine() throws IOException {
        Path root = folder.resolve("baselines");
        MadeCase one = MadeCase.of(1, 5, 1000);
        Path dirty = new MadeRun().dirty().with(one).write(folder.resolve("dirty"));
        Path partial = new MadeRun().stopped().with(one).write(folder.resolve("partial"));
        Path torn = run("1", 1, false);
        Files.writeString(torn.resolve("context.json"), "{}");
        for (Path bundle : List.of(dirty, partial, torn, folder.resolve("none"))) {
            Cli.Answer answer = ridgepoint(2, "baseline", "set", bundle, "--root", root);
            assertEquals(1, answer.error().lines().count(), answer.err());
        }
        assertFalse(Files.exists(root));
        assertEquals(1, ridgepoint(2, "baseline", "show", root).error().lines().count());
    }

    @Test
    void calibrationSetsTheMarginsOfTheGate() throws IOException {
        Path root = folder.resolve("baselines");
        Path base = run("1", 1, true);
        Path again = run("1", 1, true);
        ridgepoint(0, "baseline", "set", base, "--root", root);
        JsonNode calibration = json(0, "calibrate", base, again, "--inject", "10%", "--root", root);
        JsonNode family = calibration.at("/families/0");
        assertEquals("gemm cpu-call", family.path("family").asText());
        assertEquals(2, family.path("cases").asInt());
        assertEquals(10, family.path("forksSeen").asInt());
        assertEquals(2, family.path("pairs").asInt());
        double margin = family.path("margin").asDouble();
        assertTrue(margin > 0.03 && margin < 0.2, "margin " + margin);
        assertTrue(calibration.path("method").asText().contains("planted in the figures"));

        Path device = root.resolve(DEVICE);
        assertTrue(json(0, "baseline", "show", device).at("/0/calibrated").asBoolean());
        Path candidate = run("2", 1, true);
        JsonNode gated = json(0, "compare", device, candidate, "--gate");
        assertEquals(margin, gated.at("/cases/0/margin").asDouble());
        assertTrue(
                gated.path("margins").asText().contains("gemm cpu-call"),
                gated.path("margins").asText());
        assertEquals(1, gated.at("/gate/power").asDouble(), "the margin is one that the box can show");
        JsonNode usual = json(1, "compare", device, candidate, "--gate", "--margin", "3");
        assertEquals(0.03, usual.at("/cases/0/margin").asDouble());
        assertTrue(usual.path("margins").isNull());
        assertTrue(json(0, "compare", device, candidate).path("margins").isNull(), "without a gate, as asked");
        Path file = device.resolve("calibration.json");
        assertEquals(
                margin,
                json(0, "compare", base, candidate, "--calibration", file)
                        .at("/cases/0/margin")
                        .asDouble());
        assertTrue(ridgepoint(0, "compare", device, candidate, "--gate").out().contains("Margins are from the"));

        // The second stage judges by the margins of the first, which leave it nothing to do here.
        assertEquals(
                margin,
                json(0, "confirm", device, candidate).at("/cases/0/margin").asDouble());
        assertEquals(
                margin,
                json(0, "confirm", base, candidate, "--calibration", file)
                        .at("/cases/0/margin")
                        .asDouble());
        Cli.Answer open = Cli.run("confirm", device.toString(), candidate.toString(), "--margin", "3");
        assertTrue(
                open.error().contains("--candidate-build") || open.error().contains("--base-build"), open.toString());
    }

    @Test
    void aCalibrationIsNotWrittenWhereNobodyAskedForIt() throws IOException {
        Path root = folder.resolve("baselines");
        Path base = run("1", 1, false);
        Cli.Answer unkept = ridgepoint(0, "calibrate", base, "--root", root);
        assertTrue(
                unkept.error().contains("Not kept: the device has no baseline, " + root.resolve(DEVICE)), unkept.err());
        assertTrue(unkept.out().contains("gemm cpu-call"), unkept.out());
        assertFalse(Files.exists(root));
        ridgepoint(0, "baseline", "set", base, "--root", root);
        Path file = root.resolve(DEVICE).resolve("calibration.json");
        assertEquals(
                "calibration " + file,
                ridgepoint(0, "calibrate", base, "--root", root).error());
        assertTrue(Files.isRegularFile(file));
    }

    @Test
    void onlyTheSameCodeOnTheSameDeviceCalibrates() throws IOException {
        Path base = run("1", 1, false);
        Path out = folder.resolve("c.json");
        String other = ridgepoint(2, "calibrate", base, run("2", 1, false), "--calibration", out)
                .error();
        assertTrue(other.contains("not the same code") && other.contains("build"), other);
        assertTrue(ridgepoint(2, "calibrate", base, base, "--calibration", out)
                .error()
                .contains("twice"));
        ridgepoint(2, "calibrate", base, "--inject", "much", "--calibration", out);
        ridgepoint(2, "calibrate", "--inject", "100%", "--out", folder.resolve("none"));
        assertTrue(ridgepoint(2, "calibrate", base, "--suite", "smoke")
                .error()
                .contains("--suite is for runs to be made"));
        assertFalse(Files.exists(out));
        assertFalse(Files.exists(folder.resolve("none")));
        ridgepoint(0, "calibrate", base, "--calibration", out);
        MadeCase one = MadeCase.of(1, 5, 1000);
        Path elsewhere = new MadeRun().on("Test CPU", "cd".repeat(32)).with(one).write(folder.resolve("else"));
        assertTrue(ridgepoint(2, "compare", elsewhere, base, "--calibration", out)
                .error()
                .contains("another device"));
    }
}
