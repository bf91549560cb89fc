package dev.ridgepoint.benchmarks.carry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session script beside a stand-in for the launcher, where no variable is set. */
class SessionScriptTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void install() throws IOException {
        try (InputStream script = Archive.class.getResourceAsStream("session.sh")) {
            program("gpu-session", new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        // verify fails, recording is cut short once, and there is no tune.
        program("ridgepoint", """
                #!/bin/sh
                echo "$*" >>"${0%/*}/asked"
                case "$*" in
                    *--help) echo '  counters    counts'; echo '  verify      verifies'
                        if [ -e "${0%/*}/judges" ]; then echo '  targets     judges'; fi ;;
                    run*) if [ -e "${0%/*}/judges" ]; then mkdir -p ridgepoint-runs/a; touch ridgepoint-runs/a/result.json; fi ;;
                    targets*) echo 'a table'; echo '19 targets: 3 goal met, 16 not measured.' ;;
                    doctor) if [ -e "${0%/*}/slow" ]; then sleep 60; fi; echo fine ;;
                    verify*) echo 'one kernel is wrong' >&2; exit 1 ;;
                    'conformance record'*)
                        mkdir -p conformance
                        if [ -e conformance/begun ]; then echo '3 recorded, 0 left'; else touch conformance/begun; exit 1; fi ;;
                esac
                """);
    }

    private void program(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aStepThatFailsStopsNoOther() throws Exception {
        List<String> table = session(0, "--driver", "emulated", "--suite", "smoke", "--budget", "80");
        assertRow(table, "doctor ok \\d+ fine");
        assertRow(table, "verify-jni failed \\(1\\) \\d+ one kernel is wrong");
        assertRow(table, "verify-jcuda failed \\(1\\) \\d+ one kernel is wrong");
        assertRow(table, "conformance ok \\d+ 3 recorded, 0 left");
        assertRow(table, "counters skipped 0 ncu is not on the PATH");
        assertRow(table, "run skipped 0 less than 90 s of the budget were left");
        assertRow(table, "targets skipped 0 this build has no such command");
        assertRow(table, "tune skipped 0 this build has no such command");
        String asked = Files.readString(folder.resolve("asked"));
        assertTrue(asked.contains("verify --time-budget 130s --backend jcuda --driver emulated\n"), asked);
        assertEquals(List.of("session.tar.xz", "summary.txt"), files());
        assertTrue(said("tar", "--list", "--file=out/session.tar.xz").contains("session/conformance/begun"));
    }

    @Test
    void chosenStepsAloneAreRunAndTheBudgetHolds() throws Exception {
        Files.createFile(folder.resolve("slow"));
        long begun = System.nanoTime();
        List<String> table = session(0, "--steps", "doctor,verify-jni", "--budget", "7", "--device", "GPU-1");
        assertTrue(System.nanoTime() - begun < 40e9, "the step was ended");
        assertRow(table, "doctor time is up \\d+.*");
        assertRow(table, "verify-jni not run 0 the budget was spent");
        assertTrue(table.stream().noneMatch(row -> row.matches("(conformance|run|tune) .*")), table.toString());
    }

    /** The last run of the session is what is judged; where there is none, nothing else is. */
    @Test
    void aRunIsHeldAgainstTheTargets() throws Exception {
        Files.createFile(folder.resolve("judges"));
        List<String> table = session(0, "--steps", "run,targets", "--suite", "targets", "--budget", "540");
        assertRow(table, "targets ok \\d+ 19 targets: 3 goal met, 16 not measured.");
        assertTrue(Files.readString(folder.resolve("asked")).contains("\ntargets ridgepoint-runs/a\n"));
        assertTrue(said("tar", "--list", "--file=out/session.tar.xz").contains("session/targets.out"));
        List<String> without = session(0, "--steps", "targets", "--out", "without");
        assertRow(without, "targets skipped 0 there is no run to be held against them");
        List<String> played = session(0, "--steps", "run,targets", "--driver", "emulated", "--out", "played");
        assertRow(played, "targets skipped 0 the emulated driver has no time to be held against them");
    }

    @Test
    void aSuiteThatNobodyNamedIsOneThatFitsTheTime() throws Exception {
        session(0, "--steps", "run", "--budget", "540");
        session(0, "--steps", "run", "--budget", "1300", "--out", "longer");
        String asked = Files.readString(folder.resolve("asked"));
        assertTrue(
                asked.matches("(?s).*run --suite quick --time-budget 4.*run --suite core --time-budget 12.*"), asked);
    }

    @Test
    void badChoicesAreRefusedInOneLine() throws Exception {
        assertEquals(
                List.of("gpu-session: --steps: unknown 'dance'; known: doctor verify-jni verify-jcuda conformance"
                        + " counters run targets tune"),
                session(2, "--steps", "doctor,dance"));
        assertEquals(List.of("gpu-session: --budget: expected seconds, got '9m'"), session(2, "--budget", "9m"));
        assertEquals(List.of("gpu-session: --budget: expected a value"), session(2, "--budget"));
    }

    private static void assertRow(List<String> table, String pattern) {
        assertTrue(table.stream().anyMatch(row -> row.matches(pattern)), () -> pattern + " in " + table);
    }

    /** The rows of the table, with single spaces. */
    private List<String> session(int status, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("/usr/bin/env", "-i", "PATH=/bin:/usr/bin", "./gpu-session", "--out", "out"));
        command.addAll(List.of(options));
        return run(status, command)
                .lines()
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList();
    }

    private String said(String... command) throws Exception {
        return run(0, List.of(command));
    }

    private String run(int status, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(status, process.waitFor(), said);
        return said;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
