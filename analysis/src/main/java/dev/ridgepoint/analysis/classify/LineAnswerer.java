package dev.ridgepoint.analysis.classify;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.kernels.json.JsonComplaint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers lines, each with a classification or with an error that names the field. */
final class LineAnswerer {
    /**
     * One line of input.
     *
     * @param number counted from 1
     * @param bytes its text in UTF-8
     * @param whole false where the line was too long and only its beginning was kept
     */
    record Line(long number, byte[] bytes, boolean whole) {}

    /** The answers to some lines, in order. */
    record Answers(byte[] lines, boolean someRefused) {}

    /** Non-numbers are let through here so that the error can name their field. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private static final int LONGEST_MESSAGE = 200;
    private static final int LONGEST_FIELD = 60;

    private static final byte[] BEFORE_ID = "{\"id\":".getBytes(StandardCharsets.UTF_8);

    private final AnswerCache known;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean refused;

    private LineAnswerer(AnswerCache known) {
        this.known = known;
    }

    static Answers answer(List<Line> lines, AnswerCache known) throws IOException {
        LineAnswerer answerer = new LineAnswerer(known);
        for (Line line : lines) {
            answerer.answer(line);
            answerer.out.write('\n');
        }
        return new Answers(answerer.out.toByteArray(), answerer.refused);
    }

    private void answer(Line line) throws IOException {
        try {
            JsonNode json = parse(line);
            byte[] fields = known.fields(DescriptorJson.parse(json));
            out.writeBytes(BEFORE_ID);
            out.writeBytes(utf8(json.get("id")));
            out.write(',');
            out.writeBytes(fields);
            out.write('}');
        } catch (IllegalArgumentException invalid) {
            refuse(line, invalid.getMessage());
        }
    }

    private static byte[] utf8(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode parse(Line line) throws IOException {
        if (!line.whole) {
            throw new IllegalArgumentException("line: longer than " + ClassifyStream.LONGEST_LINE + " bytes");
        }
        try (JsonParser parser = MAPPER.getFactory().createParser(line.bytes)) {
            try {
                JsonNode json = MAPPER.readTree(parser);
                if (parser.nextToken() != null) {
                    throw new IllegalArgumentException("line: something follows the object");
                }
                return json;
            } catch (MismatchedInputException repeated) {
                throw new IllegalArgumentException(field(parser) + ": given twice");
            } catch (JsonProcessingException malformed) {
                throw new IllegalArgumentException(field(parser) + ": not JSON: " + JsonComplaint.of(malformed));
            }
        }
    }

    /** Where the parser stopped, {@code hardware.peak_tflops}. */
    private static String field(JsonParser parser) {
        String at = parser.getParsingContext().pathAsPointer().toString();
        String field = at.isEmpty() ? "line" : at.substring(1).replace('/', '.');
        return field.length() <= LONGEST_FIELD ? field : field.substring(0, LONGEST_FIELD) + "...";
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE - 3) + "...";
    }

    private void refuse(Line line, String error) throws IOException {
        refused = true;
        JsonNode id = readableId(line.bytes);
        ObjectNode refusal = MAPPER.createObjectNode().set("id", id);
        if (id.isNull()) {
            refusal.put("line", line.number);
        }
        out.writeBytes(utf8(refusal.put("error", firstLine(error))));
    }

    /** The id as far as the line can be read; null where it stands behind what cannot be, or is none. */
    private static JsonNode readableId(byte[] line) throws IOException {
        try (JsonParser parser = MAPPER.getFactory().createParser(line)) {
            boolean inObject = parser.nextToken() == JsonToken.START_OBJECT;
            while (inObject && parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isId = parser.currentName().equals("id");
                JsonToken value = parser.nextToken();
                if (isId) {
                    boolean fits = value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT;
                    return fits ? parser.readValueAsTree() : NullNode.instance;
                }
                parser.skipChildren();
            }
        } catch (JsonProcessingException malformed) {
            // What comes before the fault has been looked at.
        }
        return NullNode.instance;
    }
}
