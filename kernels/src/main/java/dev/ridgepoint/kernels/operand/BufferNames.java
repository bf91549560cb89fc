package dev.ridgepoint.kernels.operand;

/** What the buffers of a matrix are called; null for one that is not handed over. */
public record BufferNames(String values, String scales, String zeros, String tensorScale) {
    /** The names of the quantised side of quantise and dequantise. */
    static final BufferNames QUANTISED = new BufferNames("codes", "scales", "zeros", "tensorScale");

    /** {@code b bScales bZeros bTensorScale}. */
    static BufferNames of(String name) {
        return new BufferNames(name, name + "Scales", name + "Zeros", name + "TensorScale");
    }
}
