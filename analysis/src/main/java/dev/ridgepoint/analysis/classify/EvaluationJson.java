package dev.ridgepoint.analysis.classify;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.analysis.classify.score.Confusion;
import dev.ridgepoint.analysis.classify.score.CoverageRisk;
import dev.ridgepoint.analysis.classify.score.Proportion;
import dev.ridgepoint.analysis.classify.score.Reliability;
import java.util.Map;

/** An evaluation for programs: the figures of {@link EvaluationText}, unrounded. */
final class EvaluationJson {
    private EvaluationJson() {}

    static ObjectNode write(ClassifierEvaluation evaluation) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("cases", evaluation.name()).put("count", evaluation.cases().size());
        json.put("keepsBounds", evaluation.keepsBounds());
        ArrayNode bounds = json.putArray("bounds");
        for (Bound bound : evaluation.bounds()) {
            ObjectNode one = bounds.addObject().put("name", bound.name());
            if (bound.share() != null) {
                proportion(bound.share(), one.putObject("cases"));
            }
            number("value", bound.value(), one);
            one.put("limit", bound.limit()).put("atLeast", bound.atLeast()).put("kept", bound.kept());
        }
        evaluation.ways().forEach((name, scores) -> way(scores, json.putObject(name.replace(' ', '-'))));
        axes(evaluation.strangers(), json.putObject("families-never-seen"));
        proportions(Baselines.of(evaluation.cases()), json.putObject("baselines"));
        json.put("regimeNote", "agreement on the regime only tests formulas");
        return json;
    }

    private static void way(Scores scores, ObjectNode json) {
        axes(scores, json);
        json.put("logLoss", scores.logLoss()).put("brier", scores.brier());
        reliability(scores.reliability(), json.putObject("calibration"));
        confusion(scores.classes(), json.putObject("classConfusion"));
        confusion(scores.phases(), json.putObject("phaseConfusion"));
        ArrayNode curve = json.putArray("coverageRisk");
        for (CoverageRisk.Point point : scores.coverageRisk().curve()) {
            curve.addObject()
                    .put("coverage", point.coverage())
                    .put("confidence", point.confidence())
                    .put("risk", point.risk());
        }
        json.put("areaUnderCoverageRisk", scores.coverageRisk().areaUnderCurve());
        proportions(scores.strata(LabelledCase::identifiable), json.putObject("byIdentifiable"));
        proportions(scores.strata(LabelledCase::hard), json.putObject("byHard"));
    }

    private static void axes(Scores scores, ObjectNode json) {
        proportion(scores.right(Judged::classRight), json.putObject("class"))
                .put("macroF1", scores.classes().macroF1());
        proportion(scores.right(Judged::phaseRight), json.putObject("phase"))
                .put("macroF1", scores.phases().macroF1());
        proportion(scores.right(Judged::familyRight), json.putObject("taskFamily"))
                .put("macroF1", scores.families().macroF1());
        proportion(scores.right(Judged::regimeRight), json.putObject("regimeAcceptable"));
        proportion(scores.covered(), json.putObject("trueClassIsCandidate"));
    }

    private static ObjectNode proportion(Proportion p, ObjectNode json) {
        json.put("right", p.right()).put("total", p.total());
        number("share", p.value(), json);
        return json.put("low", p.low()).put("high", p.high());
    }

    /** JSON has no word for a share of nothing. */
    private static void number(String field, double value, ObjectNode json) {
        json.put(field, Double.isNaN(value) ? null : (Double) value);
    }

    private static void proportions(Map<String, Proportion> proportions, ObjectNode json) {
        proportions.forEach((name, p) -> proportion(p, json.putObject(name)));
    }

    private static void reliability(Reliability reliability, ObjectNode json) {
        double[] interval = reliability.calibrationErrorInterval(EvaluationText.SEED);
        json.put("error", reliability.calibrationError())
                .put("low", interval[0])
                .put("high", interval[1]);
        ArrayNode bins = json.putArray("bins");
        for (Reliability.Bin bin : reliability.bins()) {
            bins.addObject()
                    .put("low", bin.low())
                    .put("high", bin.high())
                    .put("count", bin.count())
                    .put("confidence", bin.confidence())
                    .put("accuracy", bin.accuracy());
        }
    }

    private static void confusion(Confusion confusion, ObjectNode json) {
        for (String truth : confusion.labels()) {
            ObjectNode row = json.putObject(truth);
            confusion.labels().forEach(answer -> row.put(answer, confusion.count(truth, answer)));
        }
    }
}
