package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.List;

/**
 * A [rows, cols] matrix of activations that products with weights read in a pass; however many of them read it, it is
 * quantised once where they multiply in 8 bits.
 *
 * @param role {@code quant_in}, or {@code quant_} and the product that reads it
 * @param times layers that have one, at least 1
 */
public record StepInput(String role, long rows, long cols, long times) {
    /** Its quantisation in a format. */
    public LayerOp.Requantise in(QuantFormat format) {
        return new LayerOp.Requantise(role, Direction.QUANTIZE, rows, cols, List.of(format));
    }
}
