package dev.ridgepoint.kernels.shape;

import java.util.Map;

/**
 * One operation of a layer.
 *
 * @param output the buffer it fills, which is also its name; of appending, the cache of the keys
 * @param shape what is asked
 * @param buffers the layer's buffer for every operand of the operation, by the operand's name
 * @param elements elements it writes that the next steps read and nobody else needs; 0 of the layer's result and of the cache
 * @param reads how often later steps read those
 */
public record LayerStep(String output, Shape shape, Map<String, String> buffers, double elements, int reads) {
    public LayerStep {
        buffers = Map.copyOf(buffers);
    }
}
