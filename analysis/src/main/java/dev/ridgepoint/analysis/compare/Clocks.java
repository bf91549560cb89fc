package dev.ridgepoint.analysis.compare;

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

/** The SM clock of forks, from the telemetry beside their times. */
final class Clocks {
    /** A line holds a dozen numbers; the validator has seen to the file's size. */
    private static final int LONGEST_LINE = 1 << 16;

    private Clocks() {}

    /** Mean MHz over the measured iterations of each fork, or null where a fork's clock is not known throughout. */
    static double[] of(Path bundle, Entry entry) throws IOException {
        double[] clocks = new double[entry.forks().length];
        for (int i = 0; i < clocks.length; i++) {
            Path file = bundle.resolve(Layout.telemetry(entry.benchmark(), entry.forks()[i]));
            clocks[i] = Files.isRegularFile(file) ? mean(file) : 0;
            if (!(clocks[i] > 0)) {
                return null;
            }
        }
        return clocks.length == 0 ? null : clocks;
    }

    private static double mean(Path file) throws IOException {
        double sum = 0;
        int measured = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode at = parse(file, line);
                if (!at.path("warmup").asBoolean()) {
                    double clock = at.path("smClockMhz").asDouble(0);
                    if (!(clock > 0)) {
                        return 0;
                    }
                    sum += clock;
                    measured++;
                }
            }
        }
        return measured == 0 ? 0 : sum / measured;
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
