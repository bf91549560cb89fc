package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;

/** Prints an answer as indented JSON; absent fields are left out. */
final class JsonOut {
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
            .build()
            .writerWithDefaultPrettyPrinter();

    private JsonOut() {}

    static void print(PrintWriter out, Object answer) {
        try {
            out.println(WRITER.writeValueAsString(answer));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not representable as JSON: " + answer, e);
        }
    }
}
