package dev.ridgepoint.benchmarks.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

    private static BenchmarkPlan withForks(BenchmarkPlan plan, int forks) {
        return new BenchmarkPlan(plan.settings(), plan.protocol().withForks(forks), plan.cells(), plan.skips());
    }
}
