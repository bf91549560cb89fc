package dev.ridgepoint.analysis.telemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Files under {@code samples/}: a line an iteration of a GPU, or one object of a host. */
public final class TelemetryFile {
    /** A line holds a dozen numbers; the validator has seen to the file's size. */
    private static final int LONGEST_LINE = 1 << 16;

    private TelemetryFile() {}

    /**
     * What a host said right after a fork.
     *
     * @param throttleEvents meanwhile; empty where nobody counts
     * @param temperatureC of its processor; empty where none is visible
     */
    public record Host(OptionalLong throttleEvents, OptionalDouble temperatureC) {}

    /**
     * The samples of one fork on a GPU, in order; none where there is no such file.
     *
     * @throws BundleException in one line, where the file is no telemetry
     */
    public static List<Sample> read(Path file) throws IOException {
        List<Sample> samples = new ArrayList<>();
        if (Files.isRegularFile(file)) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    samples.add(Sample.of(parse(file, line)));
                }
            }
        }
        return samples;
    }

    /**
     * What the host said after one fork; nothing where there is no such file.
     *
     * @throws BundleException in one line, where the file is no sample
     */
    public static Host host(Path file) throws IOException {
        JsonNode json =
                Files.isRegularFile(file) ? parse(file, Files.readString(file).strip()) : MissingNode.getInstance();
        JsonNode events = json.path("throttleEvents");
        JsonNode temperature = json.path("temperatureC");
        return new Host(
                events.isIntegralNumber() ? OptionalLong.of(events.asLong()) : OptionalLong.empty(),
                temperature.isNumber() ? OptionalDouble.of(temperature.asDouble()) : OptionalDouble.empty());
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
