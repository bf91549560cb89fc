package dev.ridgepoint.kernels.precision;

/**
 * How a microscaling block gets its E8M0 scale. The three published rules give different scales for the same block;
 * they agree that a block with a NaN or an infinity has the scale NaN, and an all-zero one 2^-127.
 */
public enum MxScaleRule {
    /**
     * 2^(floor(log2 absMax) - emax), emax being the exponent of the type's largest number: the OCP specification's own
     * (section 6.3) and torchao's default. Elements above the largest number saturate: absMax = 1.9 * 2^8 in e4m3.
     */
    FLOOR {
        @Override
        int code(float absMax, MiniFloat element) {
            return clamped(exponentField(absMax) - maxExponent(element));
        }
    },
    /**
     * The power of two at or above {@code absMax * (1 / largest)}, so that nothing saturates: NVIDIA's. Dividing by 448
     * or 6 would give the same.
     */
    RCEIL {
        @Override
        int code(float absMax, MiniFloat element) {
            int bits = Float.floatToRawIntBits(absMax * (1 / element.maxFinite()));
            int exponent = bits >>> 23;
            // Code 0 is 2^-127, which among fp32's subnormals is 0x400000.
            int exact = exponent == 0 ? 0x0040_0000 : exponent << 23;
            return clamped(bits > exact ? exponent + 1 : exponent);
        }
    },
    /** As FLOOR, of absMax first rounded to the element's significand, halves up: torchao's EVEN. */
    EVEN {
        @Override
        int code(float absMax, MiniFloat element) {
            int halfStep = 1 << (23 - element.significandBits() - 1);
            float rounded = Float.intBitsToFloat(Float.floatToRawIntBits(absMax) + halfStep);
            return Float.isFinite(rounded) ? clamped(exponentField(rounded) - maxExponent(element)) : E8m0.NAN;
        }
    };

    /** The code for a block with this largest magnitude, which is finite. */
    abstract int code(float absMax, MiniFloat element);

    private static int exponentField(float value) {
        return Float.floatToRawIntBits(value) >>> 23;
    }

    private static int maxExponent(MiniFloat element) {
        return Math.getExponent(element.maxFinite());
    }

    private static int clamped(int code) {
        return Math.max(0, Math.min(254, code));
    }
}
