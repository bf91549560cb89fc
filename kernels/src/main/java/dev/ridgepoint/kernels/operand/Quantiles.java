package dev.ridgepoint.kernels.operand;

import java.util.function.DoubleUnaryOperator;

/**
 * A distribution as 65,536 equally likely values: its quantiles at {@code (i + 1/2) / 65536}, scaled so that the
 * table's variance is 1. Four values need one draw of 64 bits.
 *
 * <p>Tables are made of IEEE operations and {@link StrictMath} alone, so every JVM makes the same bits.
 */
final class Quantiles {
    static final int SIZE = 1 << 16;

    private final float[] table;

    private Quantiles(float[] table) {
        this.table = table;
    }

    /** The standard normal distribution; the outermost quantiles lie at +-4.3. */
    static Quantiles normal() {
        return Lazy.NORMAL;
    }

    /** The uniform distribution, on [-sqrt(3), sqrt(3)]. */
    static Quantiles uniform() {
        return Lazy.UNIFORM;
    }

    /** Student's t with two degrees of freedom, whose tails fall as the third power. */
    static Quantiles studentT2() {
        return Lazy.STUDENT_T2;
    }

    private static final class Lazy {
        private static final Quantiles NORMAL = of(new NormalQuantile());
        private static final Quantiles UNIFORM = of(p -> p - 0.5);
        private static final Quantiles STUDENT_T2 = of(p -> (2 * p - 1) / Math.sqrt(2 * p * (1 - p)));
    }

    /** Fills the upper half from a symmetric distribution's quantile function, called with growing p, and mirrors it. */
    private static Quantiles of(DoubleUnaryOperator quantile) {
        double[] upper = new double[SIZE / 2];
        double squares = 0;
        for (int i = 0; i < upper.length; i++) {
            upper[i] = quantile.applyAsDouble((SIZE / 2 + i + 0.5) / SIZE);
            squares += upper[i] * upper[i];
        }
        double scale = Math.sqrt(upper.length / squares);
        float[] table = new float[SIZE];
        for (int i = 0; i < upper.length; i++) {
            table[SIZE / 2 + i] = (float) (upper[i] * scale);
            table[SIZE / 2 - 1 - i] = -table[SIZE / 2 + i];
        }
        return new Quantiles(table);
    }

    /** Solves Phi(x) = p by Newton's method from the last solution on; p must not shrink from call to call. */
    private static final class NormalQuantile implements DoubleUnaryOperator {
        private double x;

        @Override
        public double applyAsDouble(double p) {
            for (int step = 0; step < 4; step++) {
                double density = StrictMath.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
                x += (p - 0.5 - density * seriesOverDensity(x)) / density;
            }
            return x;
        }

        /** (Phi(x) - 1/2) / phi(x) = x + x^3/3 + x^5/(3*5) + ... */
        private static double seriesOverDensity(double x) {
            double term = x;
            double sum = x;
            for (int odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
                term *= x * x / odd;
                sum += term;
            }
            return sum;
        }
    }

    /** Element {@code i} is the table's entry at bits {@code 16 * (i % 4)} of the draw {@code i / 4}. */
    void fill(CounterRandom random, long first, float[] target, int count) {
        int done = 0;
        while (done < count && (first + done) % 4 != 0) {
            target[done] = at(random, first + done);
            done++;
        }
        long draw = (first + done) / 4;
        for (; done + 4 <= count; done += 4) {
            long bits = random.bits(draw++);
            target[done] = table[(int) bits & 0xFFFF];
            target[done + 1] = table[(int) (bits >>> 16) & 0xFFFF];
            target[done + 2] = table[(int) (bits >>> 32) & 0xFFFF];
            target[done + 3] = table[(int) (bits >>> 48)];
        }
        for (; done < count; done++) {
            target[done] = at(random, first + done);
        }
    }

    private float at(CounterRandom random, long index) {
        return table[(int) (random.bits(index / 4) >>> (16 * (index % 4))) & 0xFFFF];
    }
}
