package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.kernels.catalog.DeviceTraits;

/** How one precision multiplies: what differs between the GEMM kernels. */
interface Multiplier {
    /**
     * Adds the steps of one product.
     *
     * @throws dev.ridgepoint.device.UnsupportedKernelException if these extents cannot be done this way
     */
    void multiply(LaunchBuilder launch, Product product);

    /** Whether products may have an epilogue. */
    default boolean finishes() {
        return true;
    }

    /** Whether subnormal operands are more than zeros. */
    default boolean multipliesSubnormals(DeviceTraits device) {
        return true;
    }
}
