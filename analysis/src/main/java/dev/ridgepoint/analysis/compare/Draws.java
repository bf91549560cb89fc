package dev.ridgepoint.analysis.compare;

/**
 * Draws the same numbers as {@code java.util.SplittableRandom} of the same seed (Steele, Lea, Flood 2014, "Fast splittable
 * pseudorandom number generators", doi 10.1145/2660193.2660195), without its way through interfaces: a comparison draws a
 * hundred million.
 */
final class Draws {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    Draws(long seed) {
        state = seed;
    }

    /** From 0 up to and without {@code bound}, which is positive. */
    int next(int bound) {
        int drawn = next32();
        int most = bound - 1;
        if ((bound & most) == 0) {
            return drawn & most;
        }
        // Numbers above the last whole multiple of the bound would favour small results, and are drawn again.
        int positive = drawn >>> 1;
        int result = positive % bound;
        while (positive + most - result < 0) {
            positive = next32() >>> 1;
            result = positive % bound;
        }
        return result;
    }

    private int next32() {
        state += GAMMA;
        long mixed = (state ^ (state >>> 33)) * 0x62a9d9ed799705f5L;
        return (int) (((mixed ^ (mixed >>> 28)) * 0xcb24d0a5c88c35b3L) >>> 32);
    }
}
