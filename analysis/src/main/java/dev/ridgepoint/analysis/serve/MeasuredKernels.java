package dev.ridgepoint.analysis.serve;

import dev.ridgepoint.analysis.tradeoff.TradeOff;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.kernels.workload.model.LayerOp;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measured products, attention and quantisers, found by what they ask: a layer's may have been measured for another model. */
final class MeasuredKernels {
    private final Map<String, Map<String, List<CaseResult>>> byShape = new HashMap<>();

    MeasuredKernels(List<CaseResult> measured) {
        for (CaseResult result : measured) {
            String op = result.question().op();
            if (op.equals("gemm") || op.equals("attention") || op.equals("quantize")) {
                String shape = ShapeJson.parse(op, result.question().shape()).id();
                byShape.computeIfAbsent(shape, id -> new HashMap<>())
                        .computeIfAbsent(result.question().precision(), id -> new ArrayList<>())
                        .add(result);
            }
        }
    }

    /** The precisions an operation was measured in. */
    Set<Precision> precisions(LayerOp op) {
        Set<Precision> precisions = new LinkedHashSet<>();
        byShape.getOrDefault(shape(op).id(), Map.of()).keySet().stream()
                .sorted()
                .map(Precision::parse)
                .forEach(precisions::add);
        return precisions;
    }

    /** The fastest answer to an operation in a precision, or null where there is none. */
    ComposedStep.Part fastest(LayerOp op, long times, String precision) {
        List<CaseResult> answers =
                byShape.getOrDefault(shape(op).id(), Map.of()).getOrDefault(precision, List.of());
        CaseResult best = null;
        for (CaseResult one : answers) {
            if (best == null || one.timing().steadyNs() < best.timing().steadyNs()) {
                best = one;
            }
        }
        if (best == null) {
            return null;
        }
        double arithmetic = ((Outcome.Measured) best.outcome()).correctness().relFrobenius();
        return new ComposedStep.Part(
                op.role(),
                times,
                best.id(),
                best.subject().kernel(),
                answers.size(),
                best.timing().steadyNs(),
                best.timing().ciLowNs(),
                best.timing().ciHighNs(),
                Math.hypot(TradeOff.operands(best.question()), Double.isNaN(arithmetic) ? 0 : arithmetic));
    }

    /** What an operation asks, free of its precision; 8-bit products of every precision write bf16, which is then quantised. */
    static Shape shape(LayerOp op) {
        if (op instanceof LayerOp.Gemm gemm) {
            return gemm.shape();
        }
        if (op instanceof LayerOp.Attend attend) {
            return attend.shape();
        }
        if (op instanceof LayerOp.Requantise quantise) {
            return QuantizeProblem.of(
                            quantise.direction(),
                            quantise.rows(),
                            quantise.cols(),
                            DType.BF16,
                            quantise.formats().get(0))
                    .shape();
        }
        throw new IllegalArgumentException("op: " + op.role() + " is no product, attention or quantiser");
    }
}
