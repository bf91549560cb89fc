package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two runs judged.
 *
 * @param level how far they can be compared, the worst over all cases
 * @param differences of their contexts and protocols, field by field
 * @param cases a verdict a case, in the base's order
 * @param baseOnly cases only the base has
 * @param candidateOnly cases only the candidate has
 * @param second where the fresh forks lie that settled what the first stage left open; null where there was one stage
 */
public record Comparison(
        SideFacts base,
        SideFacts candidate,
        CompareOptions options,
        Comparability.Level level,
        List<Difference> differences,
        List<CaseVerdict> cases,
        List<String> baseOnly,
        List<String> candidateOnly,
        Gate gate,
        SecondStage second) {

    /** What is said of a side as a whole. */
    public record SideFacts(
            String path, String runId, Grade grade, List<String> gradeReasons, List<String> unchecked, int cases) {
        static SideFacts of(Side side, int cases) {
            return new SideFacts(
                    side.path().toString(),
                    side.run() == null ? null : side.run().runId(),
                    side.grade(),
                    side.gradeReasons(),
                    side.unchecked(),
                    cases);
        }
    }

    /**
     * The stage that decided what the first had flagged or left open.
     *
     * @param path folder with the sides' fresh forks under {@code a} and {@code b}
     * @param baseRunId run of the base's fresh forks
     * @param candidateRunId of the candidate's
     * @param open cases the first stage flagged or could not tell
     * @param decided of those, the ones that have a verdict on fresh forks
     * @param firstVerdicts what the first stage had said of them, by case
     */
    public record SecondStage(
            String path,
            String baseRunId,
            String candidateRunId,
            int open,
            int decided,
            Map<String, Verdict> firstVerdicts) {}

    /** Works out on all cores what only some outputs show, and those one case after the other. */
    void inFull() {
        cases.parallelStream()
                .map(CaseVerdict::figures)
                .filter(Objects::nonNull)
                .forEach(Figures::inFull);
    }

    /** Cases of the base that one stage does not settle: called, whichever way, or not to be told. */
    public Set<String> open() {
        Set<String> open = new LinkedHashSet<>();
        cases.stream().filter(TwoStages::isOpen).forEach(one -> open.add(one.benchmark()));
        return open;
    }

    /** How many of them no fresh forks have been asked about; none where all forks took turns. */
    public int unconfirmed() {
        return second == null && !options.paired() ? open().size() : 0;
    }

    /** How many cases came to each verdict, those of none included. */
    public Map<Verdict, Long> counts() {
        Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            counts.put(verdict, 0L);
        }
        cases.forEach(one -> counts.merge(one.verdict(), 1L, Long::sum));
        return counts;
    }

    /** Declared things that changed in any case. */
    public Set<String> axes() {
        Set<String> axes = new TreeSet<>();
        cases.forEach(one -> axes.addAll(one.axes()));
        return axes;
    }

    /** Whether no case could be judged because all were refused or invalid. */
    public boolean nothingJudged() {
        return cases.stream().allMatch(one -> one.verdict() == Verdict.REFUSED || one.verdict() == Verdict.INVALID);
    }

    /** Whether the data cannot tell, of a case or of the gate. */
    public boolean inconclusive() {
        return counts().get(Verdict.INCONCLUSIVE) > 0 || gate.objections().containsKey(Reason.LOW_POWER);
    }

    /** Whether both sides are one and the same run. */
    public boolean sameRun() {
        return base.runId() != null && base.runId().equals(candidate.runId());
    }

    public Control control() {
        return Control.of(cases);
    }

    /** What neither side lets one check. */
    public Set<String> unchecked() {
        Set<String> unchecked = new LinkedHashSet<>(base.unchecked());
        unchecked.addAll(candidate.unchecked());
        return unchecked;
    }
}
