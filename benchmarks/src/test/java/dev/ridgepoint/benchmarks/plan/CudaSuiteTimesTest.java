package dev.ridgepoint.benchmarks.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the suites of a CUDA device take, by forecast: nothing of it has been measured on hardware. */
class CudaSuiteTimesTest {
    @ParameterizedTest
    @CsvSource({"smoke, 16, 3", "quick, 32, 5", "core, 44, 20", "targets, 31, 9"})
    void aSuiteFitsItsMinutes(String suite, int cases, int minutes) {
        BenchmarkPlan plan = HopperPlan.of(suite);
        Forecast forecast = Forecast.of(plan, Speed.usual(HopperPlan.GPU));
        assertEquals(cases, forecast.cases());
        assertTrue(
                forecast.duration().compareTo(Duration.ofMinutes(minutes)) <= 0,
                suite + " takes " + forecast.duration());
        List<String> without = plan.skips().stream()
                .map(Skip::id)
                .filter(id -> !id.endsWith(":vendor_any_cublas"))
                .toList();
        assertEquals(List.of(), without, "no kernel of ours, which a short suite has no time for");
    }
}
