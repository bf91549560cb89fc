package dev.ridgepoint.kernels.shape;

import dev.ridgepoint.kernels.precision.Footprint;

/**
 * The pointwise part of an LSTM's time step: what is left once x W and h U are there, fused to one. A step's recurrent product
 * is a {@link GemmShape} that stands in for the step as {@code lstm step}; the two together are the step. With gates i, f, g, o
 * (input, forget, candidate, output), each z = (x W) + (h U) + bias,
 *
 * <pre>c' = sigmoid(z_f) c + sigmoid(z_i) tanh(z_g),  h' = sigmoid(z_o) tanh(c')</pre>
 *
 * @param batch sequences
 * @param hidden width of the state
 */
public record CellShape(long batch, long hidden) implements Shape {
    /** The operation's name. */
    public static final String OP = "lstm_cell";

    /** Gates of a cell, in the order they lie in: i, f, g, o. */
    public static final int GATES = 4;

    /** Two sums a gate; three sigmoids and two tanh that count one each; a product and a multiply-add, and a product. */
    private static final double FLOPS = 2 * GATES + 5 + 3 + 1;

    public CellShape {
        Extents.positive("B", batch);
        Extents.positive("H", hidden);
        Extents.product("4*B*H", GATES, batch, hidden);
    }

    @Override
    public String op() {
        return OP;
    }

    @Override
    public String id() {
        return OP + "_b" + batch + "_h" + hidden;
    }

    /** Both products and the old state are read, a bias a gate once, and both halves of the new state written. */
    @Override
    public WorkModel work(Footprint bytes) {
        double state = (double) batch * hidden;
        return new WorkModel(
                FLOPS * state,
                (2 * GATES + 1) * state * bytes.activation() + (double) GATES * hidden * bytes.weight(),
                2 * state * bytes.output());
    }
}
