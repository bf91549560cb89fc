package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;

/** How activations are stored. */
final class Activations {
    private Activations() {}

    /** The weight's format where both sides are multiplied in the weight's type, else null: stored plainly. */
    static QuantFormat format(Precision precision) {
        return precision.activation() == precision.weight() ? precision.weightFormat() : null;
    }
}
