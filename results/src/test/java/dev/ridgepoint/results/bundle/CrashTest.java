package dev.ridgepoint.results.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.Samples;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import dev.ridgepoint.results.validate.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that ends after each of its disk operations in turn leaves a valid bundle, loses nothing and can be finished. */
class CrashTest {
    private static final String ID = Samples.measured().id();
    private static final String RESUMED = "2026-11-21T10:03:00Z";

    @TempDir
    Path folder;

    Path parts;

    @BeforeEach
    void makeParts() throws IOException {
        parts = Files.createDirectory(folder.resolve("parts"));
    }

    /** What the run was told is safe. */
    private static final class Safe {
        final Set<Integer> forks = new HashSet<>();
        final Set<String> cases = new HashSet<>();
    }

    @Test
    void survivesAPowerCutAfterEachStep() throws Exception {
        everyStep(FailingDisk::cutAfter);
    }

    @Test
    void survivesAFullDiskAfterEachStep() throws Exception {
        everyStep(FailingDisk::fullAfter);
    }

    private void everyStep(IntFunction<FailingDisk> disks) throws IOException {
        FailingDisk lasting = disks.apply(Integer.MAX_VALUE);
        run(lasting, folder.resolve("whole"), new Safe());
        int steps = lasting.taken();
        assertTrue(steps > 20, "a run takes " + steps + " steps");
        for (int step = 0; step < steps; step++) {
            Path bundle = folder.resolve("after" + step);
            Safe safe = new Safe();
            assertFails(disks.apply(step), bundle, safe);
            if (Files.exists(bundle.resolve(Layout.RESULT))) {
                valid(bundle, safe, "after step " + step);
            } else {
                assertTrue(safe.forks.isEmpty() && safe.cases.isEmpty());
            }
            finish(bundle, safe);
        }
    }

    /** Whoever makes room may go on in the same run: what failed is simply done again. */
    @Test
    void survivesAFailureThatPasses() throws Exception {
        int failures = 0;
        for (int step = 0; step < 60; step++) {
            FailingDisk disk = FailingDisk.fullOnceAfter(step);
            Path bundle = folder.resolve("once" + step);
            try (BundleWriter writer =
                    BundleWriter.create(disk, bundle, Samples.run(Samples.ids()), Samples.context())) {
                try {
                    goOn(writer, new Safe());
                } catch (BundleException full) {
                    failures++;
                    goOn(writer, new Safe());
                }
            } catch (BundleException couldNotBegin) {
                continue;
            }
            assertEquals(List.<Finding>of(), BundleValidator.validate(bundle), "after step " + step);
        }
        assertTrue(failures > 10, failures + " steps failed after the beginning");
    }

    private void assertFails(Disk disk, Path bundle, Safe safe) {
        try {
            run(disk, bundle, safe);
        } catch (BundleException oneLine) {
            assertFalse(oneLine.getMessage().contains("\n"));
            assertTrue(
                    oneLine.getMessage().matches("cannot (create|write|remove) .*(power cut|No space left on device)"),
                    oneLine.getMessage());
            return;
        } catch (IOException other) {
            throw new AssertionError("no line for the user", other);
        }
        throw new AssertionError("the disk was to fail");
    }

    private void run(Disk disk, Path bundle, Safe safe) throws IOException {
        try (BundleWriter writer = BundleWriter.create(disk, bundle, Samples.run(Samples.ids()), Samples.context())) {
            goOn(writer, safe);
        }
    }

    private void goOn(BundleWriter writer, Safe safe) throws IOException {
        for (int fork = 0; fork < Samples.QUICK.forks(); fork++) {
            if (!writer.finishedForks().getOrDefault(ID, Set.of()).contains(fork)) {
                List<IterationLine> lines = SampleBundle.lines(ID, fork);
                writer.fork(ID, fork, lines, SampleBundle.part(parts, ID, List.of(lines)));
                safe.forks.add(fork);
            }
        }
        for (CaseResult result : Samples.cases()) {
            if (!writer.recordedCases().contains(result.id())) {
                writer.put(result);
                safe.cases.add(result.id());
            }
        }
        writer.complete(SampleBundle.jmh(parts, Samples.cases()), Samples.ENDED);
    }

    private static void valid(Path bundle, Safe safe, String when) throws IOException {
        assertEquals(
                List.of(),
                BundleValidator.validate(bundle).stream()
                        .filter(finding -> finding.severity() == Severity.ERROR)
                        .toList(),
                when);
        BundleReader reader = BundleReader.open(bundle);
        Set<String> cases = reader.allCases().stream().map(CaseResult::id).collect(Collectors.toSet());
        assertTrue(cases.containsAll(safe.cases), when + ": lost a case");
        Set<Integer> forks = new HashSet<>();
        reader.iterations(line -> forks.add(line.fork()));
        assertTrue(forks.containsAll(safe.forks), when + ": lost a fork");
    }

    private void finish(Path bundle, Safe safe) throws IOException {
        boolean born = Files.exists(bundle.resolve(Layout.RESULT));
        if (born && BundleReader.open(bundle).run().complete()) {
            return;
        }
        try (BundleWriter writer = born
                ? BundleWriter.resume(Disk.LAZY, bundle, Samples.context(), RESUMED)
                : BundleWriter.create(Disk.LAZY, bundle, Samples.run(Samples.ids()), Samples.context())) {
            assertTrue(writer.finishedForks().getOrDefault(ID, Set.of()).containsAll(safe.forks));
            assertTrue(writer.recordedCases().containsAll(safe.cases));
            goOn(writer, safe);
        }
        assertEquals(List.<Finding>of(), BundleValidator.validate(bundle));
        RunDocument run = BundleReader.open(bundle).run();
        assertTrue(run.complete());
        assertEquals(born ? List.of(RESUMED) : List.of(), run.resumed());
        assertEquals(Samples.ids(), ids(bundle));
    }

    private static List<String> ids(Path bundle) throws IOException {
        return BundleReader.open(bundle).allCases().stream().map(CaseResult::id).toList();
    }

    @Test
    void survivesASecondCutWhileResuming() throws Exception {
        for (int step = 0; step < 40; step++) {
            Path bundle = folder.resolve("twice" + step);
            Safe safe = new Safe();
            assertFails(FailingDisk.cutAfter(26), bundle, safe);
            assertTrue(safe.forks.size() > 1, "cut too early to say anything");
            Files.writeString(bundle.resolve(Layout.ITERATIONS + Layout.UNFINISHED), "half");
            try (BundleWriter writer =
                    BundleWriter.resume(FailingDisk.cutAfter(step), bundle, Samples.context(), RESUMED)) {
                goOn(writer, safe);
            } catch (IOException cut) {
                valid(bundle, safe, "resumed and cut after step " + step);
                continue;
            }
            return;
        }
        throw new AssertionError("40 steps were not enough to resume");
    }
}
