package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;

/**
 * What an operand holds of NaN and infinities under a distribution that has any: so much that a kernel that spreads or swallows
 * them is found, and not so much that every output is NaN, which nothing wrong could be told from.
 */
public enum Specials {
    /** Rows with a NaN, with an infinity and with a negative one, each once among the adversarial kinds of row. */
    ROWS {
        @Override
        Specials in(QuantFormat format) {
            if (!QuantCodecs.of(format).takesNonFinite()) {
                return NONE;
            }
            return oneScale(format) ? NAN_ROWS : this;
        }
    },
    /** Rows with a NaN alone: an infinity would make the one scale of a whole matrix infinite, and everything NaN. */
    NAN_ROWS,
    /** One row of each in all: a key that is no number takes every row with it that sees it. */
    FEW {
        @Override
        Specials in(QuantFormat format) {
            return oneScale(format) ? ONE_NAN : this;
        }
    },
    /** One row with a NaN, for both reasons. */
    ONE_NAN,
    /** A NaN in the first row, and usual rows besides: a layer's first token is one that all see that see any. */
    FIRST_ROW,
    /** Usual rows alone. */
    USUAL_ROWS,
    /** Finite values alone, adversarial ones too. */
    NONE;

    /** The same of an operand that is stored in that format. */
    Specials in(QuantFormat format) {
        return this;
    }

    private static boolean oneScale(QuantFormat format) {
        return format == QuantFormat.NVFP4 || format.granularity().equals(Granularity.PER_TENSOR);
    }
}
