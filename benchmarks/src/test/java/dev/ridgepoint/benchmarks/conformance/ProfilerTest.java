package dev.ridgepoint.benchmarks.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProfilerTest {
    /** A profiler is a process over another: a case that took too long must not go on beside the next. */
    @Test
    void whatAProfilerStartedEndsWithIt() throws Exception {
        Process profiler = new ProcessBuilder("sh", "-c", "sleep 600 & echo $!; wait").start();
        try (BufferedReader said = profiler.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle started =
                    ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            Profiler.end(profiler);
            started.onExit().get(30, TimeUnit.SECONDS);
            assertEquals(137, profiler.waitFor());
        }
    }
}
