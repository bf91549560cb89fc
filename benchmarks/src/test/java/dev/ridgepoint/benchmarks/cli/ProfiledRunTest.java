package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.Emulator;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --ncu} with a profiler that is played: what it is asked, what it leaves, and what it may not become. */
class ProfiledRunTest {
    private static final Path NATIVE = Path.of("..", "native", "src");

    @TempDir
    private Path folder;

    @BeforeEach
    void needsKernels() throws IOException {
        Emulator.require();
        Files.writeString(
                folder.resolve("shapes.json"),
                "[{\"id\": \"mine/a\", \"op\": \"pointwise\", \"precision\": \"bf16\", \"phase\": \"prefill\","
                        + " \"shape\": {\"function\": \"add\", \"rows\": 3, \"cols\": 64}}]");
    }

    /** Keeps what it was asked, runs the command with a tool that hears of ranges, then writes its report or fails. */
    private void profiler(String end) throws IOException {
        Path ncu = folder.resolve("ncu");
        Files.writeString(ncu, """
                #!/bin/sh
                PATH=/usr/bin:/bin
                echo "$@" >FOLDER/asked
                report=$2
                while [ "${1#--}" != "$1" ]; do
                    case $1 in --force-overwrite | --nvtx) shift ;; *) shift 2 ;; esac
                done
                NVTX_INJECTION64_PATH=FOLDER/libtool.so RIDGEPOINT_FAKE_NVTX=FOLDER/ranges "$@" || exit 1
                END
                """.replace("FOLDER", folder.toString()).replace("END", end));
        Files.setPosixFilePermissions(ncu, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void tool() throws Exception {
        Process process = new ProcessBuilder(
                        "g++",
                        "-std=c++17",
                        "-shared",
                        "-fPIC",
                        "-I" + NATIVE.resolve("main/cpp/cuda"),
                        NATIVE.resolve("test/cpp/fakenvtx.cpp").toString(),
                        "-o",
                        folder.resolve("libtool.so").toString())
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());
    }

    private Emulator.Ended run(String path, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("run", "--shapes", folder.resolve("shapes.json") + "", "--ncu"));
        arguments.addAll(List.of("--out", folder.resolve("bundle").toString()));
        arguments.addAll(List.of(more));
        return Emulator.run(folder, Map.of("PATH", path), Main.class, List.of(), arguments);
    }

    private List<Path> left(String end) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("bundle/ncu"))) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        }
    }

    @Test
    void oneLaunchOfACaseIsProfiledAndHasNoTime() throws Exception {
        tool();
        profiler("echo report >\"$report\"");
        Emulator.Ended ended = run(folder.toString(), "--driver", "emulated");
        assertEquals(0, ended.status(), ended.said());
        assertTrue(ended.said().contains("profiled  mine/a"), ended.said());
        assertEquals(1, left(".ncu-rep").size());
        assertEquals(1, left(".log").size());
        String asked = Files.readString(folder.resolve("asked"));
        assertTrue(asked.contains("--clock-control none --nvtx --nvtx-include profiled"), asked);

        CaseResult result =
                BundleReader.open(folder.resolve("bundle")).allCases().get(0);
        assertEquals(
                List.of("start 1 " + result.id(), "start 2 profiled", "end 2", "end 1"),
                Files.readAllLines(folder.resolve("ranges")));
        assertEquals("simulated", result.outcome().kind());
        assertEquals(List.of(), BundleValidator.validate(folder.resolve("bundle")), "reports are no part of it");
    }

    @Test
    void aCaseWithoutAReportIsNamedAndFails() throws Exception {
        tool();
        profiler("exit 9");
        Emulator.Ended ended = run(folder.toString(), "--driver", "emulated");
        assertEquals(1, ended.status(), ended.said());
        assertTrue(ended.said().contains("not profiled  mine/a"), ended.said());
        assertTrue(ended.said().contains("ncu ended with 9 and no report; it said so in "), ended.said());
        assertEquals(List.of(), left(".ncu-rep"));
    }

    @Test
    void withoutAProfilerOrAGpuNothingIsRun() throws Exception {
        Emulator.Ended ended = run(folder.toString(), "--driver", "emulated");
        assertEquals(3, ended.status(), ended.said());
        assertEquals(
                "ridgepoint: ncu is not on the PATH; it comes with the CUDA toolkit, as Nsight Compute",
                ended.said().strip());
        profiler("");
        ended = run(folder.toString(), "--backend", "cpu");
        assertEquals(2, ended.status(), ended.said());
        assertTrue(ended.said().contains("--ncu: profiles CUDA kernels, and this measures the CPU"), ended.said());
        assertFalse(Files.exists(folder.resolve("bundle")));
    }

    /** Ranges of a run that a tool watches as a whole: what is verified and what is called lies apart. */
    @Test
    void aForkSaysItsPhases() throws Exception {
        tool();
        Map<String, String> watched = Map.of(
                "NVTX_INJECTION64_PATH",
                folder.resolve("libtool.so").toString(),
                "RIDGEPOINT_FAKE_NVTX",
                folder.resolve("ranges").toString());
        List<String> arguments = List.of(
                "run",
                "--shapes",
                folder.resolve("shapes.json").toString(),
                "--driver",
                "emulated",
                "--out",
                folder.resolve("bundle").toString());
        Emulator.Ended ended = Emulator.run(folder, watched, Main.class, List.of(), arguments);
        assertEquals(0, ended.status(), ended.said());
        String id =
                BundleReader.open(folder.resolve("bundle")).allCases().get(0).id();
        List<String> begun = Files.readAllLines(folder.resolve("ranges")).stream()
                .filter(line -> line.startsWith("start"))
                .map(line -> line.replaceFirst("start \\d+ ", ""))
                .toList();
        assertEquals(List.of(id + " verification", id + " timing", id + " verification"), begun);
    }
}
