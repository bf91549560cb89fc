package dev.ridgepoint.analysis.tensor;

/**
 * What a format did to a tensor, over the elements that are finite before and after.
 *
 * @param format the format
 * @param bits an element takes, scales included
 * @param maxAbs largest absolute error
 * @param rms root mean square error
 * @param relative Frobenius norm of the error over that of the tensor; NaN for a tensor of zeros
 * @param sqnrDb signal to quantisation noise in decibels; infinite without noise
 * @param cosine of the angle between the tensor before and after; NaN where one is zero
 * @param saturated share of the elements beyond the numbers of their group by more than half a step: clipped, not rounded
 * @param underflowed share of the elements that were not zero and are now
 * @param lost elements that were finite and are not any more
 */
public record StorageError(
        StorageFormat format,
        double bits,
        double maxAbs,
        double rms,
        double relative,
        double sqnrDb,
        double cosine,
        double saturated,
        double underflowed,
        long lost) {}
