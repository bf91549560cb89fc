package dev.ridgepoint.kernels.operand;

/** The values of one operand by their number; any range can be had without what lies before it. */
@FunctionalInterface
interface ValueStream {
    /** Writes the values numbered {@code first} to {@code first + count - 1} to the start of {@code target}. */
    void fill(long first, float[] target, int count);

    /** The same values times 2^shift. */
    default ValueStream times(int shift) {
        if (shift == 0) {
            return this;
        }
        return (first, target, count) -> {
            fill(first, target, count);
            for (int i = 0; i < count; i++) {
                target[i] = Math.scalb(target[i], shift);
            }
        };
    }
}
