package dev.ridgepoint.kernels.cuda.gemm;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaKernel;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.Optional;

/** What products refuse alike, and how the hardware runs them where they do not. */
final class ProductSupport {
    /** Products of two int8 whose sum fits int32 whatever they are. */
    private static final int MOST_INT8 = 131_071;

    private ProductSupport() {}

    /** Why a kernel of that precision that stores plain products by one weight does not do it, whatever its extents. */
    static Optional<Support> refusalOfSeveral(Problem problem, Precision precision) {
        Optional<Support> foreign = foreign(problem, precision);
        if (foreign.isPresent()) {
            return foreign;
        }
        GemmShape shape = ((GemmProblem) problem).shape();
        if (shape.many() != null) {
            return Optional.of(Support.unsupported("multiplies one weight, not several"));
        }
        return shape.epilogue() == Epilogue.NONE
                ? Optional.empty()
                : Optional.of(
                        Support.unsupported("stores products as they are, not by the epilogue " + shape.epilogue()));
    }

    /** Why the problem is not one of that precision's products. */
    static Optional<Support> foreign(Problem problem, Precision precision) {
        if (!(problem instanceof GemmProblem gemm)) {
            return Optional.of(Support.unsupported("multiplies matrices, and this is " + problem.op()));
        }
        if (!gemm.precision().equals(precision)) {
            return Optional.of(Support.unsupported("computes " + precision + ", not " + gemm.precision()));
        }
        if (precision.compute() == DType.INT8 && gemm.shape().k() > MOST_INT8) {
            return Optional.of(
                    Support.unsupported("k: sums of more than " + MOST_INT8 + " products of int8 overflow int32"));
        }
        return Optional.empty();
    }

    /** Whether the device's architecture runs the kernel; weights stored in fewer bits are converted first. */
    static Support onArch(CudaKernel kernel, Precision precision, DeviceTraits device) {
        Support support = CudaKernels.onArch(kernel, device);
        return support instanceof Support.Supported && precision.isWeightOnly() ? Support.upconverted() : support;
    }

    /** How a kernel is run that converts fp8 codes before it multiplies them, whatever the device; others as they are. */
    static Support withoutFp8(Support support, Precision precision) {
        boolean fp8 = precision.compute() == DType.FP8_E4M3 || precision.compute() == DType.FP8_E5M2;
        return support instanceof Support.Supported && fp8 ? Support.upconverted() : support;
    }
}
