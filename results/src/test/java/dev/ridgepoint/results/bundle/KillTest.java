package dev.ridgepoint.results.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.Samples;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import dev.ridgepoint.results.validate.Finding.Severity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the writing process, three times in one run. */
class KillTest {
    @TempDir
    Path folder;

    private Process start() throws IOException {
        return start(List.of(), folder.resolve("bundle"));
    }

    static Process start(List<String> before, Path bundle) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), KilledRun.class.getName()));
        command.add(bundle.toString());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static BufferedReader output(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void losesNothingThatWasSafe() throws Exception {
        Path bundle = folder.resolve("bundle");
        Set<String> safe = new HashSet<>();
        for (int linesUntilKill : new int[] {7, 90, 61}) {
            killAfter(linesUntilKill, safe);
            check(bundle, safe);
        }
        Process last = start();
        List<String> said = output(last).lines().toList();
        assertEquals("complete", said.get(said.size() - 1));
        said.forEach(line -> assertFalse(safe.contains(line), "was done again: " + line));
        assertEquals(List.<Finding>of(), BundleValidator.validate(bundle));
        assertEquals(3, BundleReader.open(bundle).run().resumed().size());
    }

    private void killAfter(int lines, Set<String> safe) throws Exception {
        Process process = start();
        try (BufferedReader said = output(process)) {
            for (int i = 0; i < lines; i++) {
                safe.add(said.readLine());
            }
            // Through the handle, for the process itself would close the pipe with what it has said.
            process.toHandle().destroyForcibly();
            said.lines().forEach(safe::add);
        }
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertFalse(safe.contains("complete"), "was killed too late");
    }

    private static void check(Path bundle, Set<String> safe) throws IOException {
        assertEquals(
                List.of(),
                BundleValidator.validate(bundle).stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .toList());
        BundleReader reader = BundleReader.open(bundle);
        assertEquals("partial", reader.run().status());
        Set<String> there = new HashSet<>();
        reader.iterations(line -> there.add("fork " + line.caseId() + " " + line.fork()));
        reader.cases(result -> there.add("case " + result.id()));
        safe.forEach(line -> assertTrue(there.contains(line), "lost: " + line));
    }

    @Test
    void oneWriterAFolder() throws Exception {
        Path bundle = folder.resolve("bundle");
        try (BundleWriter holder = BundleWriter.create(
                bundle,
                Samples.run("3f0c6a52-6d0b-4c0e-9a57-0d6f6a6f7b11", KilledRun.plan(), Samples.QUICK),
                Samples.context())) {
            assertEquals("partial", holder.run().status());
            try (BufferedReader other = output(start())) {
                assertEquals(
                        "refused: another run (process "
                                + ProcessHandle.current().pid() + ") is writing into " + bundle
                                + "; wait for it or name another folder",
                        other.readLine());
            }
        }
        try (BundleWriter again = BundleWriter.resume(bundle, Samples.context(), "2026-11-21T10:01:00Z")) {
            assertEquals(1, again.run().resumed().size());
        }
    }
}
