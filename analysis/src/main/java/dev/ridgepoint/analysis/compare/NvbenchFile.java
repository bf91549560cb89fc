package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One JSON file of NVIDIA's nvbench, its states streaming by: what one process measured.
 *
 * <p>After nvbench/json_printer.cxx (github.com/NVIDIA/nvbench), version 1 of its file format: {@code meta.version}, then
 * {@code devices} with their properties, then {@code benchmarks}, each with a {@code name} and its {@code states}; a state
 * has the axis values, the device's id, and {@code summaries} of a {@code tag} with a {@code value} written as a text, times
 * in seconds. A state that was not run has a {@code skip_reason}.
 */
final class NvbenchFile {
    /** A state has some twenty summaries. */
    private static final long MAX_ELEMENT = 1L << 20;

    private static final List<String> DEVICE_SETTINGS = List.of(
            "ecc_state",
            "sm_default_clock_rate",
            "global_memory_bus_peak_clock_rate",
            "global_memory_size",
            "number_of_sms");

    private final Path file;
    private final Consumer<NvbenchState> consumer;
    private final Map<Integer, ObjectNode> contexts = new HashMap<>();
    private JsonNode meta = JsonNodeFactory.instance.objectNode();
    private boolean benchmarks;

    private NvbenchFile(Path file, Consumer<NvbenchState> consumer) {
        this.file = file;
        this.consumer = consumer;
    }

    /**
     * Shows every state of a file.
     *
     * @throws BundleException in one line that names file and pointer
     */
    static void read(Path file, Consumer<NvbenchState> consumer) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = StrictJson.parser(in)) {
            new NvbenchFile(file, consumer).document(parser);
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        }
    }

    private void document(JsonParser parser) throws IOException {
        if (StrictJson.next(parser) != JsonToken.START_OBJECT) {
            throw new JsonFormatException("", "expected nvbench's object of devices and benchmarks");
        }
        while (StrictJson.next(parser) != JsonToken.END_OBJECT) {
            String member = parser.currentName();
            JsonToken token = StrictJson.next(parser);
            switch (member) {
                case "meta" -> meta(StrictJson.value(parser, MAX_ELEMENT));
                case "devices" -> devices(StrictJson.value(parser, MAX_ELEMENT));
                case "benchmarks" -> benchmarks(parser, token);
                default -> skip(parser);
            }
        }
        if (StrictJson.next(parser) != null) {
            throw new JsonFormatException("", "text goes on after the end of the document");
        }
        if (!benchmarks) {
            throw new JsonFormatException("", "has no benchmarks; expected nvbench's JSON, or JMH's array");
        }
    }

    private void meta(JsonNode given) throws JsonFormatException {
        meta = given;
        JsonNode major = given.at("/version/json/major");
        if (major.isNumber() && major.asInt() != 1) {
            throw new JsonFormatException(
                    "/meta/version/json/major", "nvbench's file format " + major + " cannot be read; expected 1");
        }
    }

    private void devices(JsonNode given) throws JsonFormatException {
        for (int i = 0; i < given.size(); i++) {
            JsonNode device = given.get(i);
            if (!device.path("id").canConvertToInt() || !device.path("name").isTextual()) {
                throw new JsonFormatException("/devices/" + i, "expected a device with an id and a name");
            }
            contexts.put(device.path("id").asInt(), context(device));
        }
    }

    /** In the vocabulary of our own contexts, so that what differs is named and attributed alike. */
    private ObjectNode context(JsonNode device) {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        ObjectNode ours = context.putObject("device");
        ours.put("kind", "gpu");
        ours.set("name", device.path("name"));
        ours.put("arch", "sm_" + device.path("sm_version").asInt() / 10);
        ObjectNode properties = ours.putObject("properties");
        for (String name : DEVICE_SETTINGS) {
            if (device.has(name)) {
                properties.set(name, device.get(name));
            }
        }
        JsonNode version = meta.at("/version/nvbench/git_version");
        if (version.isTextual()) {
            context.putObject("software").putObject("backend").set("nvbench", version);
        }
        return context;
    }

    private void benchmarks(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.START_ARRAY) {
            throw new JsonFormatException("/benchmarks", "expected an array");
        }
        if (contexts.isEmpty()) {
            throw new JsonFormatException("", "has no devices before its benchmarks; expected nvbench's JSON");
        }
        benchmarks = true;
        for (int i = 0; StrictJson.next(parser) != JsonToken.END_ARRAY; i++) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new JsonFormatException("/benchmarks/" + i, "expected a benchmark, an object");
            }
            benchmark(parser, "/benchmarks/" + i);
        }
    }

    private void benchmark(JsonParser parser, String pointer) throws IOException {
        String name = null;
        while (StrictJson.next(parser) != JsonToken.END_OBJECT) {
            String member = parser.currentName();
            JsonToken token = StrictJson.next(parser);
            if (member.equals("name") && token == JsonToken.VALUE_STRING) {
                name = StrictJson.value(parser, MAX_ELEMENT).asText();
            } else if (member.equals("states") && token == JsonToken.START_ARRAY) {
                if (name == null || name.isBlank()) {
                    throw new JsonFormatException(pointer + "/name", "expected a text before the states");
                }
                for (int i = 0; StrictJson.next(parser) != JsonToken.END_ARRAY; i++) {
                    JsonNode state = StrictJson.value(parser, MAX_ELEMENT);
                    consumer.accept(NvbenchState.of(name, state, pointer + "/states/" + i, contexts, file));
                }
            } else {
                skip(parser);
            }
        }
    }

    private static void skip(JsonParser parser) throws IOException {
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token == null) {
                throw new JsonFormatException(StrictJson.pointer(parser), "the document ends in the middle");
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (depth > 0) {
                StrictJson.next(parser);
            }
        } while (depth > 0);
    }
}
