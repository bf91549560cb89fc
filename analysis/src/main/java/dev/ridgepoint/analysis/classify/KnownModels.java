package dev.ridgepoint.analysis.classify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.analysis.classify.KnownModel.Level;
import dev.ridgepoint.kernels.workload.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The models of the catalogue, as far as the classifier learns widths, heads and names from them. */
final class KnownModels {
    private static final String RESOURCE = "models.json";

    private final List<KnownModel> models;

    KnownModels(List<KnownModel> models) {
        this.models = List.copyOf(models);
    }

    /** Reads the catalogue's own file. */
    static KnownModels load() {
        try (InputStream in = Phase.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + ": missing from the kernels jar");
            }
            List<KnownModel> models = new ArrayList<>();
            for (JsonNode entry : new ObjectMapper().readTree(in)) {
                Architecture.ofClass(entry.path("cls").asText())
                        .ifPresent(architecture -> models.add(read(entry, architecture)));
            }
            return new KnownModels(models);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KnownModel read(JsonNode entry, Architecture architecture) {
        List<Level> levels = new ArrayList<>();
        for (JsonNode level : entry.path("levels")) {
            levels.add(new Level(
                    level.path("tokens").asLong(),
                    level.path("ch").asLong(),
                    level.path("heads").asLong(),
                    level.path("head_dim").asLong()));
        }
        return new KnownModel(
                entry.path("model").asText(),
                architecture,
                entry.path("hidden").asLong(),
                entry.path("heads").asLong(),
                entry.path("kv_heads").asLong(),
                entry.path("head_dim").asLong(),
                entry.path("ffn").asLong(),
                entry.path("moe_ffn").asLong(),
                entry.path("ffn_gated").asBoolean(),
                entry.path("vocab").asLong(),
                entry.path("max_ctx").asLong(),
                levels);
    }

    List<KnownModel> all() {
        return models;
    }

    /** The catalogue as if some models had never been in it. */
    KnownModels without(Predicate<KnownModel> left) {
        return new KnownModels(models.stream().filter(left.negate()).toList());
    }

    /** The entry of that name, whatever its case and whoever publishes it ({@code meta-llama/...}). */
    Optional<KnownModel> named(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        String bare = wanted.substring(wanted.lastIndexOf('/') + 1);
        return models.stream()
                .filter(m -> m.name().toLowerCase(Locale.ROOT).equals(bare))
                .findFirst();
    }

    /** The one architecture of all entries whose names begin alike; empty where there are none or they differ. */
    Optional<Architecture> ofRelatives(String name) {
        String stem = KnownModel.stem(name);
        Set<Architecture> found = new HashSet<>();
        for (KnownModel model : models) {
            if (stem.length() >= 2 && model.stem().equals(stem)) {
                found.add(model.architecture());
            }
        }
        return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
    }

    /** Entries of that architecture. */
    long count(Architecture architecture) {
        return models.stream().filter(m -> m.architecture() == architecture).count();
    }
}
