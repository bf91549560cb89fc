package dev.ridgepoint.analysis.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AppendShape;
import dev.ridgepoint.kernels.shape.Rotary;
import java.util.List;
import org.junit.jupiter.api.Test;

class UntoldOperationTest {
    @Test
    void whatTellsNoWorkloadIsRefusedByName() {
        Descriptor append = new Descriptor(
                "1",
                AppendShape.of(1, 1, 1, 8, 64, Rotary.HALF),
                new Hints(null, null, null, null, null, List.of()),
                Precision.BF16.footprint(),
                new Regimes.Ceilings(1e12, 1e11, 0),
                null,
                Context.NONE);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Classifier.standard().classify(append))
                .getMessage();
        assertEquals("op: unknown 'append'; known: gemm, attention, quantize, dequantize", message);
    }
}
