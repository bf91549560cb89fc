package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.model.LayerOp;
import dev.ridgepoint.kernels.workload.model.Model;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The catalogue's models by name and architecture. */
final class KnownModels {
    /** One operation that a model's listed pass asks for. */
    record Layer(Model model, Architecture architecture, Pass pass, LayerOp op) {}

    private final List<Model> models;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, Model> byName = new HashMap<>();
    private final Map<String, Set<Architecture>> byStem = new HashMap<>();
    private final Map<Architecture, Long> counts = new EnumMap<>(Architecture.class);

    private KnownModels(List<Model> models) {
        this.models = List.copyOf(models);
        for (Model model : models) {
            Architecture architecture = architecture(model);
            byName.put(unpublished(model.name()), model);
            byStem.computeIfAbsent(stem(model.name()), s -> EnumSet.noneOf(Architecture.class))
                    .add(architecture);
            counts.merge(architecture, 1L, Long::sum);
            for (Pass pass : model.passes()) {
                model.layers(pass).stream()
                        .filter(KnownModels::isLayer)
                        .forEach(op -> layers.add(new Layer(model, architecture, pass, op)));
            }
        }
    }

    /** A product with its epilogue is the plain one once more: counted twice, its weight would seem twice as usual. */
    private static boolean isLayer(LayerOp op) {
        return !(op instanceof LayerOp.Gemm gemm) || gemm.shape().epilogue() == Epilogue.NONE;
    }

    static KnownModels load() {
        return new KnownModels(List.copyOf(Catalogue.load().models()));
    }

    /** The catalogue as if some models had never been in it. */
    KnownModels without(Predicate<String> names) {
        return new KnownModels(
                models.stream().filter(m -> !names.test(m.name())).toList());
    }

    /** Models there are. */
    long count() {
        return models.size();
    }

    /** Every operation of every listed pass, model by model. */
    List<Layer> layers() {
        return layers;
    }

    /** The architecture a model's class names. */
    static Architecture architecture(Model model) {
        String cls = model.card().cls();
        return Architecture.ofClass(cls)
                .orElseThrow(() -> new IllegalStateException(model.name() + ": no architecture for class " + cls));
    }

    /** The entry of that name, whatever its case and whoever publishes it ({@code meta-llama/...}). */
    Optional<Model> named(String name) {
        return Optional.ofNullable(byName.get(unpublished(name)));
    }

    /** The one architecture of all entries whose names begin alike; empty where there are none or they differ. */
    Optional<Architecture> ofRelatives(String name) {
        Set<Architecture> found = byStem.getOrDefault(stem(name), Set.of());
        return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    /** Entries of that architecture. */
    long count(Architecture architecture) {
        return counts.getOrDefault(architecture, 0L);
    }

    /** The letters a name begins with: {@code llama}, {@code bert}, {@code qwen}. */
    static String stem(String name) {
        String bare = unpublished(name);
        int end = 0;
        while (end < bare.length() && Character.isLetter(bare.charAt(end))) {
            end++;
        }
        return bare.substring(0, end);
    }

    private static String unpublished(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.substring(lower.lastIndexOf('/') + 1);
    }
}
