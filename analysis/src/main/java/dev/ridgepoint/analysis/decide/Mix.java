package dev.ridgepoint.analysis.decide;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.kernels.shape.ShapeJson;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A workload as {@code import-trace --json} sums it up: problems with their share of GPU time and their launches.
 *
 * @param sha256 digest of the canonical JSON of its problems
 * @param problems by falling share
 */
public record Mix(String sha256, List<Entry> problems) {
    private static final long MAX_FILE = 64L << 20;

    public Mix {
        problems = List.copyOf(problems);
    }

    /**
     * A problem of the mix.
     *
     * @param shape the id of its shape
     * @param precision its precision in the trace
     * @param share of the trace's GPU time, of one
     * @param launches in the trace
     */
    public record Entry(String shape, String precision, double share, long launches) {}

    /**
     * Reads one.
     *
     * @throws BundleException in one line that names file and member
     */
    public static Mix read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            JsonNode covered = StrictJson.document(in, MAX_FILE).path("covered");
            if (!covered.isArray()) {
                throw new JsonFormatException(
                        "/covered", "missing; expected what 'ridgepoint import-trace FILE --json' prints");
            }
            if (covered.isEmpty()) {
                throw new JsonFormatException(
                        "/covered", "the mix is empty: no problem of the trace can be asked here");
            }
            List<Entry> problems = new ArrayList<>();
            for (int i = 0; i < covered.size(); i++) {
                problems.add(entry(covered.get(i), "/covered/" + i));
            }
            return new Mix(CanonicalJson.sha256(covered), problems);
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        }
    }

    private static Entry entry(JsonNode problem, String at) throws JsonFormatException {
        double share = problem.path("share").asDouble(-1);
        long launches = problem.path("launches").asLong(0);
        if (!(share >= 0 && share <= 1)) {
            throw new JsonFormatException(at + "/share", "expected a share of one, got " + problem.path("share"));
        }
        if (launches < 1) {
            throw new JsonFormatException(at + "/launches", "expected 1 or more, got " + problem.path("launches"));
        }
        try {
            String shape = ShapeJson.parse(problem.path("op").asText(), problem.path("shape"))
                    .id();
            return new Entry(shape, problem.path("precision").asText(), share, launches);
        } catch (IllegalArgumentException unknown) {
            throw new JsonFormatException(at, String.valueOf(unknown.getMessage()));
        }
    }
}
