package dev.ridgepoint.results.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Samples;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import dev.ridgepoint.results.validate.Finding.Severity;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What a writer refuses, in one line each. */
class RefusalTest {
    private static final String ID = Samples.measured().id();
    private static final String NOW = "2026-11-21T10:03:00Z";

    @TempDir
    Path folder;

    private BundleWriter create(Path bundle) throws IOException {
        return BundleWriter.create(Disk.LAZY, bundle, Samples.run(Samples.ids()), Samples.context());
    }

    private BundleWriter resume(Path bundle) throws IOException {
        return BundleWriter.resume(Disk.LAZY, bundle, Samples.context(), NOW);
    }

    private static void refused(String message, Executable action) {
        BundleException refused = assertThrows(BundleException.class, action);
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    }

    private Path partial() throws IOException {
        Path bundle = folder.resolve("partial");
        try (BundleWriter writer = create(bundle)) {
            SampleBundle.record(writer, Files.createDirectory(folder.resolve("parts")), List.of(Samples.measured()));
        }
        return bundle;
    }

    @Test
    void aFolderThatIsInUse() throws Exception {
        Path used = Files.createDirectory(folder.resolve("used"));
        Files.writeString(used.resolve("notes.txt"), "mine");
        refused("is not empty", () -> create(used));
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Files.writeString(theirs.resolve(Layout.CONTEXT), "{\"mine\": true}");
        refused("is not empty", () -> create(theirs));
        assertEquals("{\"mine\": true}", Files.readString(theirs.resolve(Layout.CONTEXT)));
        refused("is not empty", () -> create(partial()));
    }

    @Test
    void aPlaceThatCannotBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        refused("cannot create", () -> create(file.resolve("bundle")));
        refused("cannot create", () -> create(Path.of("/proc/ridgepoint/bundle")));
    }

    @Test
    void aFolderWithoutPermission() throws Exception {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assumeTrue(
                closed.toFile().setWritable(false) && !Files.isWritable(closed),
                "this user may write everywhere, so a closed folder cannot be made");
        refused("permission denied", () -> create(closed));
    }

    @Test
    void resumingWhatIsNoRun() throws Exception {
        refused("holds no run to resume", () -> resume(folder));
        refused("nothing to resume", () -> resume(SampleBundle.complete(folder.resolve("whole"))));
    }

    @Test
    void resumingOnAnotherMachine() throws Exception {
        Context here = Samples.context();
        Context elsewhere = new Context(
                here.schema(),
                here.device(),
                here.software(),
                new Context.Host("another CPU", 1, 2, 25_769_803_776L, null, null, "kvm"),
                here.build(),
                here.peaks(),
                here.observed(),
                here.doctor(),
                here.unknown());
        Path bundle = partial();
        refused("/host/cpu", () -> BundleWriter.resume(Disk.LAZY, bundle, elsewhere, NOW));
        assertEquals(List.of(), errors(bundle));
    }

    @Test
    void resumingWhatWasChanged() throws Exception {
        Path bundle = partial();
        Path part = bundle.resolve(Layout.rawPart(ID, 1));
        Files.writeString(part, " ", StandardOpenOption.APPEND);
        refused(Layout.rawPart(ID, 1) + " in " + bundle + " was changed", () -> resume(bundle));
        Files.delete(part);
        refused("a part before it is missing", () -> resume(bundle));
    }

    @Test
    void resumingWhereTheLastPartIsGone() throws Exception {
        Path bundle = partial();
        Files.delete(bundle.resolve(Layout.rawPart(ID, 2)));
        refused("is listed but it or its iterations are gone", () -> resume(bundle));
    }

    @Test
    void resumingWhereTheLogWasChanged() throws Exception {
        Path bundle = partial();
        Path log = bundle.resolve(Layout.ITERATIONS);
        Files.writeString(log, Files.readString(log).replaceFirst("\"ops\":400", "\"ops\":401"));
        refused(Layout.ITERATIONS + " in " + bundle + " was changed", () -> resume(bundle));
    }

    @Test
    void endingBeforeAllCasesHaveAnOutcome() throws Exception {
        try (BundleWriter writer = create(folder.resolve("short"))) {
            writer.put(Samples.measured());
            refused("only 1 of 5 planned cases", () -> writer.complete(null, Samples.ENDED));
            for (int i = 1; i < 5; i++) {
                writer.put(Samples.cases().get(i));
            }
        }
        assertEquals("partial", BundleReader.open(folder.resolve("short")).run().status());
    }

    @Test
    void iterationsOfAnotherFork() throws Exception {
        try (BundleWriter writer = create(folder.resolve("mixed"))) {
            Path part = Files.writeString(folder.resolve("part.json"), "[]");
            List<IterationLine> lines = Samples.lines(ID, 1, 100, Samples.QUICK);
            assertThrows(IllegalArgumentException.class, () -> writer.fork(ID, 0, lines, part));
            assertThrows(IllegalArgumentException.class, () -> writer.fork(ID, 0, List.of(), part));
            writer.fork(ID, 1, lines, part);
            assertThrows(IllegalArgumentException.class, () -> writer.fork(ID, 1, lines, part));
        }
    }

    @Test
    void aPartThatIsNotThereLeavesNoIterations() throws Exception {
        Path bundle = folder.resolve("gone");
        try (BundleWriter writer = create(bundle)) {
            List<IterationLine> lines = Samples.lines(ID, 0, 100, Samples.QUICK);
            refused("there is no such file", () -> writer.fork(ID, 0, lines, folder.resolve("nowhere")));
        }
        assertEquals(0, Files.size(bundle.resolve(Layout.ITERATIONS)));
        assertEquals(List.of(), errors(bundle));
    }

    /** The shell's limit on file size fails writes in earnest, as a full disk does. */
    @Test
    void aDiskThatEnds() throws Exception {
        Path bundle = folder.resolve("limited");
        Process run = KillTest.start(List.of("sh", "-c", "ulimit -f 32; exec \"$@\"", "sh"), bundle);
        try (BufferedReader said = KillTest.output(run)) {
            List<String> lines = said.lines().toList();
            String last = lines.get(lines.size() - 1);
            assertTrue(last.startsWith("refused: cannot write ") && last.contains("File too large"), last);
            assertTrue(lines.size() > 10, "ended before it began");
        }
        assertEquals(List.of(), errors(bundle));
        assertEquals("partial", BundleReader.open(bundle).run().status());
    }

    private static List<Finding> errors(Path bundle) {
        return BundleValidator.validate(bundle).stream()
                .filter(finding -> finding.severity() == Severity.ERROR)
                .toList();
    }
}
