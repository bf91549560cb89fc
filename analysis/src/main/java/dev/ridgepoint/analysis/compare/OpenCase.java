package dev.ridgepoint.analysis.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.math3.stat.StatUtils;

/** A pair on its way to a verdict: everything that can be said before the number of tests is known. */
final class OpenCase {
    /** Forks a side without which nothing is said. */
    static final int FORKS_TO_REPORT = 3;

    /** Forks a side without which nothing may be gated. */
    static final int FORKS_TO_GATE = Gate.LEAST_FORKS;

    private static final double UNSTEADY_SHARE = 0.2;

    /** Inputs are the same and the arithmetic is fixed: an error that doubles comes from a change. */
    private static final double ERROR_GROWTH = 2;

    final Entry base;
    final Entry candidate;
    final Comparability comparability;
    final Set<Reason> reasons = EnumSet.noneOf(Reason.class);
    final List<String> notes = new ArrayList<>();
    final double margin;
    private Verdict settled;
    private Figures figures;
    private Figures cycles;
    private Figures clock;

    private OpenCase(Entry base, Entry candidate, Comparability comparability, double margin) {
        this.base = base;
        this.candidate = candidate;
        this.comparability = comparability;
        this.margin = margin;
    }

    /**
     * Judges a pair in the order of the contract, as far as one pair goes.
     *
     * @param baseClocks MHz of the base's forks, or null
     * @param candidateClocks MHz of the candidate's, or null
     */
    static OpenCase of(
            Entry base,
            Entry candidate,
            Comparability comparability,
            CompareOptions options,
            double[] baseClocks,
            double[] candidateClocks) {
        boolean wider = comparability.context().crossDevice()
                || comparability.context().otherDevice()
                || comparability.context().deviceUnknown();
        double asked = options.margin(base.family());
        double margin = wider ? Math.max(asked, CompareOptions.CROSS_DEVICE_MARGIN) : asked;
        OpenCase open = new OpenCase(base, candidate, comparability, margin);
        open.judge(options.paired(), baseClocks, candidateClocks);
        return open;
    }

    private void judge(boolean paired, double[] baseClocks, double[] candidateClocks) {
        reasons.addAll(comparability.refusals());
        reasons.addAll(comparability.warnings());
        if (!comparability.refusals().isEmpty()) {
            settled = Verdict.REFUSED;
            return;
        }
        boolean same = Identity.same(base, candidate, comparability);
        if (same) {
            settled = Verdict.IDENTICAL;
            reasons.add(Reason.SAME_SUBJECT_AND_CONTEXT);
        } else {
            invalidity();
        }
        if (settled == null || same && enoughForks(FORKS_TO_REPORT)) {
            test(paired, baseClocks, candidateClocks);
        }
    }

    private void invalidity() {
        unmeasured();
        if (!base.measured() || !candidate.measured()) {
            settled = Verdict.INVALID;
            return;
        }
        if (!enoughForks(FORKS_TO_REPORT)) {
            reasons.add(Reason.TOO_FEW_FORKS);
        }
        if (unsteady(base) || unsteady(candidate)) {
            reasons.add(Reason.UNSTEADY);
        }
        if (base.health().throttled() || candidate.health().throttled()) {
            reasons.add(Reason.THROTTLED);
        }
        if (!base.health().plausible() || !candidate.health().plausible()) {
            reasons.add(Reason.IMPLAUSIBLE);
        }
        boolean invalid = reasons.contains(Reason.TOO_FEW_FORKS)
                || reasons.contains(Reason.UNSTEADY)
                || reasons.contains(Reason.THROTTLED)
                || reasons.contains(Reason.IMPLAUSIBLE);
        settled = invalid ? Verdict.INVALID : null;
        if (!invalid && !enoughForks(FORKS_TO_GATE)) {
            reasons.add(Reason.FORKS_BELOW_GATE);
        }
        if (candidate.error() > ERROR_GROWTH * base.error()) {
            reasons.add(Reason.ERROR_GREW);
        }
    }

    private void unmeasured() {
        if (base.outcome().equals("simulated") || candidate.outcome().equals("simulated")) {
            reasons.add(Reason.SIMULATED);
        }
        if (!base.measured()) {
            reasons.add(Reason.BASE_NOT_MEASURED);
            notes.add("base " + base.outcome() + (base.reason() == null ? "" : ": " + base.reason()));
        }
        if (!candidate.measured()) {
            reasons.add(
                    switch (candidate.outcome()) {
                        case "incorrect" -> Reason.CANDIDATE_INCORRECT;
                        case "failed" -> Reason.CANDIDATE_FAILED;
                        default -> Reason.CANDIDATE_NOT_MEASURED;
                    });
            notes.add(
                    "candidate " + candidate.outcome() + (candidate.reason() == null ? "" : ": " + candidate.reason()));
        }
    }

    private static boolean unsteady(Entry entry) {
        return entry.health().unsteady() > UNSTEADY_SHARE * entry.forks().length;
    }

    private boolean enoughForks(int forks) {
        return base.forks().length >= forks && candidate.forks().length >= forks;
    }

    private void test(boolean paired, double[] baseClocks, double[] candidateClocks) {
        double[] here = base.logs();
        double[] there = candidate.logs();
        boolean blocks = paired && Arrays.equals(base.forks(), candidate.forks());
        long seed = base.key().hashCode();
        figures = Statistics.of(here, there, margin, blocks, seed);
        if (baseClocks != null && candidateClocks != null) {
            double[] hereMhz = logs(baseClocks);
            double[] thereMhz = logs(candidateClocks);
            clock = Statistics.of(hereMhz, thereMhz, margin, blocks, seed);
            cycles = Statistics.of(sum(here, hereMhz), sum(there, thereMhz), margin, blocks, seed);
        }
    }

    private static double[] logs(double[] values) {
        double[] logs = new double[values.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.log(values[i]);
        }
        return logs;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    /** Whether the case takes part in the correction for many tests. */
    boolean tested() {
        return settled == null;
    }

    /** What the forks say, null where nothing was tested. */
    Figures figures() {
        return figures;
    }

    /** The verdict, given the corrected p, null for a case that takes no part, and how the forks of all cases vary. */
    CaseVerdict close(Double q, Spreads spreads, boolean attributable) {
        figures = figures == null ? null : figures.among(spreads);
        Verdict verdict = settled != null ? settled : decide(q);
        boolean called = verdict == Verdict.FASTER || verdict == Verdict.SLOWER;
        boolean compared = called || verdict == Verdict.EQUIVALENT || verdict == Verdict.INCONCLUSIVE;
        boolean couldShow = compared
                && enoughForks(FORKS_TO_GATE)
                && (called || verdict == Verdict.EQUIVALENT || figures.testMde() <= margin);
        String only = called && attributable && comparability.axes().size() == 1
                ? comparability.axes().iterator().next()
                : null;
        return new CaseVerdict(
                base.key(),
                base.benchmark(),
                candidate.benchmark(),
                base.params(),
                verdict,
                figures,
                cycles == null ? null : cycles.ratio(),
                q,
                margin,
                base.forks().length,
                candidate.forks().length,
                geometricMean(base),
                geometricMean(candidate),
                List.copyOf(reasons),
                comparability.differences(),
                comparability.axes(),
                only,
                couldShow,
                List.copyOf(notes));
    }

    private static double geometricMean(Entry entry) {
        return entry.forkNs().length == 0 ? Double.NaN : Math.exp(StatUtils.mean(entry.logs()));
    }

    private Verdict decide(double q) {
        Verdict rule = Confirmation.verdict(Math.log(figures.ratio()), q, figures.pEquivalent(), Math.log1p(margin));
        if (rule == Verdict.SLOWER || rule == Verdict.FASTER) {
            reasons.add(Reason.BEYOND_MARGIN);
            return confirmed(rule);
        }
        if (rule == Verdict.EQUIVALENT) {
            return cyclesAlike();
        }
        boolean beyond = beyondMargin(figures);
        if (beyond && figures.p() <= DetectableChange.ALPHA) {
            reasons.add(Reason.LOST_TO_CORRECTION);
        } else {
            reasons.add(figures.testMde() > margin ? Reason.MDE_ABOVE_MARGIN : Reason.NEAR_MARGIN);
        }
        return Verdict.INCONCLUSIVE;
    }

    private boolean beyondMargin(Figures of) {
        return Math.abs(Math.log(of.ratio())) > Math.log1p(margin);
    }

    /** A difference of time must be one of cycles too, where the clock moved. */
    private Verdict confirmed(Verdict called) {
        if (cycles == null) {
            return called;
        }
        boolean sameWay = cycles.ratio() > 1 == figures.ratio() > 1;
        if (sameWay && cycles.p() <= DetectableChange.ALPHA && beyondMargin(cycles)) {
            reasons.add(Reason.CYCLES_CONFIRM);
            return called;
        }
        if (clock.p() <= DetectableChange.ALPHA && !beyondMargin(cycles)) {
            reasons.add(Reason.CYCLES_AGREE);
            return Verdict.CLOCK;
        }
        reasons.add(Reason.CYCLES_UNDECIDED);
        return called;
    }

    /** A clock that rose can hide work that grew. */
    private Verdict cyclesAlike() {
        if (cycles != null && cycles.p() <= DetectableChange.ALPHA && beyondMargin(cycles)) {
            reasons.add(Reason.CYCLES_DIFFER);
            return Verdict.INCONCLUSIVE;
        }
        reasons.add(Reason.WITHIN_MARGIN);
        return Verdict.EQUIVALENT;
    }
}
