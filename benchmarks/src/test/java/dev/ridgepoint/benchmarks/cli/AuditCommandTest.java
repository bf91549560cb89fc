package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhatWasDerivedAndWhatNoAuditShows() throws IOException {
        Path bundle = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("run"));
        Cli.Answer answer = Cli.run("audit", bundle.toString());
        assertEquals(0, answer.status(), answer.toString());
        assertTrue(
                answer.out().contains("1 measured case derived again from 70 iterations: none differs"), answer.out());
        assertTrue(answer.out().contains("neither shows that the samples were honestly taken"));
        Path result = bundle.resolve("result.json");
        Files.writeString(result, Files.readString(result).replaceFirst("\"mde\":0\\.0", "\"mde\":0.1"));
        Cli.Answer lie = Cli.run("audit", bundle.toString());
        assertEquals(1, lie.status(), lie.toString());
        assertTrue(lie.out().contains("made/case1 mde: published 0.1"), lie.out());
    }

    /** A file that was touched is no figure that differs. */
    @Test
    void aBrokenSealIsToldApartFromFigures() throws IOException {
        Path bundle = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("run"));
        Files.writeString(bundle.resolve("jmh.json"), "\n", StandardOpenOption.APPEND);
        Cli.Answer answer = Cli.run("audit", bundle.toString());
        assertEquals(1, answer.status(), answer.toString());
        assertTrue(answer.out().startsWith("not as sealed jmh.json: "), answer.out());
        assertTrue(answer.out().contains("none differs. The bundle is not as it was sealed"), answer.out());
        Files.delete(bundle.resolve("context.json"));
        Cli.Answer lacking = Cli.run("audit", bundle.toString());
        assertEquals(2, lacking.status(), lacking.toString());
        assertTrue(lacking.error().endsWith("there is no such file as context.json"), lacking.error());
    }

    /** The made run is of another JDK and processor than any this test runs on. */
    @Test
    void staleNamesWhatIsNoLongerSo() throws IOException {
        Path bundle = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("run"));
        Cli.Answer answer = Cli.run("audit", bundle.toString(), "--stale", "--json");
        assertEquals(1, answer.status(), answer.toString());
        JsonNode json = new JsonMapper().readTree(answer.out());
        assertTrue(json.path("clean").asBoolean());
        assertTrue(json.path("stale").findValuesAsText("pointer").contains("/software/jdk"), answer.out());
        assertEquals(
                System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + ")",
                json.at("/stale").findParents("pointer").stream()
                        .filter(one -> one.path("pointer").asText().equals("/software/jdk"))
                        .findFirst()
                        .orElseThrow()
                        .path("here")
                        .asText());
    }

    @Test
    void whatIsNoBundleIsOneLine() {
        Cli.Answer answer = Cli.run("audit", folder.resolve("gone").toString());
        assertEquals(2, answer.status(), answer.toString());
        assertEquals(1, answer.error().lines().count());
    }
}
