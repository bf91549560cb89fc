package dev.ridgepoint.analysis.classify;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is believed before anything is seen: each catalogue model as likely as any other, and a few unlisted ones. */
final class Priors {
    /** Models of each architecture that no catalogue lists, so that none is impossible for want of an example. */
    private static final double UNLISTED = 1;
    /** Gradients among GEMMs and attentions asked about: this is an inference tool. */
    private static final double GRADIENT = .003;
    /** Weight transforms among quantisations asked about: about as many as of activations. */
    private static final double WEIGHT_TRANSFORM = .40;

    /** Operations that something is believed of; others have problems and kernels, and no class by their shape. */
    static final List<String> OPERATIONS = List.of("gemm", "attention", "quantize", "dequantize");

    private final Map<Architecture, Double> shares = new EnumMap<>(Architecture.class);
    private final Map<String, Odds> byOperation;
    private final Map<String, double[]> probabilities = new HashMap<>();

    Priors(KnownModels known) {
        int architectures = Architecture.values().length - 1;
        for (Architecture architecture : Architecture.values()) {
            double models = architecture == Architecture.NO_REQUEST ? 0 : known.count(architecture) + UNLISTED;
            shares.put(architecture, models / (known.count() + architectures * UNLISTED));
        }
        Odds quantize = odds("quantize", WEIGHT_TRANSFORM);
        byOperation = Map.of(
                "gemm",
                odds("gemm", GRADIENT),
                "attention",
                odds("attention", GRADIENT),
                "quantize",
                quantize,
                "dequantize",
                quantize);
        byOperation.forEach((op, odds) -> probabilities.put(op, new Belief(odds).posterior()));
    }

    private Odds odds(String op, double noRequest) {
        return Odds.of(story -> {
            double architecture = story.architecture() == Architecture.NO_REQUEST
                    ? noRequest
                    : (1 - noRequest) * shares.get(story.architecture());
            return architecture * story.share(op);
        });
    }

    /** The refusal of another operation. */
    static IllegalArgumentException unknown(String op) {
        return new IllegalArgumentException("op: unknown '" + op + "'; known: " + String.join(", ", OPERATIONS));
    }

    /**
     * The odds of an operation.
     *
     * @throws IllegalArgumentException if nothing is believed of it
     */
    Odds of(String op) {
        Odds odds = byOperation.get(op);
        if (odds == null) {
            throw unknown(op);
        }
        return odds;
    }

    /** The same, summing to one; not to be changed. */
    double[] probabilities(String op) {
        return probabilities.get(op);
    }

    /** Share of all models that are of this architecture. */
    double share(Architecture architecture) {
        return shares.get(architecture);
    }
}
