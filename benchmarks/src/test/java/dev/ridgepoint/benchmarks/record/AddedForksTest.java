package dev.ridgepoint.benchmarks.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.jmh.ForkOutcome;
import dev.ridgepoint.benchmarks.plan.BenchmarkPlan;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forks are added where they are wanted, and nowhere else. */
class AddedForksTest {
    private static final ForkAim AIM = new ForkAim(ForkAim.Of.CASE, 0.02, 9);

    /** 5 is calm, 6 becomes narrow after a few more, 7 never does. */
    private static final BiFunction<Cell, Integer, Double> TIMES = (cell, fork) -> switch (cell.id()) {
        case "m5" -> 1000.0 + fork % 2;
        case "m6" -> fork == 0 ? 1040.0 : 1000.0 + fork % 2;
        default -> fork % 2 == 0 ? 1000.0 : 1300.0;
    };

    @TempDir
    private Path folder;

    @Test
    void onlyWideCasesGetMoreForksAndTheLastNoMoreThanTheMost() throws IOException {
        BenchmarkPlan plan = MadePlan.of("gemm/made", AIM, 5, 6, 7);
        Path bundle = folder.resolve("run");
        RunRecord record = MadePlan.record(bundle, plan);
        Tally progress = new Tally();
        MadeForks forks = new MadeForks("", WorkFolder.in(bundle), TIMES);
        assertTrue(new RunLoop(plan, forks, record, progress, Budget.unlimited()).run());
        record.end();

        Map<String, Timing> timings = timings(bundle);
        assertEquals(5, timings.get("m5").forks().size());
        int middle = timings.get("m6").forks().size();
        assertTrue(middle > 5 && middle < 9, "m6 has " + middle);
        assertEquals(9, timings.get("m7").forks().size());
        assertTrue(AIM.metBy(ForkAim.halfWidth(timings.get("m6"))));
        assertFalse(AIM.metBy(ForkAim.halfWidth(timings.get("m7"))));
        assertEquals(5 + middle + 9, progress.last.done());
        assertEquals(progress.last.total(), progress.last.done());
        // A round takes each wide case once before any gets another.
        List<String> added = forks.order.subList(15, 19);
        assertEquals(
                2,
                added.subList(0, 2).stream().filter(one -> one.endsWith(" 5")).count(),
                added.toString());

        BundleReader reader = BundleReader.open(bundle);
        assertTrue(reader.run().complete());
        assertEquals("quick+custom+aim2%of9/1", reader.run().protocol().id());
        assertEquals(List.of(), BundleValidator.validate(bundle));
    }

    @Test
    void aRunCutOffWhileForksAreAddedIsPartialAndGoesOn() throws IOException {
        BenchmarkPlan plan = MadePlan.of("gemm/made", AIM, 5, 7);
        Path bundle = folder.resolve("run");
        RunRecord record = MadePlan.record(bundle, plan);
        MadeForks first = new MadeForks("", WorkFolder.in(bundle), TIMES);
        int[] left = {12};
        try {
            new RunLoop(
                            plan,
                            (cell, fork) -> {
                                if (left[0]-- == 0) {
                                    throw new IllegalStateException("cut off");
                                }
                                return first.run(cell, fork);
                            },
                            record,
                            new Tally(),
                            Budget.unlimited())
                    .run();
        } catch (IllegalStateException cut) {
            record.end();
        }
        assertFalse(BundleReader.open(bundle).run().complete(), "the plan's forks have run, and the added have not");

        RunRecord again = MadePlan.resumed(bundle, plan);
        MadeForks second = new MadeForks("", WorkFolder.in(bundle), TIMES);
        assertTrue(new RunLoop(plan, second, again, new Tally(), Budget.unlimited()).run());
        again.end();
        assertEquals(List.of(" m7 7", " m7 8"), second.order);
        assertTrue(BundleReader.open(bundle).run().complete());
        assertEquals(List.of(), BundleValidator.validate(bundle));
    }

    @Test
    void aBudgetSpentOnAddedForksEndsACompleteRun() throws IOException {
        BenchmarkPlan plan = MadePlan.of("gemm/made", AIM, 7);
        Path bundle = folder.resolve("run");
        RunRecord record = MadePlan.record(bundle, plan);
        long[] clock = {0};
        MadeForks forks = new MadeForks("", WorkFolder.in(bundle), TIMES);
        Budget budget = Budget.of(Duration.ofSeconds(7), () -> clock[0]);
        assertTrue(new RunLoop(
                        plan,
                        (cell, fork) -> {
                            clock[0] += 1_000_000_000L;
                            return forks.run(cell, fork);
                        },
                        record,
                        new Tally(),
                        budget)
                .run());
        record.end();
        assertEquals(7, timings(bundle).get("m7").forks().size());
        assertTrue(BundleReader.open(bundle).run().complete());
    }

    private static Map<String, Timing> timings(Path bundle) throws IOException {
        Map<String, Timing> timings = new LinkedHashMap<>();
        for (CaseResult result : BundleReader.open(bundle).allCases()) {
            timings.put(result.id(), result.timing());
        }
        return timings;
    }

    /** What was said of the run's progress last. */
    private static final class Tally implements RunListener {
        private Progress last;

        @Override
        public void forkStarts(Cell cell, int fork, Progress progress) {
            last = progress;
        }

        @Override
        public void forkEnded(Cell cell, int fork, ForkOutcome outcome, Progress progress) {
            last = progress;
        }
    }
}
