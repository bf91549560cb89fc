package dev.ridgepoint.analysis.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Files under {@code samples/} of a bundle: a line an iteration of a GPU, or one object of a host. */
public final class TelemetryFile {
    /** A line holds two dozen numbers. */
    private static final int LONGEST_LINE = 1 << 16;

    /** Of a fork of a hundred thousand iterations; not every reader has asked the validator. */
    private static final long MOST_BYTES = 64L << 20;

    private TelemetryFile() {}

    /**
     * What a host said right after a fork.
     *
     * @param throttleEvents meanwhile; empty where nobody counts
     * @param temperatureC of its processor; empty where none is visible
     * @param othersCores processors that others kept busy meanwhile; empty where nobody watched
     */
    public record Host(OptionalLong throttleEvents, OptionalDouble temperatureC, OptionalDouble othersCores) {}

    /**
     * The samples of a fork in the order of its iterations; empty where none were taken.
     *
     * @throws BundleException in one line that names the file, where it is not what it should be
     */
    public static List<Sample> read(Path bundle, String caseId, int fork) throws IOException {
        Path file = bundle.resolve(Layout.telemetry(caseId, fork));
        List<Sample> samples = new ArrayList<>();
        if (isThere(file)) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    samples.add(sample(parse(file, line)));
                }
            }
        }
        return samples;
    }

    /**
     * What the host said after a fork; nothing where there is no such file.
     *
     * @throws BundleException in one line, where the file is no sample
     */
    public static Host host(Path bundle, String caseId, int fork) throws IOException {
        Path file = bundle.resolve(Layout.host(caseId, fork));
        JsonNode json = isThere(file) ? parse(file, Files.readString(file).strip()) : MissingNode.getInstance();
        JsonNode events = json.path("throttleEvents");
        return new Host(
                events.isIntegralNumber() ? OptionalLong.of(events.asLong()) : OptionalLong.empty(),
                figure(json, "temperatureC"),
                figure(json, "othersCores"));
    }

    private static boolean isThere(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new BundleException(file + ": larger than what a fork says of itself may be (64 MiB)");
        }
        return true;
    }

    private static OptionalDouble figure(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }

    private static Sample sample(JsonNode at) {
        Double period = number(at, "periodNs");
        List<String> reasons = new ArrayList<>();
        at.path("clockReasons").forEach(reason -> reasons.add(reason.asText()));
        Map<String, Long> held = new TreeMap<>();
        at.path("heldNs").properties().forEach(cause -> {
            if (cause.getValue().isNumber()) {
                held.put(cause.getKey(), cause.getValue().asLong());
            }
        });
        return new Sample(
                at.path("iteration").asInt(),
                at.path("warmup").asBoolean(),
                period == null ? null : period.longValue(),
                number(at, "smClockMhz"),
                number(at, "temperatureC"),
                number(at, "powerMw"),
                number(at, "energyMj"),
                reasons,
                held);
    }

    private static Double number(JsonNode at, String name) {
        JsonNode value = at.path(name);
        return value.isNumber() ? value.asDouble() : null;
    }

    private static JsonNode parse(Path file, String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_LINE) {
            throw new BundleException(file + ": a line is longer than " + LONGEST_LINE + " bytes");
        }
        try {
            return StrictJson.document(bytes, 0, bytes.length);
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        }
    }
}
