package dev.ridgepoint.kernels.precision;

import java.util.Arrays;

/**
 * The second opinion on narrow floats: lists the magnitudes of all codes as doubles, each worked out from its fields by
 * the textbook, and rounds by searching the list. Shares no arithmetic with the codecs.
 */
final class NearestSearch {
    static final NearestSearch FP16 = new NearestSearch(5, 10, 15, Top.INFINITY_AND_NAN, false);
    static final NearestSearch BF16 = new NearestSearch(8, 7, 127, Top.INFINITY_AND_NAN, false);
    static final NearestSearch E4M3 = new NearestSearch(4, 3, 7, Top.ONE_NAN, true);
    static final NearestSearch E5M2 = new NearestSearch(5, 2, 15, Top.INFINITY_AND_NAN, true);
    static final NearestSearch E2M1 = new NearestSearch(2, 1, 1, Top.NUMBERS, true);

    /** What the codes with the highest exponent mean. */
    private enum Top {
        INFINITY_AND_NAN,
        ONE_NAN,
        NUMBERS
    }

    private final int bits;
    private final boolean saturates;
    /** Magnitudes of all finite codes, ascending: the code is the index. */
    private final double[] magnitudes;

    private NearestSearch(int exponentBits, int significandBits, int bias, Top top, boolean saturates) {
        this.bits = 1 + exponentBits + significandBits;
        this.saturates = saturates;
        int perExponent = (int) Math.pow(2, significandBits);
        int all = (int) Math.pow(2, exponentBits) * perExponent;
        int finite = switch (top) {
            case INFINITY_AND_NAN -> all - perExponent;
            case ONE_NAN -> all - 1;
            case NUMBERS -> all;
        };
        magnitudes = new double[finite];
        for (int code = 0; code < finite; code++) {
            double fraction = (code % perExponent) / (double) perExponent;
            int exponent = code / perExponent;
            magnitudes[code] =
                    exponent == 0 ? fraction * Math.pow(2, 1 - bias) : (1 + fraction) * Math.pow(2, exponent - bias);
        }
    }

    int bits() {
        return bits;
    }

    int finiteCodes() {
        return magnitudes.length;
    }

    /** The value of a finite code without its sign. */
    double magnitude(int code) {
        return magnitudes[code];
    }

    double largest() {
        return magnitudes[magnitudes.length - 1];
    }

    /** The code of a number that is not NaN; ties go to the code with last bit 0. */
    int encode(double value) {
        int sign = (value < 0 || 1 / value < 0 ? 1 : 0) << (bits - 1);
        double magnitude = Math.abs(value);
        int found = Arrays.binarySearch(magnitudes, magnitude);
        if (found >= 0) {
            return sign | found;
        }
        int above = -found - 1;
        if (above == magnitudes.length) {
            return sign | beyond(magnitude);
        }
        double toBelow = magnitude - magnitudes[above - 1];
        double toAbove = magnitudes[above] - magnitude;
        boolean up = toAbove < toBelow || (toAbove == toBelow && above % 2 == 0);
        return sign | (up ? above : above - 1);
    }

    /** As if one more number followed the largest: nearer to that one, or as near, is infinity. */
    private int beyond(double magnitude) {
        double next = 2 * largest() - magnitudes[magnitudes.length - 2];
        boolean stays = saturates || magnitude < (largest() + next) / 2;
        return stays ? magnitudes.length - 1 : magnitudes.length;
    }
}
