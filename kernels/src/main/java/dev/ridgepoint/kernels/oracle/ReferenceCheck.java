package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.precision.Tolerance;

/**
 * Every element of an output against a reference from elsewhere, which is itself held against the oracle wherever that has
 * computed an element: a reference that is wrong there fails the output, whatever that is.
 */
final class ReferenceCheck implements AutoCloseable {
    /** Of the verdict. */
    static final String METHOD = "device-fp64";
    /** How far reference and oracle may lie apart, both in fp64, as a share of what is allowed to an output. */
    private static final double AGREES = 1e-3;

    private final ReferenceRows reference;
    private final ToleranceExpectation.Output output;
    private final ScoreTolerance tolerance;
    private final ExpectedElements oracle;
    private final ReferenceRows.Sums sums;
    private int first;

    /** @param mostRows that are asked for at once */
    ReferenceCheck(
            ReferenceRows reference,
            ToleranceExpectation.Output output,
            ScoreTolerance tolerance,
            ExpectedElements oracle,
            int mostRows) {
        this.reference = reference;
        this.output = output;
        this.tolerance = tolerance;
        this.oracle = oracle;
        this.sums = ReferenceRows.Sums.of(mostRows, oracle.sample().cols());
    }

    /** Rows from here on are compared next. */
    void turnTo(int firstRow, int rows) {
        first = firstRow;
        reference.read(firstRow, rows, sums);
    }

    void row(int row, float[] got, ErrorTally tally) {
        int start = (row - first) * got.length;
        Tolerance ofRow = tolerance.ofScore(sums.scores()[row - first]);
        for (int col = 0; col < got.length; col++) {
            int at = start + col;
            double sum = sums.values()[at];
            float allowed = ExpectedElements.allowed(ofRow, sum, sums.magnitudes()[at], sums.squares()[at]);
            output.compare(sum, allowed, got[col], row, col, tally);
        }
        int[] known = oracle.sample().colsOf(row);
        for (int nth = 0; nth < known.length; nth++) {
            int col = known[nth];
            double exact = oracle.value(row, nth);
            double claimed = sums.values()[start + col];
            if (Double.compare(exact, claimed) != 0
                    && !(Math.abs(exact - claimed) <= AGREES * oracle.allowed(row, nth))) {
                tally.fail(() -> "the reference on the device is wrong at " + output.of(row, col) + ": the oracle has "
                        + exact + ", the reference " + claimed);
            }
        }
    }

    @Override
    public void close() {
        reference.close();
    }
}
