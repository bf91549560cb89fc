package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.KnownModel.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every weight matrix [N, K] of the catalogue's models: which extents occur, in whom, and at how many tokens. */
final class WeightBook {
    /** Tensor-parallel splits of large weights: columns or rows over this many devices. */
    private static final long[] SPLITS = {2, 4, 8};
    /** Models narrower than this fit one device and are not split. */
    private static final long SPLIT_FROM = 5120;

    /**
     * One weight.
     *
     * @param tokens tokens a sequence it always meets (a U-Net level's pixels), 0 where any number
     * @param role layer it belongs to
     */
    record Weight(KnownModel model, long n, long k, long tokens, String role) {}

    private record Extents(long n, long k) {}

    private final Map<Extents, List<Weight>> byExtents = new HashMap<>();
    private final Map<Extents, List<Weight>> split = new HashMap<>();
    private final Map<Long, Set<String>> vocabularies = new HashMap<>();
    private final Map<Architecture, Long> models = new EnumMap<>(Architecture.class);

    WeightBook(KnownModels known) {
        for (KnownModel model : known.all()) {
            models.merge(model.architecture(), 1L, Long::sum);
            for (Weight weight : weights(model)) {
                byExtents
                        .computeIfAbsent(new Extents(weight.n, weight.k), e -> new ArrayList<>())
                        .add(weight);
                if (model.hidden() >= SPLIT_FROM) {
                    addSplits(weight);
                }
            }
            if (model.vocab() > 0) {
                vocabularies
                        .computeIfAbsent(model.vocab(), v -> new LinkedHashSet<>())
                        .add(model.name());
            }
        }
    }

    private void addSplits(Weight weight) {
        for (long devices : SPLITS) {
            boolean columns = weight.n >= weight.k;
            Extents part =
                    columns ? new Extents(weight.n / devices, weight.k) : new Extents(weight.n, weight.k / devices);
            split.computeIfAbsent(part, e -> new ArrayList<>()).add(weight);
        }
    }

    /** Weights of exactly these extents at these tokens (null: unknown); whole ones before split ones. */
    List<Weight> find(long n, long k, Long tokens) {
        Extents extents = new Extents(n, k);
        List<Weight> found = byExtents.getOrDefault(extents, split.getOrDefault(extents, List.of()));
        List<Weight> fitting = new ArrayList<>();
        for (Weight weight : found) {
            if (weight.tokens == 0 || tokens == null || tokens == weight.tokens) {
                fitting.add(weight);
            }
        }
        return fitting;
    }

    /** Share of the architecture's models that own one of these weights. */
    double share(List<Weight> weights, Architecture architecture) {
        long owners = weights.stream()
                .filter(w -> w.model.architecture() == architecture)
                .map(w -> w.model.name())
                .distinct()
                .count();
        return owners == 0 ? 0 : owners / (double) models.get(architecture);
    }

    /** Models with that vocabulary; padding to a multiple of 64 is seen through. */
    Set<String> vocabulary(long n) {
        for (long unpadded = n; unpadded > n - 64 && unpadded > 0; unpadded--) {
            Set<String> names = vocabularies.get(unpadded);
            if (names != null && (unpadded == n || n % 64 == 0)) {
                return names;
            }
        }
        return Set.of();
    }

    static List<Weight> weights(KnownModel m) {
        List<Weight> weights = new ArrayList<>();
        if (!m.levels().isEmpty()) {
            for (Level level : m.levels()) {
                layer(weights, m, level.channels(), level.heads(), level.heads(), level.headDim(), level.tokens());
                feedForward(weights, m, level.channels(), 4 * level.channels(), level.tokens());
            }
            return weights;
        }
        if (m.heads() == 0) {
            return weights;
        }
        layer(weights, m, m.hidden(), m.heads(), m.kvHeads(), m.headDim(), 0);
        if (m.ffn() > 0) {
            feedForward(weights, m, m.hidden(), m.ffn(), 0);
        }
        if (m.moeFfn() > 0) {
            feedForward(weights, m, m.hidden(), m.moeFfn(), 0);
        }
        return weights;
    }

    private static void layer(
            List<Weight> weights, KnownModel m, long width, long heads, long kvHeads, long headDim, long tokens) {
        weights.add(new Weight(m, (heads + 2 * kvHeads) * headDim, width, tokens, "qkv"));
        weights.add(new Weight(m, width, heads * headDim, tokens, "o"));
    }

    private static void feedForward(List<Weight> weights, KnownModel m, long width, long ffn, long tokens) {
        weights.add(new Weight(m, m.gated() ? 2 * ffn : ffn, width, tokens, "up"));
        weights.add(new Weight(m, width, ffn, tokens, "down"));
    }
}
