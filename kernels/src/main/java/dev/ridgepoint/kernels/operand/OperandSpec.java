package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.precision.DType;

/**
 * One buffer a kernel takes: who fills it, what lies in it, how large it is.
 *
 * @param name the field's word for it: {@code a b bScales bZeros c}, {@code q k v kScales vScales blockTable o},
 *     {@code x codes scales zeros y}
 * @param role who fills it
 * @param type element type as stored; INT8 for buffers of packed blocks
 * @param bytes size of the buffer
 * @param layout extents and order in words, {@code [m, k] row-major}
 */
public record OperandSpec(String name, Role role, DType type, long bytes, String layout) {
    /** Who fills a buffer. */
    public enum Role {
        INPUT,
        OUTPUT,
        /** Filled as inputs are, then written by the kernel in places and read in others: a cache that grows. */
        STATE
    }

    public OperandSpec {
        if (bytes < 1) {
            throw new IllegalArgumentException(name + ": expected at least one byte, got " + bytes);
        }
    }
}
