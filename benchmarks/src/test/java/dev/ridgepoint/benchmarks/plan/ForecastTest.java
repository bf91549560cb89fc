package dev.ridgepoint.benchmarks.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {
    @Test
    void saysCasesForksMinutesEffectAndWhetherItGates() {
        BenchmarkPlan plan = BenchmarkPlanTest.planOf(4);
        Forecast three = Forecast.of(plan, new Speed(1e10, 1e10));
        assertEquals(
                "3 cases x 3 forks (1 skipped, with reasons), about 17 seconds; detects changes of 7.3 % or more (a general CPU figure, not"
                        + " calibrated on this machine); cannot gate (a gate needs 5 forks)",
                three.sentence());
        assertFalse(three.canGate());

        Forecast hundred = Forecast.of(withForks(plan, 100), new Speed(1e10, 1e10));
        assertTrue(hundred.sentence()
                .startsWith(
                        "3 cases x 100 forks (1 skipped, with reasons), about 10 minutes; detects changes of 2.1 %"));
        assertTrue(hundred.sentence().endsWith("; can gate"));

        assertTrue(Forecast.of(withForks(plan, 2), new Speed(1e10, 1e10))
                .sentence()
                .contains("too few forks to detect a change"));
    }

    @Test
    void slowCallsStretchIterations() {
        BenchmarkPlan plan = BenchmarkPlanTest.planOf(3);
        long fast = Forecast.of(plan, new Speed(1e12, 1e12)).duration().toMillis();
        // 2 x 5 x 7 x 33 FLOPs take 2.3 s at 1 kFLOP/s, longer than any iteration.
        long slow = Forecast.of(plan, new Speed(1e3, 1e12)).duration().toMillis();
        assertTrue(slow > fast + 3 * 3 * 15 * 400, fast + " and " + slow);
    }

    @Test
    void operandsAreFilledInEveryForkAndExpectedOnceAProblem() {
        // 5e8 values, made twice, in each of three forks and for what is expected: 4 s each time.
        GemmProblem large = new GemmProblem(GemmShape.of(1, 1 << 16, 7630), Precision.FP32);
        double forks = 3 * (1.5 + 0.45 + 4);
        double expectation = 4 + 2 * (1 << 28) / 4e8;
        assertEquals(1000 * (expectation + forks), millis(large, 1), 20);
        assertEquals(1000 * (expectation + 2 * forks), millis(large, 2), 20);
    }

    private static long millis(Problem problem, int kernels) {
        BenchmarkPlan plan = BenchmarkPlanTest.planOf(1);
        Cell one = plan.cells().get(0);
        Cell cell =
                new Cell(one.id(), problem, null, one.kernel(), one.support(), one.domain(), one.cache(), one.inputs());
        List<Cell> cells = Collections.nCopies(kernels, cell);
        return Forecast.of(new BenchmarkPlan(plan.settings(), plan.protocol(), cells, List.of()), new Speed(1e15, 1e15))
                .duration()
                .toMillis();
    }

    private static BenchmarkPlan withForks(BenchmarkPlan plan, int forks) {
        return new BenchmarkPlan(plan.settings(), plan.protocol().withForks(forks), plan.cells(), plan.skips());
    }
}
