package dev.ridgepoint.kernels.precision;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/** One output element as an oracle sees it, by its terms; and how simulated machines add them up. */
record Sum(double[] terms) {
    double total() {
        double total = 0;
        for (double term : terms) {
            total += term;
        }
        return total;
    }

    double abs() {
        double sum = 0;
        for (double term : terms) {
            sum += Math.abs(term);
        }
        return sum;
    }

    double root() {
        double squares = 0;
        for (double term : terms) {
            squares += term * term;
        }
        return Math.sqrt(squares);
    }

    /** Error as a fraction of what is allowed. */
    double strain(Tolerance tolerance, double result) {
        return Math.abs(result - total()) / tolerance.allowed(total(), abs(), root());
    }

    static Sum random(DType type, int k, DoubleUnaryOperator shape, SplittableRandom random) {
        double[] terms = new double[k];
        for (int i = 0; i < k; i++) {
            double a = FloatCodec.round(type, (float) shape.applyAsDouble(random.nextGaussian()));
            terms[i] = a * FloatCodec.round(type, (float) shape.applyAsDouble(random.nextGaussian()));
        }
        return new Sum(terms);
    }

    /** Rounds to {@code bits} significant bits, to nearest or towards zero. */
    private static double keep(double value, int bits, boolean truncate) {
        if (value == 0) {
            return 0;
        }
        double unit = Math.scalb(1.0, Math.getExponent(value) - bits + 1);
        double scaled = value / unit;
        return unit * (truncate ? (scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled)) : Math.rint(scaled));
    }

    double toNearest(int bits) {
        double running = 0;
        for (double term : terms) {
            running = keep(running + term, bits, false);
        }
        return running;
    }

    /** Products of a block aligned to the largest and cut, added, and the running sum cut. */
    double tensorCore(Accumulator machine) {
        double running = 0;
        for (int from = 0; from < terms.length; from += machine.block()) {
            int to = Math.min(terms.length, from + machine.block());
            double largest = 0;
            for (int i = from; i < to; i++) {
                largest = Math.max(largest, Math.abs(terms[i]));
            }
            double unit = Math.scalb(1.0, Math.getExponent(largest) - machine.bits() + 1);
            double block = 0;
            for (int i = from; i < to; i++) {
                double scaled = terms[i] / unit;
                block += unit * (scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled));
            }
            running = keep(running + block, machine.bits(), true);
        }
        return running;
    }
}
