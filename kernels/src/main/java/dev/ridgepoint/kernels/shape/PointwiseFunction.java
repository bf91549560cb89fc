package dev.ridgepoint.kernels.shape;

import java.util.Arrays;

/** What is made of an element, or of two at the same place; computed in fp32, whatever is read and written. */
public enum PointwiseFunction {
    /** {@code y = x + r}: a residual. */
    ADD("add", 2, 1),
    /** {@code y = x Phi(x)} with the normal distribution itself (Hendrycks and Gimpel 2016): distribution and product. */
    GELU("gelu", 1, 2),
    /**
     * {@code y = g v / (1 + exp(-g))} of a row of gates and then as many values (Shazeer 2020): exponential, sum, quotient and
     * product.
     */
    SILU_MUL("silu_mul", 2, 4);

    private final String id;
    private final int inputs;
    private final double flops;

    PointwiseFunction(String id, int inputs, double flops) {
        this.id = id;
        this.inputs = inputs;
        this.flops = flops;
    }

    public String id() {
        return id;
    }

    /** Elements read for each that is written. */
    public int inputs() {
        return inputs;
    }

    /** FLOPs an element that is written, an exponential, a distribution or a quotient counting one. */
    public double flops() {
        return flops;
    }

    /**
     * The function of that name.
     *
     * @throws IllegalArgumentException naming those there are
     */
    public static PointwiseFunction parse(String id) {
        for (PointwiseFunction function : values()) {
            if (function.id.equals(id)) {
                return function;
            }
        }
        throw new IllegalArgumentException("function: unknown '" + id + "'; known: "
                + String.join(
                        ", ", Arrays.stream(values()).map(PointwiseFunction::id).toList()));
    }

    @Override
    public String toString() {
        return id;
    }
}
