package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.workload.ShapesFile;
import dev.ridgepoint.kernels.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskedRunTest {
    @TempDir
    private Path folder;

    /** A relative path leads from a folder that nobody knows, and a part has only some of the file's shapes. */
    @Test
    void ownShapesAreThoseOfTheCases() throws IOException {
        Path bundle = new MadeRun()
                .asked("run", "--shapes", "some/where/mine.json", "--shard", "1/2", "--op", "gemm")
                .with(MadeCase.of(7, 5, 1000))
                .with(MadeCase.of(3, 5, 1000))
                .write(folder.resolve("run"));
        RunArguments asked = AskedRun.of(bundle, folder.resolve("shapes"));
        Path file = folder.resolve("shapes/mine.json");
        assertEquals(Optional.of(file.toString()), asked.value("--shapes"));
        assertEquals(Optional.empty(), asked.value("--shard"));
        assertEquals(Optional.of("gemm"), asked.value("--op"));
        List<Workload> shapes = ShapesFile.read(file);
        assertEquals(
                List.of("made/case7", "made/case3"),
                shapes.stream().map(Workload::id).toList());
        assertEquals(
                List.of(
                        MadeCase.of(7, 5, 1000).problem(),
                        MadeCase.of(3, 5, 1000).problem()),
                shapes.stream().map(Workload::problem).toList());
    }

    @Test
    void ofASuiteNothingIsWritten() throws IOException {
        Path bundle = new MadeRun()
                .asked("run", "--suite", "core", "--shard", "1/2")
                .with(MadeCase.of(1, 5, 1000))
                .write(folder.resolve("run"));
        RunArguments asked = AskedRun.of(bundle, folder.resolve("shapes"));
        assertEquals(Optional.of("core"), asked.value("--suite"));
        assertEquals(Optional.of("1/2"), asked.value("--shard"));
        assertTrue(Files.notExists(folder.resolve("shapes")));
    }

    /** Parts that became one are asked again as one. */
    @Test
    void mergedPartsAreAskedAgainByTheirWordsAndAllTheirCases() throws IOException {
        String shapes = OwnShapes.file(folder, 5, 6, 8).toString();
        for (String part : List.of("1", "2")) {
            List<String> words = new ArrayList<>(List.of(
                    "run",
                    "--backend",
                    "fake",
                    "--shapes",
                    shapes,
                    "--forks",
                    "1",
                    "--seed",
                    "7",
                    "--shard",
                    part + "/2",
                    "--out",
                    folder.resolve(part).toString()));
            words.addAll(Brief.WORDS);
            Cli.Answer answer = Cli.run(words.toArray(String[]::new));
            assertEquals(0, answer.status(), answer.toString());
        }
        Path merged = folder.resolve("merged");
        Cli.Answer answer = Cli.run(
                "merge",
                merged.toString(),
                folder.resolve("1").toString(),
                folder.resolve("2").toString());
        assertEquals(0, answer.status(), answer.toString());
        RunArguments asked = AskedRun.of(merged, folder.resolve("again"));
        assertEquals(Optional.empty(), asked.value("--shard"));
        assertEquals(Optional.of("7"), asked.value("--seed"));
        assertEquals(
                Set.of("m5", "m6", "m8"),
                ShapesFile.read(folder.resolve("again/shapes.json")).stream()
                        .map(Workload::id)
                        .collect(Collectors.toSet()));
        assertEquals(Brief.JMH, asked.jmh());
    }

    @Test
    void aRecordOfTuningIsNotInTheBundleAndItsFileIsNamed() throws IOException {
        Path bundle = new MadeRun()
                .asked("run", "--tuning", "mine.json")
                .with(MadeCase.of(1, 5, 1000))
                .write(folder.resolve("run"));
        UserError lost = assertThrows(UserError.class, () -> AskedRun.of(bundle, folder));
        assertTrue(lost.getMessage().contains("--tuning mine.json"), lost.getMessage());
    }
}
