package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.cuda.EmulatedJvm.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ranges as a tool gets them, one that is loaded as NVTX loads tools. */
class NvtxTest {
    /** The JVM says which libraries it loads. */
    private static final List<String> LOADED = List.of("-Xlog:library=info");

    @TempDir
    private Path folder;

    private Path tool() throws Exception {
        FakeCuda.requireCompiler();
        Path tool = folder.resolve("libtool.so");
        Process process = new ProcessBuilder(
                        "g++",
                        "-std=c++17",
                        "-shared",
                        "-fPIC",
                        "-Isrc/main/cpp/cuda",
                        "src/test/cpp/fakenvtx.cpp",
                        "-o",
                        tool.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return tool;
    }

    private Outcome run(String tool) throws Exception {
        Map<String, String> environment = Map.of(
                "NVTX_INJECTION64_PATH",
                tool,
                "RIDGEPOINT_FAKE_NVTX",
                folder.resolve("ranges").toString());
        return EmulatedJvm.run(LOADED, environment, NvtxTrial.class, "a case");
    }

    @Test
    void aToolIsToldOfRangesWithinRanges() throws Exception {
        Outcome outcome = run(tool().toString());
        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("ridgepointcuda"), outcome.out());
        assertEquals(
                List.of("start 1 a case", "start 2 a case timing", "end 2", "end 1"),
                Files.readAllLines(folder.resolve("ranges")));
    }

    @Test
    void aToolThatCannotBeLoadedHurtsNobody() throws Exception {
        FakeCuda.requireCompiler();
        Outcome outcome = run(folder.resolve("none.so").toString());
        assertEquals(0, outcome.status(), outcome.err());
        assertEquals("", outcome.err());
        assertFalse(Files.exists(folder.resolve("ranges")));
    }

    /** Not even our library is loaded where nobody listens. */
    @Test
    void withoutAToolNothingIsLoaded() throws Exception {
        Outcome outcome = EmulatedJvm.run(LOADED, Map.of(), NvtxTrial.class, "a case");
        assertEquals(0, outcome.status(), outcome.err());
        assertFalse(outcome.out().contains("ridgepointcuda"), outcome.out());
    }
}
