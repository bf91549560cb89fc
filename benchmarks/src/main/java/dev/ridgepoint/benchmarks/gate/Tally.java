package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.results.Correctness;

/** Keeps the worst of all comparisons of one case. */
public final class Tally {
    private final String toleranceKind;
    private Verdict worst;

    Tally(Tolerance.Kind toleranceKind) {
        this.toleranceKind = toleranceKind.id();
    }

    /**
     * Counts a comparison.
     *
     * @param when words for the moment it was made in
     * @throws IncorrectException if it did not pass
     */
    void require(Verdict verdict, String when) {
        worst = worst == null ? verdict : worst.and(verdict);
        if (!verdict.passed()) {
            String where = verdict.firstMismatch() == null ? "" : ": " + verdict.firstMismatch();
            throw new IncorrectException("wrong result " + when + where, correctness(worst.buffers()));
        }
    }

    /** What was seen so far, said of so many sets of buffers. */
    Correctness correctness(int buffers) {
        return new Correctness(
                worst.passed(),
                worst.method(),
                worst.checkedElements(),
                buffers,
                worst.missProbability(),
                worst.maxAbs(),
                worst.maxRel(),
                worst.rmse(),
                worst.relFrobenius(),
                worst.cosine(),
                worst.sqnrDb(),
                worst.nonFinite(),
                worst.tolerance(),
                toleranceKind,
                worst.toleranceSource());
    }

    /** The worse of two, figure by figure. */
    public static Correctness worst(Correctness a, Correctness b) {
        return new Correctness(
                a.passed() && b.passed(),
                a.method(),
                a.checkedElements() + b.checkedElements(),
                Math.max(a.buffers(), b.buffers()),
                Math.max(a.missProbability(), b.missProbability()),
                Math.max(a.maxAbs(), b.maxAbs()),
                Math.max(a.maxRel(), b.maxRel()),
                Math.max(a.rmse(), b.rmse()),
                Math.max(a.relFrobenius(), b.relFrobenius()),
                Math.min(a.cosine(), b.cosine()),
                lower(a.sqnrDb(), b.sqnrDb()),
                a.nonFinite() + b.nonFinite(),
                Math.max(a.tolerance(), b.tolerance()),
                a.toleranceKind(),
                a.toleranceSource());
    }

    private static Double lower(Double a, Double b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return Math.min(a, b);
    }
}
