package dev.ridgepoint.results;

/**
 * What the gate saw on the buffers that were timed: the worst over all of them, before and after timing.
 *
 * @param passed whether every checked element was within tolerance
 * @param method {@code full}, {@code bit-exact}, {@code boundary+rows+projections} or {@code device-fp64}
 * @param checkedElements outputs compared one by one
 * @param buffers sets of buffers checked
 * @param missProbability chance that a single wrong element went unseen, 0 for a full comparison
 * @param maxAbs largest absolute error; NaN or infinite where an output is, and null with a reason in files
 * @param sqnrDb signal to quantisation noise in decibels; null where there is no noise
 * @param tolerance allowed error, in the unit {@code toleranceKind} names
 * @param toleranceKind what the tolerance bounds, in the words of {@code precision.Tolerance}
 * @param toleranceSource where the tolerance comes from
 * @param nonFinite NaN and infinite outputs where the oracle has none
 */
public record Correctness(
        boolean passed,
        String method,
        long checkedElements,
        int buffers,
        double missProbability,
        double maxAbs,
        double maxRel,
        double rmse,
        double relFrobenius,
        double cosine,
        Double sqnrDb,
        long nonFinite,
        double tolerance,
        String toleranceKind,
        String toleranceSource) {}
