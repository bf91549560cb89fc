package dev.ridgepoint.analysis.compare;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A plain JMH file, its benchmarks streaming by. Anyone may have made it. */
final class JmhSide implements Side {
    /** A benchmark with some hundred thousand iterations. */
    private static final long MAX_ELEMENT = 16L << 20;

    private static final List<String> UNCHECKED = List.of(
            "correctness of what was timed",
            "device",
            "inputs",
            "cache state and timing domain",
            "steadiness (JMH's file has no warm-up)",
            "clocks and throttling",
            "commit and build",
            "integrity of the figures");

    private final Path file;

    JmhSide(Path file) {
        this.file = file;
    }

    @Override
    public Path path() {
        return file;
    }

    @Override
    public Grade grade() {
        return Grade.D;
    }

    @Override
    public List<String> gradeReasons() {
        return List.of("plain JMH file");
    }

    @Override
    public List<String> unchecked() {
        return UNCHECKED;
    }

    @Override
    public void entries(Consumer<Entry> consumer) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = StrictJson.parser(in)) {
            if (StrictJson.next(parser) != JsonToken.START_ARRAY) {
                throw new JsonFormatException("", "expected JMH's array of benchmarks");
            }
            Reading reading = new Reading(consumer);
            for (int i = 0; StrictJson.next(parser) != JsonToken.END_ARRAY; i++) {
                reading.see("/" + i, StrictJson.value(parser, MAX_ELEMENT));
            }
            if (StrictJson.next(parser) != null) {
                throw new JsonFormatException("", "text goes on after the end of the document");
            }
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        }
    }

    /** What one pass has to remember to refuse files that contradict themselves. */
    private static final class Reading {
        private final Consumer<Entry> consumer;
        private final Map<JsonNode, JsonNode> shared = new HashMap<>();
        private final Set<String> keys = new HashSet<>();
        private final Map<String, Set<String>> paramNames = new HashMap<>();

        Reading(Consumer<Entry> consumer) {
            this.consumer = consumer;
        }

        void see(String pointer, JsonNode element) throws JsonFormatException {
            Entry entry = JmhEntry.read(element, pointer, tree -> shared.computeIfAbsent(tree, same -> same));
            Set<String> names = entry.params().keySet();
            Set<String> others = paramNames.putIfAbsent(entry.benchmark(), Set.copyOf(names));
            if (others != null && !others.equals(names)) {
                throw new JsonFormatException(
                        pointer + "/params",
                        "expected the parameters " + others + " that " + entry.benchmark()
                                + " has elsewhere in the file, got " + names);
            }
            if (!keys.add(entry.key())) {
                throw new JsonFormatException(
                        pointer,
                        entry.benchmark() + (names.isEmpty() ? "" : " with " + entry.params())
                                + " is there twice; which of the two counts cannot be told");
            }
            consumer.accept(entry);
        }
    }
}
