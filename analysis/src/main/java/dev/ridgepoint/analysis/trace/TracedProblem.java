package dev.ridgepoint.analysis.trace;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A problem found in a trace, in the vocabulary of {@code run --shapes}.
 *
 * @param op as {@code run --shapes} names it
 * @param precision type of the operands
 * @param shape extents by name, in order; whole numbers or texts
 */
public record TracedProblem(String op, String precision, Map<String, Object> shape) {
    static TracedProblem gemm(String precision, long m, long n, long k, long products) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("M", m);
        shape.put("N", n);
        shape.put("K", k);
        if (products > 1) {
            shape.put("products", products);
        }
        return new TracedProblem("gemm", precision, shape);
    }

    /** A function of rows. */
    static TracedProblem rows(String op, String precision, long rows, long cols) {
        return new TracedProblem(op, precision, matrix(rows, cols));
    }

    /** A function of elements. */
    static TracedProblem pointwise(String function, String precision, long rows, long cols) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("function", function);
        shape.putAll(matrix(rows, cols));
        return new TracedProblem("pointwise", precision, shape);
    }

    private static Map<String, Object> matrix(long rows, long cols) {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("rows", rows);
        shape.put("cols", cols);
        return shape;
    }

    /** {@code trace/gemm_m8_n4096_k4096_bf16}. */
    public String id() {
        return "trace/" + op + "_"
                + shape.entrySet().stream()
                        .map(extent -> extent.getKey().toLowerCase(Locale.ROOT) + extent.getValue())
                        .collect(Collectors.joining("_"))
                + "_" + precision;
    }
}
