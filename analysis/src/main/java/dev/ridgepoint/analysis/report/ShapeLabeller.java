package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.classify.Classification;
import dev.ridgepoint.analysis.classify.Classifier;
import dev.ridgepoint.analysis.classify.Context;
import dev.ridgepoint.analysis.classify.Descriptor;
import dev.ridgepoint.analysis.classify.Hints;
import dev.ridgepoint.analysis.classify.Regimes.Ceilings;
import dev.ridgepoint.kernels.precision.Footprint;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Question;
import java.util.List;

/**
 * Shows the classifier a case's shape and nothing else. Where the case's origin is known, that states the class and the
 * classifier's answer stands beside it, a check of the one against the other; where not, it is all there is.
 */
final class ShapeLabeller implements Labeller {
    /** The class does not depend on ceilings, and the regimes read against them here are not used. */
    private static final Ceilings ANY = new Ceilings(1e12, 1e11, 0);

    private static final Hints NONE = new Hints(null, null, null, null, null, List.of());

    private final Labeller stated;

    ShapeLabeller(Labeller stated) {
        this.stated = stated;
    }

    @Override
    public CaseLabel label(CaseResult result) {
        CaseLabel known = stated.label(result);
        Classification inferred = infer(result.question());
        if (inferred == null) {
            return known;
        }
        return known == CaseLabel.UNKNOWN
                ? new CaseLabel(
                        inferred.workloadClass(),
                        inferred.phase(),
                        inferred.taskFamily(),
                        inferred.confidence(),
                        basis(inferred),
                        inferred.workloadClass())
                : known.beside(inferred.workloadClass());
    }

    private static String basis(Classification inferred) {
        String why =
                inferred.evidence().isEmpty() ? "" : ": " + inferred.evidence().get(0);
        String settles = inferred.wouldSettle() == null ? "" : "; would settle it: " + inferred.wouldSettle();
        return "inferred from the shape with probability " + Numbers.significant(inferred.confidence(), 2) + why
                + settles;
    }

    /** Null for a question this build cannot read. */
    private static Classification infer(Question question) {
        try {
            Shape shape = ShapeJson.parse(question.op(), question.shape());
            Footprint bytes = shape instanceof QuantizeShape
                    ? Precision.BF16.footprint()
                    : Precision.parse(question.precision()).footprint();
            return Classifier.standard()
                    .classify(new Descriptor(question.op(), shape, NONE, bytes, ANY, null, Context.NONE));
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }
}
