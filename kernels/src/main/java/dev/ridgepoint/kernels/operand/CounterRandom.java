package dev.ridgepoint.kernels.operand;

/**
 * Random bits by number: SplitMix64 started at a key made of seed and stream name, any of whose outputs can be had
 * without those before it, so that a device can fill its own memory with the very same values.
 *
 * <p>{@code bits(i) = mix(key + (i + 1) * 0x9E3779B97F4A7C15)} with {@code key = mix(seed + fnv1a64(stream))}, all
 * modulo 2^64, and {@code mix} the finaliser of SplitMix64.
 */
public final class CounterRandom {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final long key;

    private CounterRandom(long key) {
        this.key = key;
    }

    /** The stream of that seed and name. */
    public static CounterRandom of(long seed, String stream) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < stream.length(); i++) {
            hash = (hash ^ stream.charAt(i)) * 0x100000001B3L;
        }
        return new CounterRandom(mix(seed + hash));
    }

    /** The 64 bits of that number. */
    public long bits(long counter) {
        return mix(key + (counter + 1) * GAMMA);
    }

    /** A whole number in [0, bound), from the upper half of the bits of that number; the bias is below bound / 2^32. */
    public int below(int bound, long counter) {
        return (int) ((bits(counter) >>> 32) * bound >>> 32);
    }

    private static long mix(long z) {
        long y = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
        return y ^ (y >>> 31);
    }
}
