package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.CpuKernel;
import dev.ridgepoint.device.cpu.Hardware;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.lib.QuantisedAt;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.Optional;

/**
 * A GEMM of one precision; a mixture of experts is a product for each expert, and so is a batch.
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
        if (gemm.shape().epilogue() != Epilogue.NONE && !multiplier.finishes()) {
            return Support.unsupported("stores products as they are, not by the epilogue "
                    + gemm.shape().epilogue());
        }
        return hardware.on(device);
    }

    @Override
    public boolean multipliesSubnormals(DeviceTraits device) {
        return multiplier.multipliesSubnormals(device);
    }

    @Override
    public Optional<String> wrongOnNonFinite(Problem problem) {
        return ((GemmProblem) problem).shape().epilogue() == Epilogue.BIAS_GELU
                ? Optional.of("oneDNN's GELU of infinity is NaN")
                : Optional.empty();
    }

    @Override
    public void assemble(Problem problem, LaunchBuilder launch) {
        GemmShape shape = ((GemmProblem) problem).shape();
        if (shape.moe() != null) {
            GroupedProduct.assemble(shape, precision, multiplier, launch);
            return;
        }
        ExpertWeights weights = ExpertWeights.of(shape, precision, launch);
        int products = shape.batch() == null ? 1 : shape.batch().count();
        for (int i = 0; i < products; i++) {
            long c = launch.address("c")
                    + i * shape.m() * shape.n() * (precision.output().bits() / 8);
            multiplier.multiply(
                    launch,
                    new Product(
                            shape.m(),
                            shape.n(),
                            shape.k(),
                            rows(launch, shape, i),
                            weights.of(i),
                            after(launch, shape, precision, i),
                            c));
        }
    }

    /** The epilogue of one of several products, or of the only one. */
    static After after(LaunchBuilder launch, GemmShape shape, Precision precision, int product) {
        long before = product * shape.n() * (precision.output().bits() / 8);
        return new After(shape.epilogue(), precision.output(), launch.address("bias") + before);
    }

    /** The activations of one product of a batch, or all there are. */
    private QuantisedAt rows(LaunchBuilder launch, GemmShape shape, int product) {
        QuantisedAt a = matrix(launch, "a");
        long before = product * shape.m();
        return new QuantisedAt(
                a.codes() + before * ActivationRows.codeBytes(precision, shape.k()),
                a.scales() + before * ActivationRows.scaleBytes(precision, shape.k()),
                a.zeros(),
                a.tensorScale());
    }

    static QuantisedAt matrix(LaunchBuilder launch, String name) {
        return new QuantisedAt(
                launch.address(name),
                launch.address(name + "Scales"),
                launch.address(name + "Zeros"),
                launch.address(name + "TensorScale"));
    }
}
