package dev.ridgepoint.analysis.compare;

import java.util.ArrayList;
import java.util.List;

/**
 * The second stage of a gate. What the first stage called, or could not tell, is run again with fresh forks and decided
 * on those alone: the forks that raised a suspicion are no evidence for it, being chosen for it. Fresh forks are
 * corrected together over the cases run again, which are fewer and mostly quiet, so that more of what is real remains.
 *
 * <p>What it costs and finds, by simulation over real forks, stands in {@code TwoStagesTest}.
 */
public final class Confirmation {
    /** Fresh forks a side at least: fewer find less than one stage alone. */
    public static final int LEAST_FORKS = 10;

    /** Fresh forks a side at most: a case that needs more is too noisy to gate at this margin. */
    public static final int MOST_FORKS = 20;

    /** The change to be detectable, in margins: one as large as the margin falls short of it every other time. */
    private static final double MARGINS = 2;

    private Confirmation() {}

    /**
     * Fresh forks of one case.
     *
     * @param baseNs a mean time of each of the base's forks, in any unit
     * @param candidateNs of each of the candidate's, in the same unit
     * @param paired whether fork i of both was taken in block i; as many on both sides then
     */
    public record Fresh(double[] baseNs, double[] candidateNs, boolean paired) {
        public Fresh {
            baseNs = positive(baseNs);
            candidateNs = positive(candidateNs);
            if (paired && baseNs.length != candidateNs.length) {
                throw new IllegalArgumentException("blocks: expected as many forks on both sides, got " + baseNs.length
                        + " and " + candidateNs.length);
            }
        }

        private static double[] positive(double[] times) {
            if (times.length < 2) {
                throw new IllegalArgumentException("forks: expected at least 2 a side, got " + times.length);
            }
            for (double time : times) {
                if (!(time > 0) || Double.isInfinite(time)) {
                    throw new IllegalArgumentException("forks: expected positive, finite times, got " + time);
                }
            }
            return times.clone();
        }
    }

    /**
     * What the fresh forks of one case say.
     *
     * @param verdict FASTER, SLOWER, EQUIVALENT or INCONCLUSIVE
     * @param ratio candidate's time over base's
     * @param low lower bound of its 95 % interval
     * @param high upper bound
     * @param q p corrected for all cases run again
     * @param mde the slowdown, a ratio minus one, that the whole rule would call with 80 % power, before correction
     * @param couldShow whether the forks could have shown a change of the margin
     */
    public record Result(
            Verdict verdict,
            Reason reason,
            double ratio,
            double low,
            double high,
            double p,
            double q,
            double mde,
            boolean couldShow) {}

    /** Whether a first stage left this case to be run again. */
    public static boolean wanted(Verdict first) {
        return first == Verdict.SLOWER || first == Verdict.FASTER || first == Verdict.INCONCLUSIVE;
    }

    /**
     * Fresh forks a side for a case that is to be run again: as many as detect a change of twice its margin by the spread
     * that the first stage saw, between {@link #LEAST_FORKS} and {@link #MOST_FORKS}. The number may come from the first
     * stage; the verdict may not.
     */
    public static int forks(CaseVerdict first) {
        int seen = Math.min(first.baseForks(), first.candidateForks());
        return forks(seen, first.figures().testMde(), first.margin());
    }

    /** The detectable change shrinks with the root of the forks. */
    static int forks(int seen, double testMde, double margin) {
        double shortfall = Math.log1p(testMde) / Math.log1p(MARGINS * margin);
        return (int) Math.max(LEAST_FORKS, Math.min(MOST_FORKS, Math.ceil(seen * shortfall * shortfall)));
    }

    /**
     * Decides all cases that were run again, together.
     *
     * @param margin least change worth calling, as a ratio minus one
     * @return a result a case, in their order
     */
    public static List<Result> decide(List<Fresh> cases, double margin) {
        List<Figures> figures = new ArrayList<>(cases.size());
        for (int i = 0; i < cases.size(); i++) {
            Fresh fresh = cases.get(i);
            figures.add(Statistics.of(logs(fresh.baseNs()), logs(fresh.candidateNs()), margin, fresh.paired(), i));
        }
        double[] q = FalseDiscovery.q(figures.stream().mapToDouble(Figures::p).toArray());
        List<Result> results = new ArrayList<>(cases.size());
        for (int i = 0; i < q.length; i++) {
            results.add(result(figures.get(i), q[i], margin));
        }
        return results;
    }

    private static Result result(Figures of, double q, double margin) {
        Verdict verdict = verdict(Math.log(of.ratio()), q, of.pEquivalent(), Math.log1p(margin));
        Reason reason = switch (verdict) {
            case FASTER, SLOWER -> Reason.BEYOND_MARGIN;
            case EQUIVALENT -> Reason.WITHIN_MARGIN;
            default -> why(of, margin);
        };
        boolean couldShow = verdict != Verdict.INCONCLUSIVE || of.testMde() <= margin;
        return new Result(verdict, reason, of.ratio(), of.low(), of.high(), of.p(), q, of.mde(), couldShow);
    }

    /** The rule itself, on a difference of mean logs and the logarithm of the margin. */
    static Verdict verdict(double difference, double q, double pEquivalent, double margin) {
        if (q <= FalseDiscovery.RATE && Math.abs(difference) > margin) {
            return difference > 0 ? Verdict.SLOWER : Verdict.FASTER;
        }
        return pEquivalent <= DetectableChange.ALPHA ? Verdict.EQUIVALENT : Verdict.INCONCLUSIVE;
    }

    private static Reason why(Figures of, double margin) {
        boolean beyond = Math.abs(Math.log(of.ratio())) > Math.log1p(margin);
        if (beyond && of.p() <= DetectableChange.ALPHA) {
            return Reason.LOST_TO_CORRECTION;
        }
        return of.testMde() > margin ? Reason.MDE_ABOVE_MARGIN : Reason.NEAR_MARGIN;
    }

    private static double[] logs(double[] times) {
        double[] logs = new double[times.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(times[i]);
        }
        return logs;
    }
}
