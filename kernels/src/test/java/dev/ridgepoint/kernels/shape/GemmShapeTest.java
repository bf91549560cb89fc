package dev.ridgepoint.kernels.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class GemmShapeTest {
    @Test
    void anErrorNamesTheField() {
        var error = assertThrows(IllegalArgumentException.class, () -> GemmShape.of(4, -1, 4));
        assertTrue(error.getMessage().startsWith("N:"), error.getMessage());
    }

    @Test
    void theIdIsAnAddress() {
        assertEquals("gemm_m1_n4096_k4096", GemmShape.of(1, 4096, 4096).id());
    }
}
