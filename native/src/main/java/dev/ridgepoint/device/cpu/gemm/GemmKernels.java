package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.CpuKernel;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import java.util.List;

/** The CPU's matrix products. */
public final class GemmKernels {
    private GemmKernels() {}

    public static List<CpuKernel> all() {
        return List.of(new GemmKernel(
                "gemm/cpu_fp32_onednn",
                "oneDNN matrix product",
                Precision.FP32,
                device -> Support.natively(),
                new PlainMultiplier(DType.FP32, DType.FP32, DType.FP32)));
    }
}
