package dev.ridgepoint.benchmarks.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.device.cuda.driver.VendorLibrary;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.layer.LayerRow;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.workload.Suites;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How long the suites of a CUDA device take, by forecast: nothing of it has been measured on hardware. */
class CudaSuiteTimesTest {
    private static final Target GPU = new Target("jni", "system", null, null, null, null, null);
    private static final DeviceTraits HOPPER =
            new DeviceTraits("test", "sm_90a", Set.of(), 132, 232_448, 50L << 20, Set.of());
    private static final Memory MEMORY = new Memory(64L << 30, OptionalLong.of(80L << 30));

    @ParameterizedTest
    @CsvSource({"smoke, 16, 3", "quick, 32, 5", "core, 44, 20"})
    void aSuiteFitsItsMinutes(String suite, int cases, int minutes) {
        BenchmarkPlan plan = plan(suite);
        Forecast forecast = Forecast.of(plan, Speed.usual(GPU));
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

    private static BenchmarkPlan plan(String suite) {
        RunSettings settings = new RunSettings(
                GPU,
                suite,
                TimingDomain.of(GPU).get(0),
                CacheState.COLD,
                new Cell.Inputs(Distribution.NORMAL, 1),
                List.of());
        List<KernelRow> rows = Stream.of(List.of(new Vendor()), CudaKernels.rows(), LayerRow.all())
                .<KernelRow>flatMap(List::stream)
                .toList();
        return new Planner(rows, HOPPER, settings, MEMORY).plan(Suites.of(suite, "cuda"), Protocol.of(suite, GPU));
    }

    /** NVIDIA's own product where its library is there. */
    private static final class Vendor implements KernelRow {
        @Override
        public String id() {
            return "gemm/vendor_any_cublas";
        }

        @Override
        public String idea() {
            return "what ours are held against";
        }

        @Override
        public boolean baseline() {
            return true;
        }

        @Override
        public Support supports(Problem problem, DeviceTraits device) {
            return problem instanceof GemmProblem gemm
                    ? VendorLibrary.refusal(gemm.shape(), gemm.precision())
                            .map(Support::unsupported)
                            .orElse(Support.natively())
                    : Support.unsupported("multiplies matrices");
        }
    }
}
