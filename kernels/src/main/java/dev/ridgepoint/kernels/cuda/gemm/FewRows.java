package dev.ridgepoint.kernels.cuda.gemm;

import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;
import java.util.Optional;

/**
 * The rows of activations that kernels reading a weight once are made for.
 *
 * @param entries an entry point each; the last is the most they take
 */
record FewRows(List<Integer> entries) {
    /** A thread keeps a sum for each row. */
    static final FewRows SCALAR = new FewRows(List.of(1, 4, 8));
    /** An mma has eight rows of activations. */
    static final FewRows TENSOR = new FewRows(List.of(8, 16));
    /** As above, where a warp has fewer channels and so registers for more sums. */
    static final FewRows WIDE = new FewRows(List.of(8, 16, 32, 64));

    /** Why such a kernel does not do the problem, or empty. */
    Optional<Support> refusal(Problem problem, Precision precision) {
        Optional<Support> other = ProductSupport.refusalOfSeveral(problem, precision);
        if (other.isPresent()) {
            return other;
        }
        long rows = ((GemmProblem) problem).shape().m();
        int most = entries.get(entries.size() - 1);
        return rows > most
                ? Optional.of(Support.unsupported("m: up to " + most + " rows, not " + rows))
                : Optional.empty();
    }

    /** The smallest entry point that holds the rows. */
    int entry(GemmShape shape) {
        return entries.stream().filter(rows -> rows >= shape.m()).findFirst().orElseThrow();
    }
}
