package dev.ridgepoint.kernels.cuda.gemm;

import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.Optional;

/** What kernels that multiply by one weight refuse alike. */
final class OneWeight {
    private OneWeight() {}

    /** Why a kernel of that precision does not do the problem, if that can be told before looking at extents. */
    static Optional<Support> refusal(Problem problem, Precision precision) {
        if (!(problem instanceof GemmProblem gemm)) {
            return Optional.of(Support.unsupported("multiplies matrices, and this is " + problem.op()));
        }
        if (!gemm.precision().equals(precision)) {
            return Optional.of(Support.unsupported("computes " + precision + ", not " + gemm.precision()));
        }
        if (gemm.shape().many() != null) {
            return Optional.of(Support.unsupported("multiplies one weight, not several"));
        }
        return Optional.empty();
    }
}
