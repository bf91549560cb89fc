package dev.ridgepoint.kernels.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Sums up comparisons of single elements and keeps the first fault. */
final class ErrorTally {
    private long compared;
    private long nonFinite;
    private double maxAbs;
    private double maxRel;
    private double worstShare;
    private double largestAllowed;
    private double squaredError;
    private double squaredReference;
    private double squaredGot;
    private double product;
    private String firstMismatch;
    private final List<DoubleSupplier> squaresOfAlike = new ArrayList<>();

    /** Words for the place of an element, made only when they are needed. */
    interface Place {
        String of(long row, int col);
    }

    /** Compares one element; NaN is met by NaN alone, an infinity by itself. */
    void compare(double expected, double allowed, double got, Place place, long row, int col) {
        compared++;
        largestAllowed = Math.max(largestAllowed, allowed);
        if (!Double.isFinite(expected)) {
            if (Double.compare(expected, got) != 0) {
                fail(() -> place.of(row, col) + ": expected " + expected + ", got " + got);
            }
            return;
        }
        if (!Double.isFinite(got)) {
            nonFinite++;
            fail(() -> place.of(row, col) + ": expected " + expected + ", got " + got);
            return;
        }
        double error = Math.abs(got - expected);
        if (error > 0) {
            maxAbs = Math.max(maxAbs, error);
            worstShare = Math.max(worstShare, error / allowed);
            if (expected != 0) {
                maxRel = Math.max(maxRel, error / Math.abs(expected));
            }
        }
        squaredError += error * error;
        squaredReference += expected * expected;
        squaredGot += got * got;
        product += expected * got;
        // Where what is allowed is no number nothing is.
        if (!(error <= allowed)) {
            fail(() -> place.of(row, col) + ": expected " + expected + ", got " + got + " (allowed error " + allowed
                    + ")");
        }
    }

    /**
     * Notes elements that are bit for bit what was expected.
     *
     * @param squares sum of the squares of those that are finite, asked for only where others differ
     */
    void alike(long count, DoubleSupplier squares) {
        compared += count;
        squaresOfAlike.add(squares);
    }

    /** Notes an output that was not compared and is NaN or infinite where the oracle's is not. */
    void nonFinite(double got, Place place, long row, int col) {
        nonFinite++;
        fail(() -> place.of(row, col) + ": expected a finite number, got " + got);
    }

    /** Notes a fault; the first one is kept, and its words are made only then. */
    void fail(Supplier<String> mismatch) {
        if (firstMismatch == null) {
            firstMismatch = mismatch.get();
        }
    }

    Verdict verdict(String method, String toleranceSource, double missProbability, double missSize) {
        if (squaredError > 0) {
            squaresOfAlike.forEach(squares -> addAlike(squares.getAsDouble()));
            squaresOfAlike.clear();
        }
        return new Verdict(
                firstMismatch == null,
                method,
                compared,
                1,
                missProbability,
                maxAbs,
                maxRel,
                compared == 0 ? 0 : Math.sqrt(squaredError / compared),
                ratio(Math.sqrt(squaredError), Math.sqrt(squaredReference)),
                cosine(),
                squaredError == 0 ? null : 10 * Math.log10(squaredReference / squaredError),
                nonFinite,
                largestAllowed,
                toleranceSource,
                firstMismatch,
                missSize,
                worstShare);
    }

    private void addAlike(double squares) {
        squaredReference += squares;
        squaredGot += squares;
        product += squares;
    }

    private double cosine() {
        return squaredError == 0 ? 1 : ratio(product, Math.sqrt(squaredReference) * Math.sqrt(squaredGot));
    }

    /** Nothing of nothing is nothing. */
    private static double ratio(double part, double whole) {
        return part == 0 ? 0 : part / whole;
    }
}
