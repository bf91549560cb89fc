package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.KnownModel.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The attention heads of the catalogue's models: which counts and dimensions occur, in whom. */
final class HeadBook {
    /** Part of each table kept for head dimensions that no catalogue model has. */
    private static final double UNLIKE = .1;
    /** Head dimensions one could think of. */
    private static final double DIMENSIONS = 12;
    /** Heads split over devices when a model is served in parallel. */
    private static final long[] SPLITS = {1, 2, 4, 8};

    /** One model's heads; {@code tokens} 0 where any number of tokens meets them. */
    record Heads(KnownModel model, long qHeads, long kvHeads, long headDim, long tokens) {}

    private final List<Heads> all = new ArrayList<>();
    private final Map<Architecture, Map<Long, Double>> dimensions = new EnumMap<>(Architecture.class);
    private final Map<Architecture, Long> models = new EnumMap<>(Architecture.class);

    HeadBook(KnownModels known) {
        for (KnownModel model : known.all()) {
            models.merge(model.architecture(), 1L, Long::sum);
            List<Heads> its = heads(model);
            all.addAll(its);
            for (Heads heads : its) {
                dimensions
                        .computeIfAbsent(model.architecture(), a -> new HashMap<>())
                        .merge(heads.headDim, 1.0 / its.size(), Double::sum);
            }
        }
    }

    private static List<Heads> heads(KnownModel m) {
        List<Heads> heads = new ArrayList<>();
        for (Level level : m.levels()) {
            heads.add(new Heads(m, level.heads(), level.heads(), level.headDim(), level.tokens()));
        }
        if (m.levels().isEmpty() && m.heads() > 0) {
            heads.add(new Heads(m, m.heads(), m.kvHeads(), m.headDim(), 0));
        }
        return heads;
    }

    /** Heads of exactly these counts, whole or split over devices, at these tokens. */
    List<Heads> find(long qHeads, long kvHeads, long headDim, long tokens) {
        List<Heads> found = new ArrayList<>();
        for (Heads h : all) {
            boolean tokensFit = h.tokens == 0 || h.tokens == tokens;
            if (h.headDim == headDim && tokensFit && isPart(qHeads, kvHeads, h)) {
                found.add(h);
            }
        }
        return found;
    }

    private static boolean isPart(long qHeads, long kvHeads, Heads h) {
        for (long devices : SPLITS) {
            boolean splits = devices == 1 || h.kvHeads >= 8 && h.model.hidden() >= 4096;
            if (splits && qHeads * devices == h.qHeads && kvHeads * devices == h.kvHeads) {
                return true;
            }
        }
        return false;
    }

    /** Share of the architecture's models that own one of these. */
    double share(List<Heads> heads, Architecture architecture) {
        long owners = heads.stream()
                .map(Heads::model)
                .filter(m -> m.architecture() == architecture)
                .distinct()
                .count();
        return owners == 0 ? 0 : owners / (double) models.get(architecture);
    }

    /** How usual a head dimension is in an architecture. */
    double dimension(Architecture architecture, long headDim) {
        Map<Long, Double> table = dimensions.getOrDefault(architecture, Map.of());
        double total = table.values().stream().mapToDouble(d -> d).sum();
        double seen = total == 0 ? 0 : table.getOrDefault(headDim, 0.0) / total;
        return (1 - UNLIKE) * seen + UNLIKE / DIMENSIONS;
    }
}
