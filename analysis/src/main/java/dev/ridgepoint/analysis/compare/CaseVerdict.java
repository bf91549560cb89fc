package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is said of one case, and on what grounds.
 *
 * @param key digest of the question
 * @param benchmark name on the base's side
 * @param candidate name on the candidate's side
 * @param params what tells cases of one benchmark apart, as the base has them
 * @param figures what the forks say; null where nothing was tested
 * @param cyclesRatio ratio of cycles, null where clocks are not known
 * @param q p corrected for the number of cases; null where the case does not take part
 * @param margin that was judged by, a ratio minus one
 * @param baseForks forks of the base
 * @param candidateForks forks of the candidate
 * @param baseNs geometric mean over the base's forks, NaN where it has no time
 * @param candidateNs of the candidate's
 * @param differences of question and protocol
 * @param axes declared things that changed
 * @param attributedTo the one change that explains the difference, else null
 * @param couldShow whether the forks could have shown a change of the margin
 * @param notes sides' own words on why there is no figure, or how much of a second stage is there
 */
public record CaseVerdict(
        String key,
        String benchmark,
        String candidate,
        Map<String, String> params,
        Verdict verdict,
        Figures figures,
        Double cyclesRatio,
        Double q,
        double margin,
        int baseForks,
        int candidateForks,
        double baseNs,
        double candidateNs,
        List<Reason> reasons,
        List<Difference> differences,
        Set<String> axes,
        String attributedTo,
        boolean couldShow,
        List<String> notes) {

    /** Candidate's time over base's; NaN where nothing was tested, as are the bounds and what could be detected. */
    public double ratio() {
        return figures == null ? Double.NaN : figures.ratio();
    }

    /** Lower bound of the ratio's 95 % interval. */
    public double low() {
        return figures == null ? Double.NaN : figures.low();
    }

    /** Upper bound of it. */
    public double high() {
        return figures == null ? Double.NaN : figures.high();
    }

    /** The slowdown, a ratio minus one, that the whole rule would have called with 80 % power. */
    public double mde() {
        return figures == null ? Double.NaN : figures.mde();
    }

    /** Forks a side that would show a change of the margin four times in five by the spread seen; 0 where nobody can tell. */
    public int forksToShowMargin() {
        int forks = Math.min(baseForks, candidateForks);
        return figures == null ? 0 : (int) Math.ceil(forks * Math.pow(figures.testMde() / margin, 2));
    }

    boolean has(Reason reason) {
        return reasons.contains(reason);
    }

    /** The benchmark with its parameters where these are not in its name. */
    String name() {
        if (params.isEmpty() || params.containsKey("op")) {
            return benchmark;
        }
        return benchmark + params;
    }
}
