package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.CpuKernel;
import dev.ridgepoint.device.cpu.Hardware;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.lib.QuantisedAt;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;

/**
 * A GEMM of one precision; a mixture of experts is a product for each expert.
 *
 * @param hardware how, or why not, a device runs the precision
 */
record GemmKernel(String id, String idea, Precision precision, Hardware hardware, Multiplier multiplier)
        implements CpuKernel {

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof GemmProblem gemm)) {
            return Support.unsupported("multiplies matrices, and this is " + problem.op());
        }
        if (!gemm.precision().equals(precision)) {
            return Support.unsupported("computes " + precision + ", not " + gemm.precision());
        }
        if (gemm.shape().moe() != null && !GroupedProduct.fits(gemm.shape(), precision)) {
            return Support.unsupported("gathers rows of experts by 32-bit offsets, and these exceed 2 GiB");
        }
        return hardware.on(device);
    }

    @Override
    public void assemble(Problem problem, LaunchBuilder launch) {
        GemmShape shape = ((GemmProblem) problem).shape();
        if (shape.moe() != null) {
            GroupedProduct.assemble(shape, precision, multiplier, launch);
            return;
        }
        multiplier.multiply(
                launch,
                new Product(
                        shape.m(),
                        shape.n(),
                        shape.k(),
                        matrix(launch, "a"),
                        matrix(launch, "b"),
                        launch.address("c")));
    }

    static QuantisedAt matrix(LaunchBuilder launch, String name) {
        return new QuantisedAt(
                launch.address(name),
                launch.address(name + "Scales"),
                launch.address(name + "Zeros"),
                launch.address(name + "TensorScale"));
    }
}
