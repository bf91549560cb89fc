package dev.ridgepoint.analysis.classify;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure the classifier must keep to.
 *
 * @param name what is bounded
 * @param value what it is
 * @param limit what it may be
 * @param atLeast whether the limit is a least value rather than a greatest
 */
record Bound(String name, double value, double limit, boolean atLeast) {
    boolean kept() {
        return atLeast ? value >= limit : value <= limit;
    }

    /** The bounds there are, on a set of cases answered blind and with context. */
    static List<Bound> of(Scores blind, Scores informed) {
        Scores identifiable = blind.where(LabelledCase::identifiableBlind);
        Scores needy = blind.where(c -> !c.identifiableBlind());
        List<Bound> bounds = new ArrayList<>();
        bounds.add(new Bound(
                "blind, identifiable: class right",
                identifiable.right(Judged::classRight).value(),
                .98,
                true));
        bounds.add(new Bound(
                "blind, identifiable: phase right",
                identifiable.right(Judged::phaseRight).value(),
                .95,
                true));
        bounds.add(new Bound(
                "blind, needs context: true class has p >= 0.1", needy.covered().value(), .95, true));
        bounds.add(new Bound(
                "blind: wrong with 0.9 or more",
                blind.reliability().wrongWith(Scores.SURE).value(),
                .01,
                false));
        bounds.add(new Bound("blind: calibration error", blind.reliability().calibrationError(), .05, false));
        bounds.add(new Bound(
                "with context: class right", informed.right(Judged::classRight).value(), .92, true));
        bounds.add(new Bound(
                "with context: wrong with 0.9 or more",
                informed.reliability().wrongWith(Scores.SURE).value(),
                .01,
                false));
        bounds.add(new Bound(
                "with context: calibration error", informed.reliability().calibrationError(), .05, false));
        Conformance conformance = Conformance.of(blind.cases());
        bounds.add(new Bound(
                "FLOPs and bytes as referenced", conformance.agreeing().value(), 1, true));
        bounds.add(new Bound(
                "regime acceptable (tests formulas only)",
                conformance.acceptable().value(),
                .97,
                true));
        return bounds;
    }
}
