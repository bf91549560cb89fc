package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.KnownModels.Layer;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.model.LayerOp;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Attention heads: how many query and key/value heads of which dimension. */
record Heads(long qHeads, long kvHeads, long headDim) {

    static Heads of(AttentionShape shape) {
        return new Heads(shape.qHeads(), shape.kvHeads(), shape.headDim());
    }

    static LayerBook<Heads> book(KnownModels known) {
        return new LayerBook<>(known, new LayerBook.Reader<>() {
            @Override
            public Optional<Heads> extents(LayerOp op) {
                return op instanceof LayerOp.Attend attend ? Optional.of(of(attend.shape())) : Optional.empty();
            }

            @Override
            public long tokens(Pass pass, LayerOp op) {
                return ((LayerOp.Attend) op).shape().seqLenQ();
            }
        });
    }

    /** How usual head dimensions are in each architecture. */
    static final class Dimensions {
        /** Models of dimensions not seen yet to be reckoned with beside those of each table. */
        private static final double UNSEEN_MODELS = 1.5;
        /** How many other dimensions those might have, were each as likely as the next. */
        private static final double MIGHT_BE = 12;
        /** How many of those have a dimension for the reasons that models of other architectures have it. */
        private static final double AS_ELSEWHERE = .5;

        private final Map<Architecture, Map<Long, Double>> tables = new EnumMap<>(Architecture.class);
        private final Map<Long, Double> everywhere = new HashMap<>();
        private final double all;
        private final Map<Architecture, Double> totals = new EnumMap<>(Architecture.class);

        Dimensions(KnownModels known) {
            Set<List<Object>> counted = new HashSet<>();
            for (Layer layer : known.layers()) {
                if (layer.op() instanceof LayerOp.Attend attend) {
                    long dim = attend.shape().headDim();
                    if (counted.add(List.of(layer.model().name(), dim))) {
                        tables.computeIfAbsent(layer.architecture(), a -> new HashMap<>())
                                .merge(dim, 1.0, Double::sum);
                        everywhere.merge(dim, 1.0, Double::sum);
                    }
                }
            }
            all = everywhere.values().stream().mapToDouble(d -> d).sum();
            tables.forEach((architecture, table) -> totals.put(
                    architecture, table.values().stream().mapToDouble(d -> d).sum()));
        }

        double of(Architecture architecture, long headDim) {
            Map<Long, Double> table = tables.getOrDefault(architecture, Map.of());
            double total = totals.getOrDefault(architecture, 0.0);
            double seen = table.getOrDefault(headDim, 0.0);
            double elsewhere = everywhere.getOrDefault(headDim, 0.0) / all;
            double unseen = AS_ELSEWHERE * elsewhere + (1 - AS_ELSEWHERE) / MIGHT_BE;
            return (seen + UNSEEN_MODELS * unseen) / (total + UNSEEN_MODELS);
        }
    }
}
