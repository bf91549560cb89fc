package dev.ridgepoint.benchmarks.fake;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.function.Function;
import java.util.function.LongPredicate;

/**
 * A product in fp32 on the fake device.
 *
 * @param name last part of the id
 * @param rows which M it takes, so that a shape chooses the kernel
 * @param behaviour what a launch does
 */
public record FakeKernel(String name, LongPredicate rows, Function<FakeGemm, Runnable> behaviour) implements KernelRow {
    @Override
    public String id() {
        return "gemm/fake_fp32_" + name;
    }

    @Override
    public String idea() {
        return name;
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof GemmProblem gemm) || !gemm.precision().equals(Precision.FP32)) {
            return Support.unsupported("only products in fp32");
        }
        if (gemm.shape().batch() != null) {
            return Support.unsupported("knows one product, not a batch");
        }
        if (gemm.shape().moe() != null) {
            return Support.unsupported("knows no experts");
        }
        if (gemm.shape().epilogue() != Epilogue.NONE) {
            return Support.unsupported("knows the product alone");
        }
        return rows.test(gemm.shape().m()) ? Support.natively() : Support.unsupported("M of another kernel");
    }
}
