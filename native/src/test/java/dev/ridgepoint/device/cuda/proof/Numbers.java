package dev.ridgepoint.device.cuda.proof;

import java.util.Random;

/** Seeded inputs, bf16, and comparison with an oracle. */
final class Numbers {
    private Numbers() {}

    static float[] uniform(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return values;
    }

    static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }

    static double fromBf16(short code) {
        return Float.intBitsToFloat(code << 16);
    }

    static short[] uniformBf16(int count, long seed) {
        float[] values = uniform(count, seed);
        short[] codes = new short[count];
        for (int i = 0; i < count; i++) {
            codes[i] = toBf16(values[i]);
        }
        return codes;
    }

    /** {@code C[m, n] = A[m, k] B[k, n]}. */
    static double[] product(double[] a, double[] b, int m, int n, int k) {
        double[] c = new double[m * n];
        for (int i = 0; i < m; i++) {
            for (int l = 0; l < k; l++) {
                for (int j = 0; j < n; j++) {
                    c[i * n + j] += a[i * k + l] * b[l * n + j];
                }
            }
        }
        return c;
    }

    static double[] exact(float[] values) {
        double[] same = new double[values.length];
        for (int i = 0; i < same.length; i++) {
            same[i] = values[i];
        }
        return same;
    }

    static double[] exact(short[] bf16) {
        double[] same = new double[bf16.length];
        for (int i = 0; i < same.length; i++) {
            same[i] = fromBf16(bf16[i]);
        }
        return same;
    }

    /** Throws at the first element that is farther from the oracle's than that; NaN is far from everything. */
    static void requireClose(float[] actual, double[] expected, double tolerance) {
        for (int i = 0; i < expected.length; i++) {
            if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
                throw new AssertionError("element " + i + " is " + actual[i] + ", expected " + expected[i]);
            }
        }
    }
}
