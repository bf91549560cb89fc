package dev.ridgepoint.kernels.operand;

import java.util.Arrays;
import java.util.Locale;

/**
 * What the floating-point operands are filled with, before they are rounded or quantised to their stored type. All
 * are centred on zero; normal, uniform and heavy-tailed have unit variance.
 */
public enum Distribution {
    /** Standard normal, as 65,536 equally likely quantiles: what published figures are timed on. */
    NORMAL {
        @Override
        ValueStream stream(CounterRandom random, long cols) {
            return quantiles(Quantiles.normal(), random);
        }
    },
    /** Uniform on [-sqrt(3), sqrt(3)]. */
    UNIFORM {
        @Override
        ValueStream stream(CounterRandom random, long cols) {
            return quantiles(Quantiles.uniform(), random);
        }
    },
    /** Student's t with two degrees of freedom: some values are far from all others. */
    HEAVY_TAILED {
        @Override
        ValueStream stream(CounterRandom random, long cols) {
            return quantiles(Quantiles.studentT2(), random);
        }
    },
    /** Normal, with about one column in 64 thirty-two times as large, as activations of language models have them. */
    OUTLIER_CHANNELS {
        @Override
        ValueStream stream(CounterRandom random, long cols) {
            return new OutlierChannels(NORMAL.stream(random, cols), random, cols);
        }
    },
    /** Rows of finite values that find bugs: ties, subnormals, constants, zeros, cancellation, wide ranges. */
    ADVERSARIAL {
        @Override
        ValueStream stream(CounterRandom random, long cols) {
            return AdversarialRows.finite(NORMAL.stream(random, cols), cols);
        }
    },
    /** The adversarial rows and, as far as an operand's {@link Specials} go, rows with one NaN or infinity. */
    NON_FINITE {
        @Override
        ValueStream stream(CounterRandom random, long cols) {
            return stream(random, cols, Specials.ROWS);
        }

        @Override
        ValueStream stream(CounterRandom random, long cols, Specials specials) {
            return AdversarialRows.nonFinite(NORMAL.stream(random, cols), cols, specials);
        }
    };

    /** Whether values follow one another in a pattern, so that rounding errors of a sum may all be to one side. */
    public boolean patterned() {
        return this == ADVERSARIAL || this == NON_FINITE;
    }

    /** The values of an operand whose rows have that many columns. */
    abstract ValueStream stream(CounterRandom random, long cols);

    /** The same of an operand that takes no more than {@code specials} of NaN and infinities. */
    ValueStream stream(CounterRandom random, long cols, Specials specials) {
        return stream(random, cols);
    }

    /** Elements {@code first} and on of a row-major matrix of that many columns; the same seed gives the same matrix. */
    public void fill(long seed, long cols, long first, float[] target, int count) {
        stream(CounterRandom.of(seed, "tensor"), cols).fill(first, target, count);
    }

    private static ValueStream quantiles(Quantiles quantiles, CounterRandom random) {
        return (first, target, count) -> quantiles.fill(random, first, target, count);
    }

    /** The name in files and on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The distribution of that name.
     *
     * @throws IllegalArgumentException naming the distributions there are
     */
    public static Distribution parse(String id) {
        for (Distribution distribution : values()) {
            if (distribution.id().equals(id)) {
                return distribution;
            }
        }
        throw new IllegalArgumentException("distribution: unknown '" + id + "'; known: "
                + String.join(
                        ", ", Arrays.stream(values()).map(Distribution::id).toList()));
    }
}
