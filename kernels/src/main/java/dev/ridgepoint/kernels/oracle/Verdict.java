package dev.ridgepoint.kernels.oracle;

/**
 * What a comparison of one set of outputs with the oracle found.
 *
 * <p>Errors are those of the elements compared one by one where both sides are finite; where outputs must equal the
 * oracle's bit for bit, elements are taken as numbers of their stored type, packed codes as bytes.
 *
 * @param passed whether everything checked was within tolerance
 * @param method {@code full}, {@code bit-exact}, {@code boundary+rows}, {@code boundary+rows+projections}, {@code each
 *     step}, {@code each step and the whole} or {@code device-fp64}: all against a reference on the device, and that
 *     against the oracle's sample
 * @param checkedElements outputs compared one by one
 * @param buffers sets of outputs this speaks of
 * @param missProbability chance that one wrong element, anywhere with equal probability and wrong by {@code missSize} or
 *     more, goes unseen; 0 where every element is compared
 * @param maxRel largest |error| / |reference| where the reference is not 0
 * @param sqnrDb 10 log10(sum of squared reference / sum of squared error), null where there is no error at all
 * @param nonFinite NaN and infinite outputs where the oracle has none
 * @param tolerance largest absolute error allowed to any element compared
 * @param toleranceSource where the tolerance comes from
 * @param firstMismatch place, expected and got of the first fault, or null
 * @param missSize the error that {@code missProbability} speaks of: the RMS of the reference, as if an element had been
 *     left at zero or taken from elsewhere; 0 where no error beyond tolerance escapes the elements compared
 * @param worstShare largest error as a share of what was allowed to its element; 1 and less pass
 */
public record Verdict(
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
        String toleranceSource,
        String firstMismatch,
        double missSize,
        double worstShare) {

    /** The worse of two verdicts on the same problem, field by field; passed only if both are. */
    public Verdict and(Verdict other) {
        return new Verdict(
                passed && other.passed,
                method,
                checkedElements + other.checkedElements,
                buffers + other.buffers,
                Math.max(missProbability, other.missProbability),
                Math.max(maxAbs, other.maxAbs),
                Math.max(maxRel, other.maxRel),
                Math.max(rmse, other.rmse),
                Math.max(relFrobenius, other.relFrobenius),
                Math.min(cosine, other.cosine),
                lower(sqnrDb, other.sqnrDb),
                nonFinite + other.nonFinite,
                Math.max(tolerance, other.tolerance),
                toleranceSource,
                firstMismatch == null ? other.firstMismatch : firstMismatch,
                Math.max(missSize, other.missSize),
                Math.max(worstShare, other.worstShare));
    }

    /** The same, said of so many sets. */
    Verdict of(int sets) {
        return new Verdict(
                passed,
                method,
                checkedElements,
                sets,
                missProbability,
                maxAbs,
                maxRel,
                rmse,
                relFrobenius,
                cosine,
                sqnrDb,
                nonFinite,
                tolerance,
                toleranceSource,
                firstMismatch,
                missSize,
                worstShare);
    }

    /** The same, its first fault said to be there. */
    Verdict at(String place) {
        return firstMismatch == null ? this : with(passed, method, toleranceSource, place + ": " + firstMismatch);
    }

    /** The same, found in another way and held to another rule. */
    Verdict by(String otherMethod, String otherSource) {
        return with(passed, otherMethod, otherSource, firstMismatch);
    }

    /** The same, passed only if a comparison of the whole passed too; its elements were counted before. */
    Verdict andWhole(Verdict whole) {
        return with(
                passed && whole.passed,
                method + " and the whole",
                toleranceSource,
                firstMismatch == null ? whole.firstMismatch : firstMismatch);
    }

    private Verdict with(boolean otherPassed, String otherMethod, String otherSource, String otherMismatch) {
        return new Verdict(
                otherPassed,
                otherMethod,
                checkedElements,
                buffers,
                missProbability,
                maxAbs,
                maxRel,
                rmse,
                relFrobenius,
                cosine,
                sqnrDb,
                nonFinite,
                tolerance,
                otherSource,
                otherMismatch,
                missSize,
                worstShare);
    }

    private static Double lower(Double left, Double right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return Math.min(left, right);
    }
}
