package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.device.cuda.driver.VendorLibrary;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.layer.LayerRow;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.kernels.workload.Suites;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** What a suite plans for a device of the H100's kind with NVIDIA's library, where there is none. */
final class HopperPlan {
    static final Target GPU = new Target("jni", "system", null, null, null, null, null);
    private static final DeviceTraits HOPPER =
            new DeviceTraits("test", "sm_90a", Set.of(), 132, 232_448, 50L << 20, Set.of());
    private static final Memory MEMORY = new Memory(64L << 30, OptionalLong.of(80L << 30));

    private HopperPlan() {}

    static BenchmarkPlan of(String suite) {
        RunSettings settings = new RunSettings(
                GPU,
                suite,
                TimingDomain.of(GPU).get(0),
                CacheState.COLD,
                new Cell.Inputs(Distribution.NORMAL, 1),
                List.of());
        List<KernelRow> rows = Stream.of(
                        List.of(new FakeVendor("gemm/vendor_any_cublas", HopperPlan::refusal)),
                        CudaKernels.rows(),
                        LayerRow.all())
                .<KernelRow>flatMap(List::stream)
                .toList();
        return new Planner(rows, HOPPER, settings, MEMORY).plan(Suites.of(suite, "cuda"), Protocol.of(suite, GPU));
    }

    /** NVIDIA's own product where its library is there. */
    private static Optional<String> refusal(Problem problem) {
        return problem instanceof GemmProblem gemm
                ? VendorLibrary.refusal(gemm.shape(), gemm.precision())
                : Optional.of("multiplies matrices");
    }
}
