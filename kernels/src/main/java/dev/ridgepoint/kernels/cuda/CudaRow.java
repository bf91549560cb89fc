package dev.ridgepoint.kernels.cuda;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.shape.Problem;

/** A catalogue row of a CUDA kernel: which problems it does, and how it is launched for one. */
public interface CudaRow extends CudaKernel, KernelRow {
    @Override
    String id();

    @Override
    String idea();

    /** How the problem is launched; asked only where {@link #supports} said yes. */
    LaunchPlan plan(Problem problem, DeviceTraits device);
}
