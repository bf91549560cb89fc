package dev.ridgepoint.kernels.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.workload.model.Model;
import dev.ridgepoint.kernels.workload.model.ModelReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The models we know and the workloads their layers make. */
public final class Catalogue {
    private static final List<String> OPS = List.of("gemm", "attention", "append", "quantize", "dequantize");

    private final Map<String, Model> models;
    private final List<Technique> techniques;

    /** A way of serving, and what it does to shapes. */
    public record Technique(String name, String shape, String source) {}

    private Catalogue(Map<String, Model> models, List<Technique> techniques) {
        this.models = models;
        this.techniques = List.copyOf(techniques);
    }

    /** The catalogue that comes with Ridgepoint. */
    public static Catalogue load() {
        try (InputStream in = Catalogue.class.getResourceAsStream("models.json")) {
            return read(in);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Reads a catalogue: {@code {"models": [...], "techniques": [...]}}.
     *
     * @throws IllegalArgumentException naming the model and the field
     */
    public static Catalogue read(InputStream json) throws IOException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("catalogue: " + malformed.getOriginalMessage(), malformed);
        }
        Map<String, Model> models = new LinkedHashMap<>();
        for (JsonNode entry : root.path("models")) {
            Model model = ModelReader.read(entry);
            if (models.put(model.name(), model) != null) {
                throw new IllegalArgumentException("model '" + model.name() + "': model: listed twice");
            }
        }
        if (models.isEmpty()) {
            throw new IllegalArgumentException("catalogue: models: expected a list of at least one");
        }
        List<Technique> techniques = new ArrayList<>();
        for (JsonNode entry : root.path("techniques")) {
            techniques.add(new Technique(
                    entry.path("name").asText(),
                    entry.path("shape").asText(),
                    entry.path("source").asText()));
        }
        return new Catalogue(models, techniques);
    }

    /** All models, in the catalogue's order. */
    public Collection<Model> models() {
        return models.values();
    }

    /** Ways of serving that passes express. */
    public List<Technique> techniques() {
        return techniques;
    }

    /**
     * The model of that name.
     *
     * @throws IllegalArgumentException naming the nearest known names
     */
    public Model model(String name) {
        Model model = models.get(name);
        if (model == null) {
            throw NearMatches.unknown("model", name, models.keySet());
        }
        return model;
    }

    /** As {@link #stream}, at once. */
    public List<Workload> workloads(Query query) {
        return stream(query).toList();
    }

    /**
     * The workloads a query leaves, model by model; empty where every name is known but no workload has them all.
     *
     * @throws IllegalArgumentException naming the field and the nearest names, where a glob can match nothing
     */
    public Stream<Workload> stream(Query query) {
        check(query);
        return models.values().stream()
                .filter(model -> query.model().matches(model.name()))
                .flatMap(model -> new Expansion(model).workloads(query));
    }

    private void check(Query query) {
        query.op().check("op", OPS);
        query.model().check("model", models.keySet());
        query.phase().check("phase", PassLabel.words());
        query.precision()
                .check(
                        "precision",
                        Stream.concat(
                                        Precision.ALL.stream().map(Precision::id),
                                        QuantFormat.ALL.stream().map(QuantFormat::id))
                                .toList());
        if (!query.role().isAny()) {
            query.role().check("role", roles());
        }
    }

    /** Every layer's name in the catalogue. */
    public Set<String> roles() {
        return models.values().stream()
                .flatMap(model -> new Expansion(model).roles())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * The workload of an id, listed or not: {@code llama-3-8b/up/decode_b3_kv777_bf16}.
     *
     * @throws IllegalArgumentException naming the part that is wrong
     */
    public Workload workload(String id) {
        String[] parts = id.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("id: expected model/role/pass_precision, got '" + id + "'");
        }
        Expansion expansion = new Expansion(model(parts[0]));
        Pass pass = passOf(parts[2]);
        List<Workload> variants = expansion.of(pass, parts[1]);
        for (Workload workload : variants) {
            if (workload.id().equals(id)) {
                return workload;
            }
        }
        int prefix = parts[0].length() + parts[1].length() + pass.label().length() + 3;
        throw NearMatches.unknown(
                "precision",
                id.length() > prefix ? id.substring(prefix) : "",
                variants.stream().map(w -> w.id().substring(prefix)).toList());
    }

    /** The longest start of {@code pass_precision} that names a pass. */
    private static Pass passOf(String text) {
        for (int end = text.length(); end > 0; end = text.lastIndexOf('_', end - 1)) {
            var pass = PassLabel.tryParse(text.substring(0, end));
            if (pass.isPresent()) {
                return pass.get();
            }
        }
        return PassLabel.parse(text);
    }
}
