package dev.ridgepoint.analysis.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.LayerShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.PointwiseFunction;
import dev.ridgepoint.kernels.shape.Rotary;
import dev.ridgepoint.kernels.shape.RowFunction;
import dev.ridgepoint.kernels.shape.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class UntoldOperationTest {
    private static final LayerShape LAYER = new LayerShape(
            AttentionShape.of(1, 4, 4, 1, 8, 64, Mask.CAUSAL),
            256,
            512,
            PointwiseFunction.GELU,
            RowFunction.LAYERNORM,
            true,
            true,
            Rotary.NONE);

    /** A layer's class is its pass's, which workloads carry; of a shape alone it is not guessed. */
    @Test
    void whatTellsNoWorkloadIsRefusedByName() {
        for (Shape shape : List.of(AppendShape.of(1, 1, 1, 8, 64, Rotary.HALF), LAYER)) {
            Descriptor descriptor = new Descriptor(
                    "1",
                    shape,
                    new Hints(null, null, null, null, null, List.of()),
                    Precision.BF16.footprint(),
                    new Regimes.Ceilings(1e12, 1e11, 0),
                    null,
                    Context.NONE);
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> Classifier.standard().classify(descriptor))
                    .getMessage();
            assertEquals("op: unknown '" + shape.op() + "'; known: gemm, attention, quantize, dequantize", message);
        }
    }
}
