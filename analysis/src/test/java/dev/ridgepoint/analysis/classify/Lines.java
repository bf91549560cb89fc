package dev.ridgepoint.analysis.classify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Descriptors as short lines, and what the stream answers them. */
final class Lines {
    private static final String BOX = "\"hardware\":{\"peak_tflops\":989.4,\"bandwidth_tbs\":3.35}";
    private static final String BF16 =
            "\"precision\":{\"label\":\"bf16\",\"act_bytes\":2,\"weight_bytes\":2,\"kv_bytes\":2,\"out_bytes\":2}";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Lines() {}

    /** A line with this operation and shape, in bf16 on a plain box; fields of JSON in single quotes. */
    static String line(String op, String shape) {
        return line(op, shape, "");
    }

    /** As above with further fields, each led by a comma. */
    static String line(String op, String shape, String more) {
        return ("{'id':'x','op':'" + op + "','shape':{" + shape + "}," + BF16 + "," + BOX + more + "}")
                .replace('\'', '"');
    }

    static Classification classify(String op, String shape) {
        return Classifier.standard().classify(descriptor(line(op, shape)));
    }

    static Descriptor descriptor(String line) {
        try {
            return DescriptorJson.parse(MAPPER.readTree(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the stream wrote, line by line, and its exit status. */
    record Run(List<JsonNode> answers, int exit) {}

    static Run run(byte[] input) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            int exit = ClassifyStream.run(new ByteArrayInputStream(input), out);
            List<JsonNode> answers = out.toString(StandardCharsets.UTF_8)
                    .lines()
                    .map(Lines::parse)
                    .toList();
            return new Run(answers, exit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Run run(String input) {
        return run(input.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode parse(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(line, e);
        }
    }
}
