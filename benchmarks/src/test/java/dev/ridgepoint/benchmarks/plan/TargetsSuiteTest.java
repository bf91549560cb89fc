package dev.ridgepoint.benchmarks.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.analysis.targets.CaseChoice;
import dev.ridgepoint.analysis.targets.Target;
import dev.ridgepoint.analysis.targets.Targets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The suite {@code targets} asks on an H100 what the targets need, and nothing else. */
class TargetsSuiteTest {
    private static final BenchmarkPlan PLAN = HopperPlan.of("targets");
    private static final Targets TARGETS = Targets.load();

    private static List<Cell> cells(CaseChoice choice) {
        return PLAN.cells().stream().filter(cell -> answers(cell, choice)).toList();
    }

    private static boolean answers(Cell cell, CaseChoice choice) {
        return cell.problem().equals(choice.workload().problem())
                && choice.kernels().matches(cell.kernel());
    }

    private static Stream<CaseChoice> choices() {
        return TARGETS.targets().stream()
                .flatMap(target -> Stream.of(target.ours(), target.over()).filter(Objects::nonNull));
    }

    @Test
    void everyFigureOfEveryTargetIsAskedAndSupported() {
        for (Target target : TARGETS.targets()) {
            assertFalse(cells(target.ours()).isEmpty(), target.name());
            assertTrue(target.over() == null || !cells(target.over()).isEmpty(), target.name() + ": over");
        }
    }

    @Test
    void nothingElseIsAsked() {
        List<String> needless = PLAN.cells().stream()
                .filter(cell -> choices().noneMatch(choice -> answers(cell, choice)))
                .map(Cell::id)
                .toList();
        assertEquals(List.of(), needless);
        assertEquals(List.of(), PLAN.skips());
    }

    @Test
    void casesAreTimedAsTargetsMeanThem() {
        for (Cell cell : PLAN.cells()) {
            assertEquals(TARGETS.domain(), cell.domain().id());
            assertEquals(TARGETS.cacheState(), cell.cache().id());
            assertEquals(TARGETS.distribution(), cell.inputs().distribution().id());
        }
    }

    /** Of what targets say about sizes: 256 MB of a stream, weights of 25 to 120 MB, a cache of 256 MB. */
    @Test
    void casesAreAsLargeAsTheirSentencesSay() {
        List<String> small = new ArrayList<>();
        for (Target target : TARGETS.targets()) {
            double megabytes = target.ours().workload().problem().work().bytes() / 1e6;
            boolean fits = target.name().startsWith("GEMV")
                    ? megabytes >= 25 && megabytes <= 120
                    : !target.name().matches(".*quantise.*|decode attention, bf16") || megabytes >= 256;
            if (!fits) {
                small.add(target.name() + " " + megabytes);
            }
        }
        assertEquals(List.of(), small);
    }
}
