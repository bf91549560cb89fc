package dev.ridgepoint.kernels.cuda.adopt;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.kernels.json.JsonComplaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The descriptor of a kernel from outside, as its JSON file has it.
 *
 * @param entry the entry point's symbol
 * @param image name of the fatbin, cubin or PTX file, which lies beside the descriptor
 * @param sha256 digest of that file
 * @param problems what it solves: a shapes file's content
 * @param anyShape whether it takes every extent, not just those of {@code problems}
 * @param args what it is handed, in order; see {@link AdoptedArgument}
 * @param grid blocks along x, y, z, each an {@link Expression}
 * @param block threads of a block along x, y, z
 * @param shared bytes of dynamic shared memory
 * @param scratch bytes of buffers of its own, by name; their content is undefined
 */
@JsonPropertyOrder({"entry", "image", "sha256", "problems", "anyShape", "args", "grid", "block", "shared", "scratch"})
public record Adoption(
        String entry,
        String image,
        String sha256,
        JsonNode problems,
        boolean anyShape,
        List<String> args,
        String grid,
        String block,
        String shared,
        Map<String, String> scratch) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    public Adoption {
        args = List.copyOf(args);
        scratch = Collections.unmodifiableMap(new TreeMap<>(scratch));
    }

    /**
     * Reads a descriptor.
     *
     * @throws IllegalArgumentException if the file holds none
     */
    public static Adoption read(Path file) throws IOException {
        try {
            return JSON.readValue(Files.readAllBytes(file), Adoption.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    file.getFileName() + ": not the descriptor of an adopted kernel: " + JsonComplaint.of(e), e);
        }
    }

    /** What {@link #read} reads. */
    public String text() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a record of texts is always JSON", e);
        }
    }
}
