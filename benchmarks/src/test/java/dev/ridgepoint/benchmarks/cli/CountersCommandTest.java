package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.Emulator;
import dev.ridgepoint.benchmarks.conformance.Vectors;
import dev.ridgepoint.device.conformance.counters.Counter;
import dev.ridgepoint.device.conformance.counters.CounterFile;
import dev.ridgepoint.device.conformance.counters.KernelCounters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counters with a stand-in for the profiler, which runs what it is given on the emulated driver. */
class CountersCommandTest {
    /** A problem that the simplest kernel takes. */
    private static final String ONE = Vectors.kernels().stream()
            .filter(vector -> vector.kernel().id().equals("gemm/sm80_fp32_naive"))
            .map(vector -> vector.problem().id())
            .findFirst()
            .orElseThrow();

    @TempDir
    private Path folder;

    @BeforeEach
    void aSet() throws IOException {
        Files.createDirectories(folder.resolve("set"));
        Files.writeString(
                folder.resolve("set/origin.json"),
                "{\"format\":1,\"device\":\"A GPU\",\"arch\":\"sm_90a\",\"emulated\":true,\"ridgepoint\":\"us\"}");
    }

    /** Parses its own options as the real one takes them, runs the rest, and writes a row a launch. */
    private void profiler(String answer) throws IOException {
        Path ncu = folder.resolve("ncu");
        Files.writeString(ncu, """
                #!/bin/sh
                PATH=/usr/bin:/bin
                log=$2
                shift 2
                while [ "${1#--}" != "$1" ]; do
                    case $1 in --csv) shift ;; *) shift 2 ;; esac
                done
                ANSWER
                """.replace("ANSWER", answer));
        Files.setPosixFilePermissions(ncu, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void countersAreKeptAndAddedTo() throws Exception {
        Emulator.require();
        profiler("""
                "$@" || exit 1
                for list; do :; done
                { echo '"ID","Kernel Name","l1tex__t_sectors_pipe_lsu_mem_global_op_ld.sum"'
                  echo '"","","sector"'
                  tr -d '"[] ' <"$list" | sed 's/.*entries:\\([^}]*\\)}/\\1/' | tr ',' '\\n' | while read -r entry; do
                      echo "\\"0\\",\\"$entry\\",\\"1,234\\""
                  done; } >"$log"
                """);
        String said = counters(0, "--only", "gemm/sm80_fp32_naive");
        List<KernelCounters> counters = CounterFile.read(folder.resolve("set"));
        assertFalse(counters.isEmpty());
        assertEquals("counters of " + counters.size() + " kernels; in " + folder.resolve("set"), said.strip());
        for (KernelCounters one : counters) {
            assertEquals(Map.of(Counter.GLOBAL_LOAD_SECTORS, 1234L), one.counts());
            assertTrue(one.id().startsWith("gemm/sm80_fp32_naive on gemm"), one.id());
        }

        said = counters(0, "--only", "rotate/");
        List<KernelCounters> more = CounterFile.read(folder.resolve("set"));
        assertEquals(counters, more.subList(0, counters.size()), "what was counted before stays");
        int added = more.size() - counters.size();
        assertTrue(added > 0 && said.startsWith("counters of " + added + " kernels"), said);
        List<KernelCounters> gone = new ArrayList<>(more);
        gone.add(new KernelCounters("gone on gemm", Map.of(Counter.GLOBAL_LOAD_SECTORS, 1L)));
        CounterFile.write(folder.resolve("set"), gone);
        counters(0, "--only", "rotate/");
        assertEquals(more, CounterFile.read(folder.resolve("set")), "and is not there twice, nor what is gone at all");
    }

    @Test
    void whatNamesNoVectorIsRefused() throws Exception {
        String said = counters(2, "--only", "nothing/such");
        assertTrue(said.contains("--only: no vector's id or group holds 'nothing/such'"), said);
    }

    /** No kernel loads just so many sectors. */
    @Test
    void countersThatAreOffAreNamedByTheCheck() throws Exception {
        Emulator.require();
        CounterFile.write(
                folder.resolve("set"),
                List.of(new KernelCounters(
                        "gemm/sm80_fp32_naive on " + ONE, Map.of(Counter.GLOBAL_LOAD_SECTORS, 1_234_567L))));
        String said = command(1, "check", folder.resolve("set").toString());
        assertTrue(said.contains("counters: 0 of 1 kernels within 2 % (95 % of them must be)"), said);
        assertTrue(said.contains(ONE + ": GLOBAL_LOAD_SECTORS: hardware 1234567, ours "), said);
    }

    @Test
    void aProfilerThatMayNotCountIsOneLine() throws Exception {
        profiler("echo '==ERROR== ERR_NVGPUCTRPERM - The user does not have permission' >\"$log\"; exit 1");
        String said = counters(3);
        assertTrue(said.startsWith("ridgepoint: ncu: this user may not read the GPU's counters"), said);
        assertEquals(1, said.strip().lines().count(), said);
    }

    @Test
    void withoutAProfilerItSaysSo() throws Exception {
        String said = counters(3);
        assertTrue(said.startsWith("ridgepoint: ncu is not on the PATH"), said);
    }

    private String counters(int status, String... more) throws Exception {
        List<String> words = new ArrayList<>(
                List.of("counters", "--out", folder.resolve("set").toString()));
        words.addAll(List.of("--driver", "emulated"));
        words.addAll(List.of(more));
        return command(status, words.toArray(String[]::new));
    }

    private String command(int status, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(Main.class.getName(), "conformance"));
        command.addAll(List.of(arguments));
        ProcessBuilder java = new ProcessBuilder(command).redirectErrorStream(true);
        java.environment().put("PATH", folder.toString());
        Process process = java.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(status, process.waitFor(), said);
        return said;
    }
}
