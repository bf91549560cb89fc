package dev.ridgepoint.analysis.classify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.kernels.json.JsonComplaint;
import dev.ridgepoint.kernels.workload.Phase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads labelled cases, one JSON object a line. */
public final class LabelledCases {
    private LabelledCases() {}

    /** The cases the classifier was built on. */
    public static List<LabelledCase> development() {
        return resource(Phase.class, "cases-dev.jsonl");
    }

    /** Cases of other models, drawn by a generator and kept away from the tables. */
    public static List<LabelledCase> heldout() {
        return resource(LabelledCases.class, "cases-heldout.jsonl");
    }

    /** Cases of models in neither of the others, written by hand; each names the configuration its extents are of. */
    public static List<LabelledCase> byHand() {
        return resource(LabelledCases.class, "cases-byhand.jsonl");
    }

    private static List<LabelledCase> resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": missing from the jar");
            }
            return read(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads every line.
     *
     * @throws IllegalArgumentException naming the line and the field that is wrong
     */
    public static List<LabelledCase> read(Reader lines) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<LabelledCase> cases = new ArrayList<>();
        BufferedReader reader = new BufferedReader(lines);
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                cases.add(LabelledCase.parse(mapper.readTree(line)));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("line " + number + ": not JSON: " + JsonComplaint.of(e));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
            }
        }
        return cases;
    }
}
