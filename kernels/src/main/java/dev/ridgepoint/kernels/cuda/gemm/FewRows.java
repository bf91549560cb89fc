package dev.ridgepoint.kernels.cuda.gemm;

import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;
import java.util.Optional;

/** The rows of activations that kernels reading a weight once are made for. */
final class FewRows {
    /** An entry point each; the last is the most they take. */
    private static final List<Integer> ENTRIES = List.of(1, 4, 8);

    private FewRows() {}

    /** Why such a kernel does not do the problem, or empty. */
    static Optional<Support> refusal(Problem problem, Precision precision) {
        Optional<Support> other = ProductSupport.refusalOfSeveral(problem, precision);
        if (other.isPresent()) {
            return other;
        }
        long rows = ((GemmProblem) problem).shape().m();
        int most = ENTRIES.get(ENTRIES.size() - 1);
        return rows > most
                ? Optional.of(Support.unsupported("m: up to " + most + " rows, not " + rows))
                : Optional.empty();
    }

    /** The smallest entry point that holds the rows. */
    static int entry(GemmShape shape) {
        return ENTRIES.stream().filter(rows -> rows >= shape.m()).findFirst().orElseThrow();
    }
}
