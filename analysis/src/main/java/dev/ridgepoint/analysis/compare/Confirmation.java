package dev.ridgepoint.analysis.compare;

/**
 * The second stage of a gate. What the first stage called, or could not tell, is run again with fresh forks that take turns,
 * until the ratio is narrow enough, and decided by the paired test on those alone: the forks that raised a suspicion are no
 * evidence for it, being chosen for it. Fresh forks are corrected together over the cases run again, which are fewer and
 * mostly quiet, so that more of what is real remains.
 *
 * <p>What it costs and finds, by simulation over real forks, stands in {@code TwoStagesTest}.
 */
public final class Confirmation {
    /** Fresh forks a side before anybody looks at a width: from five on it stops too soon, and finds less. */
    public static final int LEAST_FORKS = 10;

    /** Fresh forks a side at most, unless the user says: a case that needs more is too noisy to gate at this margin. */
    public static final int MOST_FORKS = 20;

    private Confirmation() {}

    /** Whether a first stage left this case to be run again. */
    public static boolean wanted(Verdict first) {
        return first == Verdict.SLOWER || first == Verdict.FASTER || first == Verdict.INCONCLUSIVE;
    }

    /** The rule of both stages, on a difference of mean logs and the logarithm of the margin, before cycles are asked. */
    static Verdict verdict(double difference, double q, double pEquivalent, double margin) {
        if (q <= FalseDiscovery.RATE && Math.abs(difference) > margin) {
            return difference > 0 ? Verdict.SLOWER : Verdict.FASTER;
        }
        return pEquivalent <= DetectableChange.ALPHA ? Verdict.EQUIVALENT : Verdict.INCONCLUSIVE;
    }
}
