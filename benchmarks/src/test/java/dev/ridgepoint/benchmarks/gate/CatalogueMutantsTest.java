package dev.ridgepoint.benchmarks.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.benchmarks.Emulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kernels of the catalogue with one barrier, wait, fence or atomic weakened: each is found out, or argued to be equivalent.
 * The tool is {@code native/src/test/emulator/mutation}, which the tests of {@code native} have built.
 */
class CatalogueMutantsTest {
    private static final Path BUILD = Path.of("..", "native", "target", "cpp", "emulator");
    private static final Path TOOL = BUILD.resolve(Path.of("test", "mutation", "mutation"));
    private static final String SAMPLE = "60";
    private static final String SEED = "1";
    /** Of the tool, where the table is of another compiler. */
    private static final int SKIPPED = 77;

    @TempDir
    private Path folder;

    @BeforeEach
    void needsTheEmulator() {
        Emulator.require();
    }

    /** So many of all, the same each time. */
    @Test
    void aSampleOfMutantsIsAsTheTableSays() throws Exception {
        requireNoComplaint("sample", SAMPLE, SEED);
    }

    @Test
    @Tag("full")
    void everyMutantIsAsTheTableSays() throws Exception {
        requireNoComplaint("check");
    }

    @Test
    @Tag("full")
    void kernelsThatAreNotWeakenedAreFoundClean() throws Exception {
        requireNoComplaint("clean");
    }

    private void requireNoComplaint(String... command) throws IOException, InterruptedException {
        Path scenes = recorded();
        Emulator.Ended built = run("cmake", "--build", BUILD.toString(), "--target", "mutation", "--parallel", "2");
        assertEquals(0, built.status(), built.said());
        List<String> words = new ArrayList<>(List.of(TOOL.toString(), "recorded", scenes.toString()));
        words.addAll(List.of(command));
        Emulator.Ended ended = run(words.toArray(String[]::new));
        assumeTrue(ended.status() != SKIPPED, ended.said());
        assertEquals(0, ended.status(), ended.said());
    }

    private Path recorded() throws IOException, InterruptedException {
        Path scenes = folder.resolve("scenes");
        List<String> flags =
                List.of("-Dridgepoint.driver=emulated", "-Dridgepoint.emulator.arch=" + SceneRecorder.ARCH);
        Emulator.Ended ended = Emulator.run(folder, SceneRecorder.class, flags, List.of(scenes.toString()));
        assertEquals(0, ended.status(), ended.said());
        return scenes;
    }

    private Emulator.Ended run(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "said", ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new Emulator.Ended(process.waitFor(), Files.readString(log));
    }
}
