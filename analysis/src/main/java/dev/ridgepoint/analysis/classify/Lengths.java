package dev.ridgepoint.analysis.classify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How probable a count of tokens (or sequences, or rows) is in one story: named sizes, powers of two, multiples of 64, and
 * any number with equal weight an octave.
 */
final class Lengths {
    /** Any number may turn up somewhere: keeps a length nobody thought of from refuting a story. */
    private static final double ANYWHERE = 1e-3;

    private static final double ANYWHERE_OCTAVES = 40;
    private static final double LOG_2 = Math.log(2);

    /** Part of a story's counts within bounds: shares an octave, a power of two and an octave of multiples of 64. */
    private record Range(long low, long high, double anOctave, double aPower, double anOctaveOf64) {
        static Range of(long low, long high, double share, double powers, double of64) {
            double octaves = Math.max(1e-9, log2(high + 1.0) - log2(low));
            double powersOfTwo = Math.max(1, Math.floor(log2(high)) - Math.ceil(log2(low)) + 1);
            return new Range(
                    low,
                    high,
                    share * (1 - powers - of64) / octaves,
                    share * powers / powersOfTwo,
                    share * of64 * 64 / octaves);
        }

        double of(long length, double octave) {
            if (length < low || length > high) {
                return 0;
            }
            return anOctave * octave
                    + (Long.bitCount(length) == 1 ? aPower : 0)
                    + (length % 64 == 0 ? anOctaveOf64 * octave : 0);
        }
    }

    private final Map<Long, Double> atoms = new HashMap<>();
    private final List<Range> ranges = new ArrayList<>();

    private Lengths() {}

    static Lengths none() {
        return new Lengths();
    }

    /** Adds a size with a share of its own. */
    Lengths atom(long length, double share) {
        atoms.merge(length, share, Double::sum);
        return this;
    }

    /** Adds {@code share} over {@code low..high}, {@code powers} of it on powers of two. */
    Lengths range(long low, long high, double share, double powers) {
        return range(low, high, share, powers, 0);
    }

    /** As above, with a further part on multiples of 64. */
    Lengths range(long low, long high, double share, double powers, double of64) {
        ranges.add(Range.of(low, high, share, powers, of64));
        return this;
    }

    /** Part of an octave that one length is: the same for every table. */
    static double octave(long length) {
        return Math.log1p(1.0 / length) / LOG_2;
    }

    /** Probability of exactly this length. */
    double of(long length) {
        return of(length, octave(length));
    }

    /** As above, for who asks several tables about one length. */
    double of(long length, double octave) {
        double p = ANYWHERE * octave / ANYWHERE_OCTAVES + atoms.getOrDefault(length, 0.0);
        for (Range range : ranges) {
            p += range.of(length, octave);
        }
        return p;
    }

    private static double log2(double x) {
        return Math.log(x) / LOG_2;
    }
}
