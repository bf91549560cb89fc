package dev.ridgepoint.analysis.compare;

import java.nio.file.Path;
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

    /** The first comparison with its open cases as the second decided them; a case without fresh forks stays as it was. */
    static Comparison of(Comparison first, Comparison second, Side base, Path fresh) {
        Map<String, CaseVerdict> again = new LinkedHashMap<>();
        second.cases().stream()
                .filter(TwoStages::decides)
                .forEach(one -> again.put(one.key() + '\n' + one.benchmark(), one));
        Map<String, Verdict> before = new LinkedHashMap<>();
        List<CaseVerdict> verdicts = new ArrayList<>(first.cases().size());
        for (CaseVerdict one : first.cases()) {
            CaseVerdict decided = isOpen(one) ? again.get(one.key() + '\n' + one.benchmark()) : null;
            verdicts.add(decided == null ? one : onFreshForks(decided));
            if (decided != null) {
                before.put(one.benchmark(), one.verdict());
            }
        }
        boolean gateable = gateable(first) && gateable(second);
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
                        fresh.toString(),
                        second.base().runId(),
                        second.candidate().runId(),
                        first.open().size(),
                        before.size(),
                        before));
    }

    /** Forks that are unsteady or too few clear nobody; a candidate that breaks is an answer. */
    private static boolean decides(CaseVerdict one) {
        return DECIDED.contains(one.verdict())
                || one.has(Reason.CANDIDATE_INCORRECT)
                || one.has(Reason.CANDIDATE_FAILED);
    }

    private static boolean gateable(Comparison comparison) {
        return comparison.gate().objections().keySet().stream().noneMatch(NOT_GATEABLE::contains);
    }

    private static CaseVerdict onFreshForks(CaseVerdict one) {
        List<Reason> reasons = new ArrayList<>(one.reasons());
        reasons.add(Reason.FRESH_FORKS);
        return new CaseVerdict(
                one.key(),
                one.benchmark(),
                one.candidate(),
                one.params(),
                one.verdict(),
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
                one.attributedTo(),
                one.couldShow(),
                one.notes());
    }
}
