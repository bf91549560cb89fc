package dev.ridgepoint.kernels.shape;

/**
 * What a problem asks for at the least: operations and the bytes that must cross the memory bus once.
 *
 * <p>Bytes are doubles because sub-byte weights with shared scales have fractional sizes; every integral value below
 * 2^53 is exact.
 *
 * @param flops floating-point (or integer multiply-add) operations, a multiply-add counting two
 * @param bytesRead compulsory reads
 * @param bytesWritten compulsory writes
 */
public record WorkModel(double flops, double bytesRead, double bytesWritten) {
    public WorkModel {
        if (!(flops >= 0) || !(bytesRead >= 0) || !(bytesWritten >= 0)) {
            throw new IllegalArgumentException(
                    "work must not be negative: " + flops + " FLOPs, " + bytesRead + " B read, " + bytesWritten + " B");
        }
    }

    public double bytes() {
        return bytesRead + bytesWritten;
    }

    /** FLOPs a byte. */
    public double arithmeticIntensity() {
        return flops / bytes();
    }

    public WorkModel plus(WorkModel other) {
        return new WorkModel(flops + other.flops, bytesRead + other.bytesRead, bytesWritten + other.bytesWritten);
    }

    public WorkModel times(double count) {
        return new WorkModel(flops * count, bytesRead * count, bytesWritten * count);
    }
}
