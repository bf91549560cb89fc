package dev.ridgepoint.analysis.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.TreeMap;

/** The samples of one fork, from {@code samples/} of its bundle. */
public final class TelemetryFile {
    /** A line holds two dozen numbers; the validator has seen to the file's size. */
    private static final int LONGEST_LINE = 1 << 16;

    private TelemetryFile() {}

    /**
     * The samples of a fork in the order of its iterations; empty where none were taken.
     *
     * @throws BundleException in one line that names the file, where it is not what it should be
     */
    public static List<Sample> read(Path bundle, String caseId, int fork) throws IOException {
        Path file = bundle.resolve(Layout.telemetry(caseId, fork));
        List<Sample> samples = new ArrayList<>();
        if (Files.isRegularFile(file)) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    samples.add(sample(parse(file, line)));
                }
            }
        }
        return samples;
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
            throw new BundleException(file + malformed.pointer() + ": " + malformed.getMessage());
        }
    }
}
