package dev.ridgepoint.results.validate;

/** Equality of figures that were computed twice: orders of summation and JDKs differ in the last places. */
final class Close {
    private static final double RELATIVE = 1e-9;

    private Close() {}

    static boolean enough(double left, double right) {
        return Math.abs(left - right) <= RELATIVE * Math.max(Math.abs(left), Math.abs(right));
    }

    /** Whether {@code small} is at most {@code large}, give or take the last places. */
    static boolean atMost(double small, double large) {
        return small <= large || enough(small, large);
    }
}
