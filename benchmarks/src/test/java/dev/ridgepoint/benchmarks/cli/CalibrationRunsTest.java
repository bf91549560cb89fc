package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A calibration that makes its runs, on the fake device. */
class CalibrationRunsTest {
    @TempDir
    private Path folder;

    @Test
    void theSameCodeMeetsItselfAndItselfSlowed() throws IOException {
        Path out = folder.resolve("out");
        Path file = folder.resolve("calibration.json");
        List<String> words = new ArrayList<>(List.of(
                "calibrate",
                "--backend",
                "fake",
                "--shapes",
                OwnShapes.file(folder, 5).toString(),
                "--inject",
                "50%",
                "--out",
                out.toString(),
                "--calibration",
                file.toString(),
                "--json"));
        words.addAll(Brief.WORDS);
        Cli.Answer answer = Cli.run(words.toArray(String[]::new));
        assertEquals(0, answer.status(), answer.toString());
        JsonNode calibration = new JsonMapper().readTree(answer.out());
        assertEquals(3, calibration.path("runs").size(), "what was slowed is not the same code");
        JsonNode family = calibration.at("/families/0");
        assertEquals(1, family.path("cases").asInt());
        assertEquals(15, family.path("forksSeen").asInt());
        assertEquals(2, family.path("pairs").asInt());
        assertEquals(1, family.path("slowed").asInt());
        assertTrue(family.path("slowdown").isNumber(), answer.out());
        assertTrue(Files.isRegularFile(file));
        for (String side : List.of("same/a", "same/b", "slowed/a", "slowed/b")) {
            assertEquals(List.of(), BundleValidator.validate(out.resolve(side)));
            CaseResult one = BundleReader.open(out.resolve(side)).allCases().get(0);
            String ran = one.subject().implementation();
            assertEquals(side.equals("slowed/b") ? "java, slowed by 50.0 % on purpose" : "java", ran);
        }
        Cli.Answer again = Cli.run("calibrate", "--resume", out.toString(), "--json");
        assertEquals(calibration, new JsonMapper().readTree(again.out()), again.toString());
        assertFalse(again.err().contains("preparing"), again.err());
    }
}
