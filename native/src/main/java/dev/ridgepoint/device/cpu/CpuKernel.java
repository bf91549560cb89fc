package dev.ridgepoint.device.cpu;

import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.shape.Problem;

/** A kernel of the CPU: a catalogue row that can put together its own launch. */
public interface CpuKernel extends KernelRow {
    /**
     * Adds the steps that solve the problem; called only where {@link #supports} said yes.
     *
     * @throws dev.ridgepoint.device.UnsupportedKernelException if the library under it refuses only now
     */
    void assemble(Problem problem, LaunchBuilder launch);
}
