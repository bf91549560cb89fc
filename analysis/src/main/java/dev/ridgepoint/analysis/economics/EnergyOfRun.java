package dev.ridgepoint.analysis.economics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Energy of each case of a bundle, from the telemetry beside its iterations. */
public final class EnergyOfRun {
    private static final int LONGEST_LINE = 1 << 16;

    /** Calls of the measured iterations of a case, by fork and iteration. */
    private final Map<String, Map<Integer, Map<Integer, Long>>> calls = new HashMap<>();

    private final Path bundle;
    private final boolean telemetry;

    private EnergyOfRun(Path bundle, boolean telemetry) {
        this.bundle = bundle;
        this.telemetry = telemetry;
    }

    /** Reads how many calls each iteration made. */
    public static EnergyOfRun of(BundleReader reader) throws IOException {
        EnergyOfRun run =
                new EnergyOfRun(reader.path(), Files.isDirectory(reader.path().resolve(Layout.SAMPLES)));
        if (run.telemetry) {
            reader.iterations(line -> {
                if (!line.warmup()) {
                    run.calls
                            .computeIfAbsent(line.caseId(), id -> new HashMap<>())
                            .computeIfAbsent(line.fork(), fork -> new HashMap<>())
                            .put(line.iteration(), line.ops());
                }
            });
        }
        return run;
    }

    /** Whether the bundle holds telemetry of any case. */
    public boolean hasTelemetry() {
        return telemetry;
    }

    /** The energy of a case; null where an iteration's is not known, or all windows together are too short. */
    public Energy of(String caseId) throws IOException {
        Map<Integer, Map<Integer, Long>> forks = calls.getOrDefault(caseId, Map.of());
        double[] sums = new double[3];
        for (Map.Entry<Integer, Map<Integer, Long>> fork : forks.entrySet()) {
            Path file = bundle.resolve(Layout.telemetry(caseId, fork.getKey()));
            if (!Files.isRegularFile(file) || !add(file, fork.getValue(), sums)) {
                return null;
            }
        }
        double seconds = sums[1];
        return seconds < Energy.LEAST_SECONDS || !(sums[0] > 0)
                ? null
                : new Energy(sums[0] / sums[2], sums[0] / seconds, seconds);
    }

    /** Adds joules, seconds and calls of a fork; false where one of its iterations has no energy. */
    private static boolean add(Path file, Map<Integer, Long> iterations, double[] sums) throws IOException {
        int found = 0;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode at = parse(file, line);
                Long made = iterations.get(at.path("iteration").asInt(-1));
                if (made != null) {
                    // The counter may stand still over a short iteration; a null is no number at all.
                    if (!at.path("energyMj").isNumber() || !at.path("periodNs").isNumber()) {
                        return false;
                    }
                    double millijoules = at.path("energyMj").asDouble();
                    double ns = at.path("periodNs").asDouble();
                    sums[0] += millijoules / 1e3;
                    sums[1] += ns / 1e9;
                    sums[2] += made;
                    found++;
                }
            }
        }
        return found == iterations.size();
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
