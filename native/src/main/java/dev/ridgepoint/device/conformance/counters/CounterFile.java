package dev.ridgepoint.device.conformance.counters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.kernels.json.JsonComplaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code counters.ndjson} beside the goldens of a set: a line a vector. */
public final class CounterFile {
    private static final String NAME = "counters.ndjson";
    private static final JsonMapper JSON = new JsonMapper();

    private CounterFile() {}

    /** Writes all lines anew. */
    public static void write(Path set, List<KernelCounters> counters) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (KernelCounters one : counters) {
            lines.append(JSON.writeValueAsString(one)).append('\n');
        }
        Files.writeString(set.resolve(NAME), lines);
    }

    /**
     * Reads the lines; none where hardware's counters were not recorded.
     *
     * @throws IOException one line, naming file and line
     */
    public static List<KernelCounters> read(Path set) throws IOException {
        Path file = set.resolve(NAME);
        List<KernelCounters> counters = new ArrayList<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                try {
                    counters.add(JSON.readValue(line, KernelCounters.class));
                } catch (JsonProcessingException e) {
                    throw new IOException(file + ":" + (counters.size() + 1) + ": " + JsonComplaint.of(e), e);
                }
            }
        }
        return counters;
    }
}
