package dev.ridgepoint.kernels.oracle;

/**
 * One element of an LSTM cell in double, and what an error of a unit at every step does to it: errors of a gate's sum are
 * relative to its terms and reach the gate through its slope; functions, products and sums add a unit each of their own.
 */
final class CellOracle {
    /** A function and the products its result goes through. */
    private static final double FUNCTION = 2;

    private final double h;
    private final double c;
    private final double hSensitivity;
    private final double cSensitivity;

    /** A gate before its function: the sum of its terms and of their magnitudes. */
    record Gate(double sum, double magnitude) {
        static Gate of(float x, float h, float bias) {
            return new Gate(
                    (double) x + h + bias, Math.abs((double) x) + Math.abs((double) h) + Math.abs((double) bias));
        }

        /** 0 to 1. */
        double sigmoid() {
            return 1 / (1 + Math.exp(-sum));
        }

        /** What errors of the sum do to the sigmoid, relative to it; nothing where it is saturated. */
        double sigmoidError() {
            double slope = 1 - sigmoid();
            return FUNCTION + (slope == 0 || !Double.isFinite(magnitude) ? 0 : slope * magnitude);
        }

        double tanh() {
            return Math.tanh(sum);
        }

        /** What errors of the sum do to the tangent. */
        double tanhError() {
            double slope = 1 - tanh() * tanh();
            return FUNCTION * Math.abs(tanh()) + (slope == 0 || !Double.isFinite(magnitude) ? 0 : slope * magnitude);
        }
    }

    CellOracle(Gate input, Gate forget, Gate candidate, Gate output, float state) {
        double kept = forget.sigmoid() * state;
        double added = input.sigmoid() * candidate.tanh();
        c = kept + added;
        cSensitivity = Math.abs(kept) * forget.sigmoidError()
                + Math.abs(added) * input.sigmoidError()
                + input.sigmoid() * candidate.tanhError()
                + Math.abs(c);
        double shown = Math.tanh(c);
        h = output.sigmoid() * shown;
        double slope = 1 - shown * shown;
        // Of an infinite state the tangent is 1, whatever the state is off.
        hSensitivity = Math.abs(h) * (output.sigmoidError() + FUNCTION)
                + (slope == 0 ? 0 : output.sigmoid() * slope * cSensitivity);
    }

    double h() {
        return h;
    }

    double c() {
        return c;
    }

    double hSensitivity() {
        return hSensitivity;
    }

    double cSensitivity() {
        return cSensitivity;
    }
}
