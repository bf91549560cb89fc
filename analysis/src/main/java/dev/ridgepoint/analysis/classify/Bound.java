package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.score.Proportion;
import java.util.List;

/**
 * A figure the classifier must keep to.
 *
 * @param name what is bounded
 * @param value what it is, NaN where there are no cases of the kind
 * @param share the cases it is a share of, or null where it is no share
 * @param limit what it may be
 * @param atLeast whether the limit is a least value rather than a greatest
 */
record Bound(String name, double value, Proportion share, double limit, boolean atLeast) {
    private static final double CLASS_BLIND = .98;
    private static final double PHASE_BLIND = .95;
    private static final double COVERED = .95;
    private static final double CLASS_INFORMED = .92;
    private static final double SURE_AND_WRONG = .01;
    private static final double CALIBRATION = .05;
    private static final double REGIME = .97;

    /** Kept, or about no case at all. */
    boolean kept() {
        return Double.isNaN(value) || (atLeast ? value >= limit : value <= limit);
    }

    /** The bounds there are, on a set of cases answered blind and with context. */
    static List<Bound> of(Scores blind, Scores informed) {
        Scores identifiable = blind.where(LabelledCase::identifiableBlind);
        Scores needy = blind.where(c -> !c.identifiableBlind());
        Conformance conformance = Conformance.of(blind.cases());
        return List.of(
                atLeast("blind, identifiable: class right", identifiable.right(Judged::classRight), CLASS_BLIND),
                atLeast("blind, identifiable: phase right", identifiable.right(Judged::phaseRight), PHASE_BLIND),
                atLeast("blind, needs context: true class has p >= 0.1", needy.covered(), COVERED),
                sureAndWrong("blind: wrong with 0.9 or more", blind),
                calibration("blind: calibration error", blind),
                atLeast("with context: class right", informed.right(Judged::classRight), CLASS_INFORMED),
                sureAndWrong("with context: wrong with 0.9 or more", informed),
                calibration("with context: calibration error", informed),
                atLeast("FLOPs and bytes as referenced", conformance.agreeing(), 1),
                atLeast("regime acceptable (tests formulas only)", conformance.acceptable(), REGIME));
    }

    private static Bound atLeast(String name, Proportion share, double limit) {
        return new Bound(name, share.value(), share, limit, true);
    }

    private static Bound sureAndWrong(String name, Scores scores) {
        Proportion wrong = scores.reliability().wrongWith(Scores.SURE);
        return new Bound(name, wrong.value(), wrong, SURE_AND_WRONG, false);
    }

    private static Bound calibration(String name, Scores scores) {
        return new Bound(name, scores.reliability().calibrationError(), null, CALIBRATION, false);
    }
}
