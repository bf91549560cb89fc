package dev.ridgepoint.benchmarks.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.benchmarks.plan.PlanFile;
import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.results.Soak;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rounds go on until the time is used, and after an interruption for what is left of it. Each fork takes ten seconds. */
class SoakTest {
    private static final int FORK_SECONDS = 10;

    @TempDir
    private Path folder;

    private final long[] nanos = {0};
    private Instant start = Instant.now();

    @Test
    void roundsAreAddedUntilTheTimeIsUsedAndAllCasesAreEquallyFar() throws IOException {
        BenchmarkPlan plan = plan(300, 5, 6);
        Path bundle = folder.resolve("run");
        RunRecord record = MadePlan.record(bundle, plan);
        MadeForks forks = forks(bundle);
        assertTrue(loop(plan, forks, record, Integer.MAX_VALUE).run());
        record.end();
        assertEquals(30, forks.order.size(), "300 seconds of forks of ten");
        for (String id : List.of(" m5 ", " m6 ")) {
            assertEquals(
                    15, forks.order.stream().filter(one -> one.contains(id)).count());
        }
        BundleReader reader = BundleReader.open(bundle);
        assertTrue(reader.run().complete());
        assertEquals("core+custom+soak5m/1", reader.run().protocol().id());
        assertEquals(List.of(), BundleValidator.validate(bundle));
    }

    @Test
    void thePlansForksRunEvenWhereTheyTakeLonger() throws IOException {
        BenchmarkPlan plan = plan(20, 5, 6);
        Path bundle = folder.resolve("run");
        RunRecord record = MadePlan.record(bundle, plan);
        MadeForks forks = forks(bundle);
        assertTrue(loop(plan, forks, record, Integer.MAX_VALUE).run());
        record.end();
        assertEquals(2 * plan.protocol().forks(), forks.order.size());
        assertTrue(BundleReader.open(bundle).run().complete());
    }

    @Test
    void anInterruptedSoakIsPartialAndRunsWhatIsLeftOfItsTime() throws IOException {
        BenchmarkPlan plan = plan(300, 5, 6);
        Path bundle = folder.resolve("run");
        RunRecord record = MadePlan.record(bundle, plan);
        PlanFile.write(plan, WorkFolder.in(bundle).plan());
        MadeForks first = forks(bundle);
        try {
            loop(plan, first, record, 18).run();
        } catch (IllegalStateException cut) {
            record.end();
        }
        assertEquals(18, first.order.size());
        assertFalse(BundleReader.open(bundle).run().complete());

        // The machine rests for as long as it had worked, and no rest counts.
        BenchmarkPlan again = PlanFile.read(WorkFolder.in(bundle).plan());
        assertEquals(plan.protocol(), again.protocol());
        RunRecord resumed = MadePlan.resumed(bundle, again);
        start = Instant.parse(BundleReader.open(bundle).run().resumed().get(0));
        nanos[0] = 0;
        MadeForks second = forks(bundle);
        assertTrue(loop(again, second, resumed, Integer.MAX_VALUE).run());
        resumed.end();
        // The last iteration before the cut ended after 174.4 seconds; these forks take no time that the loop could
        // expect.
        assertEquals(13, second.order.size());
        assertTrue(BundleReader.open(bundle).run().complete());
        assertEquals(List.of(), BundleValidator.validate(bundle));
    }

    @Test
    void aSoakOfCasesThatAllFailEnds() throws IOException {
        BenchmarkPlan plan = plan(300, 5);
        Path bundle = folder.resolve("run");
        RunRecord record = MadePlan.record(bundle, plan);
        assertTrue(loop(plan, new MadeForks("", WorkFolder.in(bundle), (cell, fork) -> null), record, 99)
                .run());
        record.end();
        assertTrue(BundleReader.open(bundle).run().complete());
    }

    private static BenchmarkPlan plan(int seconds, long... rows) {
        BenchmarkPlan plain = MadePlan.of("gemm/made", null, rows);
        Protocol protocol = Protocol.soaking(new Soak(Duration.ofSeconds(seconds)))
                .withIterations(plain.protocol().warmup(), plain.protocol().measurement())
                .withForks(3);
        return new BenchmarkPlan(plain.settings(), protocol, plain.cells(), plain.skips());
    }

    private MadeForks forks(Path bundle) throws IOException {
        long now = start.toEpochMilli() * 1000;
        return new MadeForks(
                "", WorkFolder.in(bundle), (cell, fork) -> 1e8, () -> now + (nanos[0] - 9_600_000_000L) / 1000);
    }

    private RunLoop loop(BenchmarkPlan plan, MadeForks forks, RunRecord record, int cutAfter) {
        int[] left = {cutAfter};
        return new RunLoop(
                plan,
                (cell, fork) -> {
                    if (left[0]-- == 0) {
                        throw new IllegalStateException("cut off");
                    }
                    nanos[0] += FORK_SECONDS * 1_000_000_000L;
                    return forks.run(cell, fork);
                },
                record,
                new Quiet(),
                Budget.of(null, () -> nanos[0]));
    }

    private static final class Quiet implements RunListener {
        @Override
        public void forkStarts(Cell cell, int fork, Progress progress) {}

        @Override
        public void forkEnded(Cell cell, int fork, ForkOutcome outcome, Progress progress) {}
    }
}
