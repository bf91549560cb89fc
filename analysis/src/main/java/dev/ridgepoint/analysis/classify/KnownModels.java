package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.model.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The catalogue's models by name and architecture. */
final class KnownModels {
    private final List<Model> models;

    private KnownModels(List<Model> models) {
        this.models = List.copyOf(models);
    }

    static KnownModels load() {
        return new KnownModels(List.copyOf(Catalogue.load().models()));
    }

    /** The catalogue as if some models had never been in it. */
    KnownModels without(Predicate<String> names) {
        return new KnownModels(
                models.stream().filter(m -> !names.test(m.name())).toList());
    }

    List<Model> all() {
        return models;
    }

    /** The architecture a model's class names. */
    static Architecture architecture(Model model) {
        String cls = model.card().cls();
        return Architecture.ofClass(cls)
                .orElseThrow(() -> new IllegalStateException(model.name() + ": no architecture for class " + cls));
    }

    /** The entry of that name, whatever its case and whoever publishes it ({@code meta-llama/...}). */
    Optional<Model> named(String name) {
        String wanted = unpublished(name);
        return models.stream()
                .filter(m -> m.name().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst();
    }

    /** The one architecture of all entries whose names begin alike; empty where there are none or they differ. */
    Optional<Architecture> ofRelatives(String name) {
        String stem = stem(name);
        Set<Architecture> found = new HashSet<>();
        for (Model model : models) {
            if (stem.length() >= 2 && stem(model.name()).equals(stem)) {
                found.add(architecture(model));
            }
        }
        return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    /** Entries of that architecture. */
    long count(Architecture architecture) {
        return models.stream().filter(m -> architecture(m) == architecture).count();
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
