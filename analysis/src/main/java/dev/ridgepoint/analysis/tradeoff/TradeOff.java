package dev.ridgepoint.analysis.tradeoff;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same question in several precisions: what each costs in time and in error. Only valid figures, and only shapes
 * that were measured in more than one precision.
 *
 * @param op the operation
 * @param name the shape, and how it was measured
 * @param points by error, the most exact first
 */
public record TradeOff(String op, String name, List<Point> points) {

    /**
     * One precision.
     *
     * @param operands error of storing the operands, see {@link RepresentationError}
     * @param arithmetic relative Frobenius error of the outputs against the oracle on the stored operands
     * @param support {@code native} or {@code upconverted}
     */
    public record Point(
            String caseId,
            String precision,
            String kernel,
            double ns,
            double operands,
            double arithmetic,
            String support) {
        /** What a user sees: both, independent of one another. */
        public double error() {
            return Math.hypot(operands, arithmetic);
        }
    }

    /** Groups valid figures by shape, those with most precisions first. */
    public static List<TradeOff> of(List<CaseResult> measured) {
        Map<String, TradeOff> byShape = new LinkedHashMap<>();
        for (CaseResult result : measured) {
            Double operands = operands(result.question());
            if (operands != null
                    && result.validity() != null
                    && result.validity().valid()) {
                byShape.computeIfAbsent(
                                name(result.question()),
                                name -> new TradeOff(result.question().op(), name, new ArrayList<>()))
                        .points()
                        .add(point(result, operands));
            }
        }
        List<TradeOff> groups = new ArrayList<>();
        for (TradeOff group : byShape.values()) {
            group.points().sort(Comparator.comparingDouble(Point::error).thenComparing(Point::caseId));
            if (group.precisions() > 1) {
                groups.add(group);
            }
        }
        groups.sort(Comparator.comparingLong(TradeOff::precisions).reversed());
        return List.copyOf(groups);
    }

    /** How many precisions meet here. */
    public long precisions() {
        return points.stream().map(Point::precision).distinct().count();
    }

    private static Point point(CaseResult result, double operands) {
        double arithmetic = ((Outcome.Measured) result.outcome()).correctness().relFrobenius();
        return new Point(
                result.id(),
                result.question().precision(),
                result.subject().kernel(),
                result.timing().steadyNs(),
                operands,
                Double.isNaN(arithmetic) ? 0 : arithmetic,
                result.subject().support());
    }

    /** Two questions share a line if only their precision differs. */
    public static String name(Question question) {
        String shape = isConversion(question)
                ? question.op() + " " + question.shape().path("rows").asText() + "x"
                        + question.shape().path("cols").asText()
                : ShapeJson.parse(question.op(), question.shape()).id();
        return shape + ", " + question.domain() + ", " + question.cacheState();
    }

    private static boolean isConversion(Question question) {
        return question.op().equals("quantize") || question.op().equals("dequantize");
    }

    /** Error of storing the operands; null for a precision this build does not know. */
    public static Double operands(Question question) {
        try {
            return isConversion(question)
                    ? RepresentationError.of(QuantFormat.parse(question.precision()))
                    : RepresentationError.ofOperands(question.op(), Precision.parse(question.precision()));
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }
}
