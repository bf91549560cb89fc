package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an {@code ab} asks, kept beside its two bundles so that it can go on: everything else lies in their plans.
 *
 * @param a the first side as it was typed
 * @param b the second
 * @param margin in percent
 */
record AbQuestion(String a, String b, double margin) {
    private static final String FILE = "ab.json";

    void write(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            throw UserError.refused(folder + ": an 'ab' was begun here; --resume it, or name another folder");
        }
        Files.createDirectories(folder);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("a", a);
        json.put("b", b);
        json.put("margin", margin);
        new JsonMapper().writeValue(file.toFile(), json);
    }

    static AbQuestion read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw UserError.refused(folder + ": no 'ab' was begun here: there is no " + FILE);
        }
        JsonNode json = new JsonMapper().readTree(file.toFile());
        if (!json.path("a").isTextual()
                || !json.path("b").isTextual()
                || !json.path("margin").isNumber()) {
            throw UserError.refused(file + ": not what 'ab' wrote");
        }
        return new AbQuestion(
                json.path("a").asText(),
                json.path("b").asText(),
                json.path("margin").asDouble());
    }

    TakingTurns turns(TurnOptions options, PrintWriter err, Path folder) throws IOException {
        return new TakingTurns(options, err, folder, AbSide.parse(a), AbSide.parse(b));
    }
}
