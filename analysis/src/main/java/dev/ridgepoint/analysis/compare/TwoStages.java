package dev.ridgepoint.analysis.compare;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A gate in two stages. What the first calls, or cannot tell, is measured again with fresh forks that take turns,
 * and those forks alone decide: the first stage's were chosen for standing out, so keeping them would keep their luck.
 */
final class TwoStages {
    private static final Set<Verdict> DECIDED = EnumSet.of(
            Verdict.FASTER, Verdict.SLOWER, Verdict.EQUIVALENT, Verdict.INCONCLUSIVE, Verdict.IDENTICAL, Verdict.CLOCK);

    /** What a gate says where its sides may not stand against each other in it. */
    private static final Set<Reason> NOT_GATEABLE =
            EnumSet.of(Reason.CROSS_DEVICE, Reason.DEVICE_UNKNOWN, Reason.OVERRIDDEN);

    private TwoStages() {}

    /** Whether one stage does not settle a case. */
    static boolean isOpen(CaseVerdict one) {
        return Confirmation.wanted(one.verdict());
    }

    /**
     * The first comparison with its open cases as the second stage decided them. Where its forks are not whole the case has
     * no verdict; where they are and say nothing, what the first stage held against the candidate stands, and what it said for
     * it does not.
     *
     * @param second what the second stage says of the cases it may decide
     * @param base of the first stage
     * @param fresh sides of the second
     */
    static Comparison of(Comparison first, List<CaseVerdict> second, FreshForks forks, Side base, Sides fresh) {
        Map<String, CaseVerdict> again = new LinkedHashMap<>();
        second.forEach(one -> again.put(one.key() + '\n' + one.benchmark(), one));
        Map<String, Verdict> before = new LinkedHashMap<>();
        List<CaseVerdict> verdicts = new ArrayList<>(first.cases().size());
        for (CaseVerdict one : first.cases()) {
            CaseVerdict now = isOpen(one) ? again.get(one.key() + '\n' + one.benchmark()) : null;
            if (now != null && decides(now, one)) {
                before.put(one.benchmark(), one.verdict());
                verdicts.add(onFreshForks(now));
            } else {
                verdicts.add(isOpen(one) && forks.lacks(one) ? undecided(one, forks) : one);
            }
        }
        boolean gateable = gateable(first.cases()) && gateable(second);
        return new Comparison(
                first.base(),
                first.candidate(),
                first.options(),
                first.level(),
                first.differences(),
                verdicts,
                first.baseOnly(),
                first.candidateOnly(),
                Gate.of(base, verdicts, first.baseOnly().size(), gateable),
                new Comparison.SecondStage(
                        forks.folder().toString(),
                        fresh.base().run().runId(),
                        fresh.candidate().run().runId(),
                        first.open().size(),
                        before.size(),
                        before));
    }

    /**
     * Forks that are unsteady, throttled or implausible clear nobody, and no gate may rest on a FASTER that they do not bear out;
     * a candidate that breaks is an answer.
     */
    private static boolean decides(CaseVerdict fresh, CaseVerdict first) {
        return DECIDED.contains(fresh.verdict())
                || first.verdict() == Verdict.FASTER
                || fresh.has(Reason.CANDIDATE_INCORRECT)
                || fresh.has(Reason.CANDIDATE_FAILED);
    }

    private static boolean gateable(List<CaseVerdict> cases) {
        return cases.stream().noneMatch(one -> one.reasons().stream().anyMatch(NOT_GATEABLE::contains));
    }

    private static CaseVerdict onFreshForks(CaseVerdict one) {
        return with(one, one.verdict(), Reason.FRESH_FORKS, one.attributedTo(), one.notes());
    }

    private static CaseVerdict undecided(CaseVerdict one, FreshForks forks) {
        return with(one, Verdict.INCONCLUSIVE, Reason.SECOND_STAGE_INCOMPLETE, null, List.of(forks.missing(one)));
    }

    private static CaseVerdict with(
            CaseVerdict one, Verdict verdict, Reason reason, String attributedTo, List<String> notes) {
        List<Reason> reasons = new ArrayList<>(one.reasons());
        reasons.add(reason);
        return new CaseVerdict(
                one.key(),
                one.benchmark(),
                one.candidate(),
                one.params(),
                verdict,
                one.figures(),
                one.cyclesRatio(),
                one.q(),
                one.margin(),
                one.baseForks(),
                one.candidateForks(),
                one.baseNs(),
                one.candidateNs(),
                reasons,
                one.differences(),
                one.axes(),
                attributedTo,
                one.couldShow(),
                notes);
    }
}
