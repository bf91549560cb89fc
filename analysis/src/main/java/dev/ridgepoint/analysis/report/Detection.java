package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.stats.DetectableEffect;
import java.util.List;
import java.util.Locale;

/**
 * What a run could have shown, in a sentence: a verdict without it is empty.
 *
 * @param cases valid cases
 * @param forks forks of the case that has fewest, 0 without cases
 * @param inMostCases the change that at least four of five cases would have shown, null where no case has a spread
 * @param complete whether every planned case has an outcome
 * @param noBase why no gate may take it for its base, in words; null where one may
 */
record Detection(int cases, int forks, Double inMostCases, boolean complete, String noBase) {
    /** Forks a side without which nothing may be gated. */
    static final int FORKS_TO_GATE = 5;

    private static final double MOST = 0.8;

    static Detection of(List<CaseRow> rows, boolean complete, String noBase) {
        List<CaseRow> valid = rows.stream().filter(CaseRow::valid).toList();
        double[] effects = valid.stream()
                .filter(row -> row.timing().mde() != null)
                .mapToDouble(row -> row.timing().mde())
                .sorted()
                .toArray();
        int forks = valid.stream()
                .mapToInt(row -> row.timing().forks().size())
                .min()
                .orElse(0);
        Double most = effects.length == 0 ? null : effects[(int) Math.ceil(MOST * effects.length) - 1];
        return new Detection(valid.size(), forks, most, complete, noBase);
    }

    boolean canGate() {
        return complete && inMostCases != null && forks >= FORKS_TO_GATE;
    }

    String sentence() {
        if (cases == 0) {
            return "No valid figure, so no change could be detected; cannot gate.";
        }
        if (inMostCases == null) {
            return "One fork a case shows no spread, so no change could be detected; cannot gate.";
        }
        return String.format(
                Locale.ROOT,
                "Detects changes of %s or more in four of five cases (%d forks a side, Welch's t on log fork means at "
                        + "p\u00a0<\u00a0%s and more than %s); %s.",
                Numbers.percent(inMostCases),
                forks,
                DetectableEffect.ALPHA,
                Numbers.percent(DetectableEffect.MARGIN),
                verdict());
    }

    private String verdict() {
        if (forks < FORKS_TO_GATE) {
            return "cannot gate: that takes " + FORKS_TO_GATE + " forks a case";
        }
        if (!complete) {
            return "cannot gate: the run is partial";
        }
        return noBase == null
                ? "can gate at that margin"
                : "can gate at that margin as a candidate, not as a base: " + noBase;
    }
}
