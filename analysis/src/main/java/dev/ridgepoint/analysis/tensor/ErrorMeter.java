package dev.ridgepoint.analysis.tensor;

/** Adds up what a format does to one chunk after another. */
final class ErrorMeter {
    private final HalfStep halfStep;
    private long elements;
    private long compared;
    private long lost;
    private long saturated;
    private long underflowed;
    private double maxAbs;
    private double noise;
    private double signal;
    private double after;
    private double product;

    ErrorMeter(HalfStep halfStep) {
        this.halfStep = halfStep;
    }

    /**
     * Takes a chunk.
     *
     * @param top what each element could be at most
     * @param bottom what each element could be at least
     */
    void add(float[] before, float[] stored, float[] top, float[] bottom, int count) {
        double chunkNoise = 0;
        double chunkSignal = 0;
        double chunkAfter = 0;
        double chunkProduct = 0;
        for (int i = 0; i < count; i++) {
            double x = before[i];
            double y = stored[i];
            if (!Double.isFinite(x)) {
                continue;
            }
            if (beyond(x, top[i], bottom[i])) {
                saturated++;
            }
            if (!Double.isFinite(y)) {
                lost++;
                continue;
            }
            compared++;
            underflowed += x != 0 && y == 0 ? 1 : 0;
            maxAbs = Math.max(maxAbs, Math.abs(y - x));
            chunkNoise += (y - x) * (y - x);
            chunkSignal += x * x;
            chunkAfter += y * y;
            chunkProduct += x * y;
        }
        elements += count;
        noise += chunkNoise;
        signal += chunkSignal;
        after += chunkAfter;
        product += chunkProduct;
    }

    /** The sign of a scale may be negative, as in GGUF, and then the ends change places. */
    private boolean beyond(double x, double oneEnd, double otherEnd) {
        double high = Math.max(oneEnd, otherEnd);
        double low = Math.min(oneEnd, otherEnd);
        return x > high + halfStep.of(high, high - low) || x < low - halfStep.of(low, high - low);
    }

    StorageError of(StorageFormat format, double bits) {
        return new StorageError(
                format,
                bits,
                compared == 0 ? Double.NaN : maxAbs,
                compared == 0 ? Double.NaN : Math.sqrt(noise / compared),
                Math.sqrt(noise / signal),
                10 * Math.log10(signal / noise),
                Math.min(1, product / Math.sqrt(signal * after)),
                (double) saturated / elements,
                (double) underflowed / elements,
                lost);
    }
}
