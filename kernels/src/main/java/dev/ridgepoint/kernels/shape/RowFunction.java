package dev.ridgepoint.kernels.shape;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is made of a row x of n elements; products and sums are kept in fp32 whatever is read and written. */
public enum RowFunction {
    /** {@code y = exp(x - max x) / sum exp(x - max x)}: maximum, difference, exponential, sum and quotient. */
    SOFTMAX("softmax", List.of(), 5),
    /** {@code y = w x / sqrt(mean x^2 + EPSILON)} (Zhang and Sennrich 2019): square, sum and two products. */
    RMSNORM("rmsnorm", List.of("w"), 4),
    /**
     * {@code y = w (x - mean x) / sqrt(mean (x - mean x)^2 + EPSILON) + b} (Ba, Kiros and Hinton 2016): sum, difference,
     * square, sum, two products and bias.
     */
    LAYERNORM("layernorm", List.of("w", "b"), 7);

    /** What keeps rows of zeros finite: 1e-5 rounded to fp32, as Llama 2 and 3 and PyTorch's LayerNorm have it. */
    public static final float EPSILON = 1e-5f;

    private final String id;
    private final List<String> parameters;
    private final double flops;

    RowFunction(String id, List<String> parameters, double flops) {
        this.id = id;
        this.parameters = parameters;
        this.flops = flops;
    }

    /** The operation's name. */
    public String id() {
        return id;
    }

    /** Vectors of a number a column: {@code w} scales, {@code b} is added. */
    public List<String> parameters() {
        return parameters;
    }

    /** FLOPs an element, an exponential or a quotient counting one; what is done once a row is not counted. */
    public double flops() {
        return flops;
    }

    /** Whether rows are divided by their size, which EPSILON keeps from zero. */
    public boolean normalises() {
        return this != SOFTMAX;
    }

    /** The function an operation names; empty for other operations. */
    public static Optional<RowFunction> ofOp(String op) {
        return Arrays.stream(values())
                .filter(function -> function.id.equals(op))
                .findFirst();
    }
}
