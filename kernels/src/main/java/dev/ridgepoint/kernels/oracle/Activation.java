package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.shape.Epilogue;
import java.util.Arrays;

/** The functions of epilogues in double, and what errors of an argument and of computing in fp32 do to them. */
enum Activation {
    IDENTITY(Epilogue.BIAS) {
        @Override
        double of(double z) {
            return z;
        }

        @Override
        double slope(double z) {
            return 1;
        }

        @Override
        double sensitivity(double z) {
            return 0;
        }
    },
    GELU(Epilogue.BIAS_GELU) {
        @Override
        double of(double z) {
            return z * normal(z);
        }

        @Override
        double slope(double z) {
            return normal(z) + z * density(z);
        }

        /** The sum of 1 and the error function cancels to the left, where its error stays as large. */
        @Override
        double sensitivity(double z) {
            return OF_SUM * Math.abs(z);
        }
    },
    GELU_TANH(Epilogue.BIAS_GELU_TANH) {
        @Override
        double of(double z) {
            return z * sigmoid(twice(z));
        }

        @Override
        double slope(double z) {
            double gate = sigmoid(twice(z));
            return gate + z * gate * (1 - gate) * ROOT * (1 + 3 * Epilogue.CUBE * z * z);
        }

        /** As {@link #GELU}. */
        @Override
        double sensitivity(double z) {
            return OF_SUM * Math.abs(z);
        }

        /** Twice the argument of the tangent: (1 + tanh u) / 2 is the sigmoid of 2 u. */
        private double twice(double z) {
            return ROOT * (z + Epilogue.CUBE * z * z * z);
        }
    },
    SILU(Epilogue.BIAS_SILU) {
        @Override
        double of(double z) {
            return z * sigmoid(z);
        }

        @Override
        double slope(double z) {
            double gate = sigmoid(z);
            return gate + z * gate * (1 - gate);
        }

        /** Exponential, sum and quotient to 2 ulp and less; what the exponent is off is relative to it. */
        @Override
        double sensitivity(double z) {
            return Math.abs(of(z)) * (OF_QUOTIENT + 2 * (1 - sigmoid(z)) * Math.abs(z));
        }
    };

    /** 2 sqrt(2 / pi). */
    private static final double ROOT = 2 * Math.sqrt(2 / Math.PI);
    /** fp32 units: half of 2 ulp of an error function or a tangent, its argument, the sum with 1, three products. */
    private static final double OF_SUM = 8;

    private static final double OF_QUOTIENT = 10;
    /** No function is steeper anywhere; erf's GELU is 1.1289 at the square root of 2. */
    private static final double STEEPEST = 1.13;
    /** Beyond it the normal distribution is 0 or 1 in double. */
    private static final double NORMAL_ENDS = 9;

    private final Epilogue epilogue;

    Activation(Epilogue epilogue) {
        this.epilogue = epilogue;
    }

    /** The function of an epilogue that has one. */
    static Activation of(Epilogue epilogue) {
        return Arrays.stream(values())
                .filter(activation -> activation.epilogue == epilogue)
                .findFirst()
                .orElseThrow();
    }

    abstract double of(double z);

    abstract double slope(double z);

    /** How many fp32 units computing it costs. */
    abstract double sensitivity(double z);

    /** How far the value moves at most where the argument is off by {@code error}: no second derivative is larger than 1. */
    double moved(double z, double error) {
        return Math.min(STEEPEST * error, Math.abs(slope(z)) * error + error * error / 2);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    }

    /**
     * The normal distribution by its series, whose terms have one sign: 1/2 + density (z + z^3/3 + z^5/15 + ...), good to
     * 1e-15 (Marsaglia, Evaluating the Normal Distribution, J. Stat. Software 11, 2004).
     */
    private static double normal(double z) {
        if (!(Math.abs(z) < NORMAL_ENDS)) {
            return Double.isNaN(z) ? z : z > 0 ? 1 : 0;
        }
        double term = z;
        double sum = z;
        double before = 0;
        for (int i = 3; sum != before; i += 2) {
            before = sum;
            term *= z * z / i;
            sum += term;
        }
        return 0.5 + sum * density(z);
    }
}
