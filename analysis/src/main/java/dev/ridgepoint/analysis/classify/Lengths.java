package dev.ridgepoint.analysis.classify;

import java.util.ArrayList;
import java.util.List;

/**
 * How probable a count of tokens (or sequences) is in one story: named sizes, powers of two, and any number with equal
 * weight an octave.
 */
final class Lengths {
    /** Any number may turn up somewhere: keeps a length nobody thought of from refuting a story. */
    private static final double ANYWHERE = 1e-3;

    private static final double ANYWHERE_OCTAVES = 40;

    private record Atom(long length, double share) {}

    private record Range(long low, long high, double share, double powers, double of64) {
        double of(long length) {
            if (length < low || length > high) {
                return 0;
            }
            double part = perOctave(length) / Math.max(1e-9, log2(high + 1.0) - log2(low));
            double any = (1 - powers - of64) * part;
            double round = Long.bitCount(length) == 1 ? powers / powersOfTwo() : 0;
            double multiple = length % 64 == 0 ? of64 * 64 * part : 0;
            return share * (any + round + multiple);
        }

        private double powersOfTwo() {
            return Math.max(1, Math.floor(log2(high)) - Math.ceil(log2(low)) + 1);
        }
    }

    private final List<Atom> atoms = new ArrayList<>();
    private final List<Range> ranges = new ArrayList<>();

    private Lengths() {}

    static Lengths none() {
        return new Lengths();
    }

    /** Adds a size with a share of its own. */
    Lengths atom(long length, double share) {
        atoms.add(new Atom(length, share));
        return this;
    }

    /** Adds {@code share} over {@code low..high}, {@code powers} of it on powers of two. */
    Lengths range(long low, long high, double share, double powers) {
        return range(low, high, share, powers, 0);
    }

    /** As above, with a further part on multiples of 64. */
    Lengths range(long low, long high, double share, double powers, double of64) {
        ranges.add(new Range(low, high, share, powers, of64));
        return this;
    }

    /** Probability of exactly this length. */
    double of(long length) {
        double p = ANYWHERE * perOctave(length) / ANYWHERE_OCTAVES;
        for (Atom atom : atoms) {
            p += atom.length == length ? atom.share : 0;
        }
        for (Range range : ranges) {
            p += range.of(length);
        }
        return p;
    }

    /** The part of an octave that one whole number takes. */
    private static double perOctave(long length) {
        return log2(length + 1.0) - log2(length);
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
