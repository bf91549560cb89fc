package dev.ridgepoint.kernels.workload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.json.JsonComplaint;
import dev.ridgepoint.kernels.shape.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A user's own shapes: a JSON array of
 * {@code {"id"?, "op", "shape": {...}, "precision": "bf16" | ["bf16", ...], "model"?, "role"?, "phase"?}}, or
 * {@code {"defaults": {...}, "shapes": [...]}} where every entry is laid over the defaults, or one entry alone.
 *
 * <p>The file is read as a stream, an entry at a time. Errors name the file, the JSON pointer and the line.
 */
public final class ShapesFile {
    /** More shapes than this and it is no list that anyone measures. */
    static final int MOST_SHAPES = 100_000;

    private static final long MOST_BYTES = 64L << 20;
    private static final List<String> FIELDS = List.of("id", "op", "shape", "precision", "model", "role", "phase");

    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxDocumentLength(MOST_BYTES)
                    .maxNestingDepth(20)
                    .maxStringLength(10_000)
                    .maxTokenCount(8_000_000)
                    .build())
            .build());

    private final String file;
    private final List<Workload> workloads = new ArrayList<>();
    private final Map<String, String> pointerById = new HashMap<>();
    private ObjectNode defaults = JsonNodeFactory.instance.objectNode();
    private int entries;

    private ShapesFile(String file) {
        this.file = file;
    }

    /**
     * Reads all shapes of a file.
     *
     * @throws IllegalArgumentException naming file, pointer, line and field of the first mistake
     */
    public static List<Workload> read(Path path) {
        if (Files.isDirectory(path)) {
            throw new IllegalArgumentException("shapes file: a folder: " + path);
        }
        try (InputStream in = Files.newInputStream(path)) {
            return read(path.getFileName().toString(), in);
        } catch (NoSuchFileException missing) {
            throw new IllegalArgumentException("shapes file: no such file: " + path, missing);
        } catch (IOException broken) {
            throw new UncheckedIOException("shapes file: cannot read " + path, broken);
        }
    }

    /**
     * Reads all shapes of such a file's content.
     *
     * @param name what errors call it
     * @throws IllegalArgumentException as {@link #read(Path)}
     */
    public static List<Workload> of(String name, byte[] content) {
        try {
            return read(name, new ByteArrayInputStream(content));
        } catch (IOException broken) {
            throw new UncheckedIOException("memory can be read", broken);
        }
    }

    private static List<Workload> read(String name, InputStream in) throws IOException {
        ShapesFile reading = new ShapesFile(name);
        reading.document(in);
        return List.copyOf(reading.workloads);
    }

    private void document(InputStream in) throws IOException {
        try (JsonParser parser = MAPPER.createParser(in)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                array(parser, "");
            } else if (first == JsonToken.START_OBJECT) {
                object(parser);
            } else {
                throw error("", 1, "expected an array of shapes, or an object with \"shapes\"");
            }
            if (parser.nextToken() != null) {
                throw error("", parser.currentTokenLocation().getLineNr(), "something follows the shapes");
            }
        } catch (StreamConstraintsException large) {
            throw new IllegalArgumentException(
                    file + ": larger than a shapes file may be (64 MiB, 20 levels, 8 million tokens)", large);
        } catch (JsonProcessingException malformed) {
            int line = malformed.getLocation() == null
                    ? 0
                    : malformed.getLocation().getLineNr();
            throw new IllegalArgumentException(
                    file + ": line " + line + ": not JSON: " + JsonComplaint.of(malformed), malformed);
        }
        if (workloads.isEmpty()) {
            throw new IllegalArgumentException(file + ": no shapes in it");
        }
    }

    private void object(JsonParser parser) throws IOException {
        boolean seen = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            JsonToken value = parser.nextToken();
            if (name.equals("shapes") && value == JsonToken.START_ARRAY) {
                array(parser, "/shapes");
                seen = true;
            } else if (name.equals("defaults") && value == JsonToken.START_OBJECT) {
                if (seen) {
                    throw error("/defaults", line, "must stand before shapes: the file is read as a stream");
                }
                defaults = MAPPER.readTree(parser);
                refuseUnknown(defaults, "/defaults", line);
            } else if (FIELDS.contains(name) && !seen && defaults.isEmpty()) {
                alone(parser, name, line);
                return;
            } else {
                throw error("/" + name, line, "expected an object \"defaults\" or an array \"shapes\"");
            }
        }
        if (!seen) {
            throw error("/shapes", 1, "missing");
        }
    }

    /** A shape that is the whole document, read from its first field on. */
    private void alone(JsonParser parser, String first, int line) throws IOException {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.set(first, MAPPER.readTree(parser));
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            entry.set(name, MAPPER.readTree(parser));
        }
        entry(entry, "", line);
    }

    private void array(JsonParser parser, String pointer) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int line = parser.currentTokenLocation().getLineNr();
            String here = pointer + "/" + entries;
            if (++entries > MOST_SHAPES) {
                throw error(here, line, "more than " + MOST_SHAPES + " shapes");
            }
            JsonNode entry = MAPPER.readTree(parser);
            if (!entry.isObject()) {
                throw error(
                        here,
                        line,
                        "expected an object, got " + entry.getNodeType().name().toLowerCase(Locale.ROOT));
            }
            entry((ObjectNode) entry, here, line);
        }
    }

    private void entry(ObjectNode entry, String here, int line) {
        refuseUnknown(entry, here, line);
        try {
            add(merge(entry), here, line);
        } catch (OwnShape.FieldException wrong) {
            throw error(here + "/" + wrong.path(), line, wrong.problem());
        }
    }

    private void refuseUnknown(JsonNode entry, String pointer, int line) {
        for (Iterator<String> names = entry.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw error(pointer + "/" + name, line, "unknown field; known: " + String.join(", ", FIELDS));
            }
        }
    }

    private ObjectNode merge(ObjectNode entry) {
        ObjectNode merged = defaults.deepCopy();
        for (Map.Entry<String, JsonNode> field : entry.properties()) {
            JsonNode under = merged.get(field.getKey());
            if (under instanceof ObjectNode object && field.getValue() instanceof ObjectNode over) {
                object.setAll(over);
            } else {
                merged.set(field.getKey(), field.getValue());
            }
        }
        return merged;
    }

    private void add(ObjectNode entry, String pointer, int line) {
        List<String> precisions = precisions(entry.get("precision"));
        Provenance provenance = new Provenance(
                textOrNone(entry, "model"),
                null,
                textOrNone(entry, "role"),
                phase(textOrNone(entry, "phase")),
                null,
                null,
                null,
                file);
        for (String precision : precisions) {
            Problem problem = OwnShape.problem(text(entry, "op"), entry.path("shape"), precision);
            String name = textOrNone(entry, "id");
            String id = name == null
                    ? "own/" + problem.id()
                    : precisions.size() == 1 ? name : name + "_" + problem.precisionId();
            if (id.chars().anyMatch(Character::isISOControl)) {
                throw error(pointer + "/id", line, "has a control character");
            }
            String before = pointerById.put(id, pointer);
            if (before != null) {
                throw error(pointer + "/id", line, "'" + id + "' is also the id of " + before);
            }
            workloads.add(new Workload(id, problem, provenance));
        }
    }

    private static List<String> precisions(JsonNode value) {
        if (value == null || value.isNull()) {
            throw new OwnShape.FieldException("precision", "missing");
        }
        List<String> precisions = new ArrayList<>();
        if (value.isArray()) {
            value.forEach(one -> precisions.add(one.isTextual() ? one.asText() : null));
        } else {
            precisions.add(value.isTextual() ? value.asText() : null);
        }
        if (precisions.isEmpty() || precisions.contains(null)) {
            throw new OwnShape.FieldException("precision", "expected a name or a list of names, got " + value);
        }
        return precisions;
    }

    private static String text(ObjectNode entry, String field) {
        String text = textOrNone(entry, field);
        if (text == null) {
            throw new OwnShape.FieldException(field, "missing");
        }
        return text;
    }

    private static String textOrNone(ObjectNode entry, String field) {
        JsonNode value = entry.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.asText().isBlank() || value.asText().length() > 200) {
            throw new OwnShape.FieldException(field, "expected a text of 1 to 200 characters, got " + value);
        }
        return value.asText();
    }

    private static Phase phase(String name) {
        if (name == null) {
            return null;
        }
        for (Phase phase : Phase.values()) {
            if (phase.name().equalsIgnoreCase(name) || PassLabel.word(phase).equalsIgnoreCase(name)) {
                return phase;
            }
        }
        throw new OwnShape.FieldException(
                "phase", "unknown '" + name + "'; known: " + String.join(", ", PassLabel.words()));
    }

    private IllegalArgumentException error(String pointer, int line, String problem) {
        return new IllegalArgumentException(
                file + ": " + (pointer.isEmpty() ? "/" : pointer) + " (line " + line + "): " + problem);
    }
}
