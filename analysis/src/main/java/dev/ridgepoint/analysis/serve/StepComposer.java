package dev.ridgepoint.analysis.serve;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.Provenance;
import dev.ridgepoint.kernels.workload.model.LayerOp;
import dev.ridgepoint.kernels.workload.model.Model;
import dev.ridgepoint.kernels.workload.model.StepPart;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Adds kernels up to steps: for each pass of a catalogued decoder or encoder that a measured case belongs to, and for each precision
 * of weights and of attention that was measured and goes together.
 */
public final class StepComposer {
    /** Classes of models whose layers the catalogue adds up. */
    private static final Set<String> ADDED_UP = Set.of("decoder", "encoder");

    private final Catalogue catalogue;

    public StepComposer(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * All steps that at least one measured kernel belongs to, in the order of the cases.
     *
     * @param measured valid cases of one run, timing domain, cache state and kind of inputs
     */
    public List<ComposedStep> compose(List<CaseResult> measured) {
        MeasuredKernels kernels = new MeasuredKernels(measured);
        List<ComposedStep> steps = new ArrayList<>();
        passes(measured).forEach((model, passes) -> passes.forEach(pass -> compose(model, pass, kernels, steps)));
        return steps;
    }

    private Map<Model, Set<Pass>> passes(List<CaseResult> measured) {
        Map<Model, Set<Pass>> passes = new LinkedHashMap<>();
        for (CaseResult result : measured) {
            Provenance from = result.provenance();
            Model model = from == null ? null : addedUp(from.model());
            if (model != null) {
                Pass pass = pass(from, result.question());
                if (pass != null && model.phases().contains(pass.phase())) {
                    passes.computeIfAbsent(model, one -> new LinkedHashSet<>()).add(pass);
                }
            }
        }
        return passes;
    }

    private Model addedUp(String name) {
        return catalogue.models().stream()
                .filter(model -> model.name().equals(name)
                        && ADDED_UP.contains(model.card().cls()))
                .findFirst()
                .orElse(null);
    }

    /** The pass a case belongs to; attention's extents tell it of a user's own shapes, which name none, and of chunks. */
    private static Pass pass(Provenance from, Question question) {
        if (from.phase() != Phase.CHUNKED_PREFILL && from.batch() != null && from.length() != null) {
            return pass(from.phase(), from.batch(), from.length(), from.length());
        }
        if (question.op().equals("attention")
                && ShapeJson.parse(question.op(), question.shape()) instanceof AttentionShape shape
                && shape.segments().isEmpty()) {
            return pass(from.phase(), shape.batch(), shape.seqLenQ(), shape.seqLenKv());
        }
        return null;
    }

    private static Pass pass(Phase phase, long batch, long tokens, long keys) {
        if (phase == null) {
            return null;
        }
        return switch (phase) {
            case DECODE -> Pass.decode(batch, keys);
            case PREFILL -> Pass.prefill(batch, keys);
            case ENCODE -> Pass.encode(batch, keys);
            case CHUNKED_PREFILL -> tokens < keys ? Pass.chunk(batch, tokens, keys) : null;
            default -> null;
        };
    }

    private static void compose(Model model, Pass pass, MeasuredKernels kernels, List<ComposedStep> steps) {
        List<StepPart> trip = model.trip(pass);
        Set<Precision> linear = new LinkedHashSet<>();
        Set<Precision> attention = new LinkedHashSet<>();
        for (StepPart part : trip) {
            if (part.op() instanceof LayerOp.Attend) {
                attention.addAll(kernels.precisions(part.op()));
            } else if (weighted(part.op())) {
                linear.addAll(kernels.precisions(part.op()));
            }
        }
        Set<Precision> alone = new LinkedHashSet<>(attention);
        for (Precision weights : linear) {
            List<Precision> partners =
                    attention.stream().filter(one -> together(weights, one)).toList();
            alone.removeAll(partners);
            for (Precision partner : partners.isEmpty() ? List.of(plain(weights)) : partners) {
                steps.add(step(model, pass, trip, weights, partner, kernels));
            }
        }
        for (Precision one : alone) {
            steps.add(step(model, pass, trip, plain(one), one, kernels));
        }
    }

    private static ComposedStep step(
            Model model,
            Pass pass,
            List<StepPart> trip,
            Precision linear,
            Precision attention,
            MeasuredKernels kernels) {
        List<ComposedStep.Part> parts = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (StepPart part : whole(model, pass, trip, linear)) {
            String precision = precision(part.op(), linear, attention);
            ComposedStep.Part found = kernels.fastest(part.op(), part.times(), precision);
            if (found == null) {
                missing.add(part.op().role() + " x" + part.times());
            } else {
                parts.add(found);
            }
        }
        if (attention.kvFormat() != null) {
            missing.add("quantising new keys and values");
        }
        return new ComposedStep(
                model.name(),
                pass.label(),
                pass.phase(),
                pass.batch(),
                pass.keys(),
                linear.id(),
                attention.id(),
                parts,
                missing);
    }

    /** The trip, and before its products the quantisers of their inputs where these are multiplied in 8 bits. */
    static List<StepPart> whole(Model model, Pass pass, List<StepPart> trip, Precision linear) {
        QuantFormat format = linear.activationFormat();
        List<StepPart> parts = new ArrayList<>();
        if (format != null) {
            model.inputs(pass).forEach(input -> parts.add(new StepPart(input.in(format), input.times())));
        }
        parts.addAll(trip);
        return parts;
    }

    /** The precision an operation has in a step; of a quantiser its format. */
    static String precision(LayerOp op, Precision linear, Precision attention) {
        if (op instanceof LayerOp.Requantise quantise) {
            return quantise.formats().get(0).id();
        }
        if (op instanceof LayerOp.Attend) {
            return attention.id();
        }
        return (weighted(op) ? linear : plain(attention)).id();
    }

    /** Whether an operation multiplies by a weight that may be quantised. */
    private static boolean weighted(LayerOp op) {
        return op instanceof LayerOp.Gemm gemm && !gemm.plainOnly();
    }

    /** Attention in the type of the activations between layers; those of 8-bit products are written in bf16. */
    private static boolean together(Precision linear, Precision attention) {
        return linear.activation() == attention.activation()
                || linear.output() == attention.activation()
                || linear.equals(attention);
    }

    /** The precision in which what nobody quantises runs beside this one. */
    private static Precision plain(Precision precision) {
        return Precision.parse(
                precision.activation().bits() <= 8
                        ? precision.output().id()
                        : precision.activation().id());
    }
}
