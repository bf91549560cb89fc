package dev.ridgepoint.kernels.precision;

/**
 * A quantised [rows, cols] matrix as it lies in memory, little-endian. Each codec documents the order of its codes.
 *
 * @param codes codes, or whole blocks of packed formats
 * @param scales scales in the format's scale type, row-major over groups; empty for packed formats
 * @param zeros zero points; empty for symmetric formats
 * @param tensorScale the scale over all others (NVFP4), else 1
 */
public record QuantTensor(
        QuantFormat format, int rows, int cols, byte[] codes, byte[] scales, byte[] zeros, float tensorScale) {}
