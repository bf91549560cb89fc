package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.Regimes.Ceilings;
import dev.ridgepoint.analysis.classify.score.Proportion;
import dev.ridgepoint.kernels.shape.WorkModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Whether work and regimes agree with what was worked out elsewhere. The formulas are arguments, so that a test can plant a
 * fault in them and see it found.
 *
 * @param wrongRegime cases whose regime is not acceptable
 * @param wrongWork cases whose FLOPs or bytes are not the reference's
 * @param cases cases there are
 */
record Conformance(List<String> wrongRegime, List<String> wrongWork, int cases) {
    /** References are rounded to whole numbers and their sub-byte weights to six decimals. */
    private static final double TOLERANCE = 2e-6;

    static Conformance of(List<LabelledCase> cases) {
        return of(cases, LabelledCase::descriptor, Descriptor::declared);
    }

    /**
     * Checks with planted formulas.
     *
     * @param understood what the formulas take the case's descriptor for
     * @param peaks the ceilings they hold it against
     */
    static Conformance of(
            List<LabelledCase> cases,
            Function<LabelledCase, Descriptor> understood,
            Function<Descriptor, Ceilings> peaks) {
        return ofWork(cases, c -> understood.apply(c).work(), peaks);
    }

    static Conformance ofWork(
            List<LabelledCase> cases, Function<LabelledCase, WorkModel> work, Function<Descriptor, Ceilings> peaks) {
        List<String> wrongRegime = new ArrayList<>();
        List<String> wrongWork = new ArrayList<>();
        for (LabelledCase c : cases) {
            WorkModel its = work.apply(c);
            Regime regime = Regimes.read(its, peaks.apply(c.descriptor())).regime();
            if (!c.acceptable().contains(regime)) {
                wrongRegime.add(c.descriptor().id());
            }
            boolean agrees = c.reference() == null
                    || (close(its.flops(), c.reference().flops())
                            && close(its.bytes(), c.reference().bytes()));
            if (!agrees) {
                wrongWork.add(c.descriptor().id());
            }
        }
        return new Conformance(wrongRegime, wrongWork, cases.size());
    }

    private static boolean close(double value, double reference) {
        return Math.abs(value - reference) <= 1 + TOLERANCE * reference;
    }

    Proportion acceptable() {
        return new Proportion(cases - wrongRegime.size(), cases);
    }

    Proportion agreeing() {
        return new Proportion(cases - wrongWork.size(), cases);
    }
}
