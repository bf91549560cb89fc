package dev.ridgepoint.kernels.cuda.pointwise;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.PlainProblem;
import dev.ridgepoint.kernels.shape.PointwiseFunction;
import dev.ridgepoint.kernels.shape.PointwiseProblem;
import dev.ridgepoint.kernels.shape.PointwiseShape;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A function of elements, 16 bytes a thread. */
public record PointwiseKernel(PointwiseFunction function, Precision precision) implements CudaRow {
    private static final int BLOCK = 256;

    /** Every function in every type. */
    public static List<CudaRow> all() {
        return Arrays.stream(PointwiseFunction.values())
                .flatMap(function -> PlainProblem.PRECISIONS.stream()
                        .<CudaRow>map(precision -> new PointwiseKernel(function, precision)))
                .toList();
    }

    @Override
    public String id() {
        return PointwiseShape.OP + "/sm80_" + precision + "_" + function;
    }

    @Override
    public String idea() {
        return "16 bytes a thread, read once and written once";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof PointwiseProblem pointwise)
                || pointwise.shape().function() != function) {
            return Support.unsupported("does " + function + ", and this is " + problem.id());
        }
        return pointwise.precision() == precision
                ? CudaKernels.onArch(this, device)
                : Support.unsupported("reads and writes " + precision + ", not " + pointwise.precision());
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        PointwiseShape shape = ((PointwiseProblem) problem).shape();
        long width = 16L * Byte.SIZE / precision.activation().bits();
        List<Argument> arguments = new ArrayList<>();
        OperandSpecs.of(problem).forEach(spec -> arguments.add(Argument.buffer(spec.name())));
        arguments.add(Argument.int64(shape.rows()));
        arguments.add(Argument.int64(shape.cols()));
        Striding striding = Striding.of(shape.rows() * ((shape.cols() + width - 1) / width), BLOCK, device.units());
        return LaunchPlan.of(striding.reason(), new KernelLaunch(symbol(), striding.geometry(), arguments));
    }
}
