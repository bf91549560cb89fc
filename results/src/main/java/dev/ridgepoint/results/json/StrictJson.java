package dev.ridgepoint.results.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.ridgepoint.kernels.json.JsonComplaint;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/**
 * Reads JSON that someone may have made to hurt: plain UTF-8, no duplicated members, numbers a double holds, and
 * limits on depth and size, so that no input ends in an exhausted stack or heap.
 */
public final class StrictJson {
    /** Deep enough for our files twice over. */
    static final int MAX_DEPTH = 32;

    static final int MAX_TEXT = 1 << 16;
    static final int MAX_NAME = 256;
    static final int MAX_NUMBER = 64;
    /** A tree takes some forty times the bytes of a text like [0,0,0]. */
    static final int MAX_NODES = 1 << 18;
    /** Parts between two looks at how far the parser is. */
    private static final int LOOKS = 16;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            // Names come from strangers: interning them all would fill a table that is never emptied.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private final JsonParser parser;
    private final long maxBytes;
    private long start;
    private int nodes;
    private int nextLook;

    private StrictJson(JsonParser parser, long maxBytes) {
        this.parser = parser;
        this.maxBytes = maxBytes;
    }

    /** A parser of a stream. */
    public static JsonParser parser(InputStream in) throws IOException {
        // Jackson buffers by itself; small files by the ten thousand need no second buffer.
        PushbackInputStream whole = new PushbackInputStream(in, 4);
        byte[] head = whole.readNBytes(4);
        refuseOtherEncodings(head);
        whole.unread(head);
        return FACTORY.createParser(whole);
    }

    /** A parser of a piece of memory, such as a line. */
    public static JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
        return FACTORY.createParser(bytes, offset, length);
    }

    /** A whole document that must hold no more than {@code maxBytes}. */
    public static JsonNode document(InputStream in, long maxBytes) throws IOException {
        return document(parser(in), maxBytes);
    }

    /** A whole document in memory. */
    public static JsonNode document(byte[] bytes, int offset, int length) throws IOException {
        return document(parser(bytes, offset, length), length);
    }

    private static JsonNode document(JsonParser opened, long maxBytes) throws IOException {
        try (JsonParser parser = opened) {
            next(parser);
            JsonNode tree = value(parser, maxBytes);
            if (next(parser) != null) {
                throw new JsonFormatException("", "text goes on after the end of the document");
            }
            return tree;
        }
    }

    /** The next token, its syntax errors turned into ours. */
    public static JsonToken next(JsonParser parser) throws IOException {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException malformed) {
            throw translate(parser, malformed);
        }
    }

    /** The value the parser stands on, read to its end. */
    public static JsonNode value(JsonParser parser, long maxBytes) throws IOException {
        StrictJson reader = new StrictJson(parser, maxBytes);
        reader.start = parser.currentLocation().getByteOffset();
        try {
            JsonNode tree = reader.value();
            reader.limitSize();
            return tree;
        } catch (JsonProcessingException malformed) {
            throw translate(parser, malformed);
        }
    }

    /** Jackson's complaint in our words; a limit is no matter of syntax. */
    public static JsonFormatException translate(JsonParser parser, JsonProcessingException malformed) {
        String complaint = JsonComplaint.of(malformed);
        return new JsonFormatException(
                pointer(parser),
                malformed instanceof StreamConstraintsException
                        ? complaint
                        : "not JSON: " + line(malformed.getLocation()) + complaint);
    }

    /** Of a single line the caller knows better which it is. */
    private static String line(JsonLocation at) {
        return at == null || at.getLineNr() < 2 ? "" : "line " + at.getLineNr() + ": ";
    }

    /** Where the parser stands. */
    public static String pointer(JsonParser parser) {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private static void refuseOtherEncodings(byte[] head) throws JsonFormatException {
        if (head.length >= 3 && head[0] == (byte) 0xEF && head[1] == (byte) 0xBB && head[2] == (byte) 0xBF) {
            throw new JsonFormatException("", "begins with a byte order mark; expected plain UTF-8");
        }
        boolean utf16 = head.length >= 2
                && (head[0] == 0 || head[1] == 0 || (head[0] & 0xFE) == 0xFE && (head[1] & 0xFE) == 0xFE);
        if (utf16) {
            throw new JsonFormatException("", "is UTF-16 or UTF-32; expected plain UTF-8");
        }
    }

    private JsonNode value() throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new JsonFormatException("", "is empty; expected a JSON value");
        }
        if (++nodes > MAX_NODES) {
            throw refusal("value has more than " + MAX_NODES + " parts");
        }
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> fraction();
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.instance;
            default -> throw refusal("unexpected " + token);
        };
    }

    private ObjectNode object() throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = name();
            parser.nextToken();
            if (object.replace(name, value()) != null) {
                throw refusal("the member is there twice");
            }
            limitSizeNowAndThen();
        }
        return object;
    }

    private ArrayNode array() throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value());
            limitSizeNowAndThen();
        }
        return array;
    }

    private JsonNode whole() throws IOException {
        JsonParser.NumberType type = parser.getNumberType();
        boolean fits = type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG;
        if (fits && Math.abs(parser.getLongValue()) <= NumberForm.MAX_SAFE_INTEGER) {
            return LongNode.valueOf(parser.getLongValue());
        }
        // Doubles of that size print as integers; any other integer would not survive being read as a double.
        String text = parser.getText();
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value) || !NumberForm.of(value).equals(text)) {
            throw refusal("integer is beyond +-(2^53-1) and no double prints so");
        }
        return DoubleNode.valueOf(value);
    }

    /** Whole values become integers however they are spelled, so that 2, 2.0 and 2e0 are one value. */
    private JsonNode fraction() throws IOException {
        double value = parser.getDoubleValue();
        if (!Double.isFinite(value)) {
            throw refusal("number is beyond the range of a double");
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) <= NumberForm.MAX_SAFE_INTEGER;
        return whole ? LongNode.valueOf((long) value) : DoubleNode.valueOf(value);
    }

    /** Half a surrogate pair can be escaped but is no character, and no digest could cover it. */
    private void unicode(char[] text, int from, int length) throws JsonFormatException {
        int end = from + length;
        for (int i = from; i < end; i++) {
            if (Character.isSurrogate(text[i])) {
                boolean pair =
                        Character.isHighSurrogate(text[i]) && i + 1 < end && Character.isLowSurrogate(text[i + 1]);
                if (!pair) {
                    throw refusal("text holds half a surrogate pair");
                }
                i++;
            }
        }
    }

    private String name() throws IOException {
        String name = parser.currentName();
        for (int i = 0; i < name.length(); i++) {
            if (Character.isSurrogate(name.charAt(i))) {
                unicode(name.toCharArray(), 0, name.length());
                break;
            }
        }
        return name;
    }

    private TextNode text() throws IOException {
        unicode(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        return TextNode.valueOf(parser.getText());
    }

    /** Asking where the parser stands costs more than reading a number; what is read in between is bounded. */
    private void limitSizeNowAndThen() throws JsonFormatException {
        if (nodes >= nextLook) {
            nextLook = nodes + LOOKS;
            limitSize();
        }
    }

    private void limitSize() throws JsonFormatException {
        if (parser.currentLocation().getByteOffset() - start > maxBytes) {
            throw refusal("value is larger than " + maxBytes + " bytes");
        }
    }

    private JsonFormatException refusal(String message) {
        return new JsonFormatException(pointer(parser), message);
    }
}
