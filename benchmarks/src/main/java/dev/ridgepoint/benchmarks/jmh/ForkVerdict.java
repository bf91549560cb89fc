package dev.ridgepoint.benchmarks.jmh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.json.JsonFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How a fork ended, on disk: by the fork itself where it could, else by the run that watched it die. The file appears
 * whole or not at all, and a fork with one need never run again.
 *
 * @param outcome {@code measured}, {@code incorrect}, {@code skipped} or {@code failed}
 * @param reason a sentence, null where measured
 * @param implementation what ran, in the library's own words, null where it did not come to that
 * @param inputsSha256 digest of the operands as uploaded, null where there were none
 * @param sets sets of buffers rotated through
 * @param setsTimed of those, the sets that a timed call used
 * @param correctness what the gate saw, null where it did not come to that
 */
public record ForkVerdict(
        String outcome,
        String reason,
        String implementation,
        String inputsSha256,
        int sets,
        int setsTimed,
        Correctness correctness) {
    private static final JsonMapper JSON = new JsonMapper();

    static final String MEASURED = "measured";
    static final String INCORRECT = "incorrect";
    static final String SKIPPED = "skipped";
    static final String FAILED = "failed";

    static ForkVerdict without(String outcome, String reason) {
        return new ForkVerdict(outcome, reason, null, null, 0, 0, null);
    }

    void write(Path file) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(draft, Records.toJson(this) + "\n", StandardCharsets.UTF_8);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    static ForkVerdict read(Path file) throws IOException {
        JsonNode tree = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
        try {
            return Records.fromJson(tree, ForkVerdict.class, "");
        } catch (JsonFormatException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
