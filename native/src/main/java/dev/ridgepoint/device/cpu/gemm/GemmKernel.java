package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.CpuKernel;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.function.Function;

/**
 * A GEMM of one precision.
 *
 * @param hardware how, or why not, a device runs the precision
 */
record GemmKernel(
        String id, String idea, Precision precision, Function<DeviceTraits, Support> hardware, Multiplier multiplier)
        implements CpuKernel {

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof GemmProblem gemm)) {
            return Support.unsupported("multiplies matrices, and this is " + problem.op());
        }
        if (!gemm.precision().equals(precision)) {
            return Support.unsupported("computes " + precision + ", not " + gemm.precision());
        }
        return hardware.apply(device);
    }

    @Override
    public void assemble(Problem problem, LaunchBuilder launch) {
        GemmShape shape = ((GemmProblem) problem).shape();
        multiplier.multiply(
                launch,
                new Product(
                        shape.m(),
                        shape.n(),
                        shape.k(),
                        launch.address("a"),
                        launch.address("aScales"),
                        launch.address("b"),
                        launch.address("bScales"),
                        launch.address("bZeros"),
                        launch.address("c")));
    }
}
