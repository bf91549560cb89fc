package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.NumberForm;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;

/** Reads an iteration in whatever way JSON may spell it, and says what is wrong with one. */
final class IterationParser {
    private static final int MEMBERS = 7;

    private String caseId;
    private long fork;
    private long iteration;
    private boolean warmup;
    private double nsPerOp;
    private long ops;
    private long startEpochMicros;
    private int seen;

    private IterationParser() {}

    /**
     * The line {@code lines} stands on.
     *
     * @throws JsonFormatException whose pointer counts lines from 0
     */
    static IterationLine read(Lines lines) throws IOException {
        String at = "/" + lines.number();
        try (JsonParser parser = StrictJson.parser(lines.buffer(), lines.offset(), lines.length())) {
            return new IterationParser().parse(parser);
        } catch (JsonFormatException refused) {
            throw new JsonFormatException(
                    at + refused.pointer(), "line " + (lines.number() + 1) + ": " + refused.getMessage());
        }
    }

    private IterationLine parse(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonFormatException("", "expected an object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                member(parser, name);
            }
            if (parser.nextToken() != null) {
                throw new JsonFormatException("", "text goes on after the object");
            }
        } catch (JsonProcessingException malformed) {
            throw StrictJson.translate(parser, malformed);
        }
        if (seen != (1 << MEMBERS) - 1) {
            throw new JsonFormatException("", "a member is missing");
        }
        try {
            return new IterationLine(
                    caseId, Math.toIntExact(fork), Math.toIntExact(iteration), warmup, nsPerOp, ops, startEpochMicros);
        } catch (IllegalArgumentException | ArithmeticException refused) {
            throw new JsonFormatException("", refused.getMessage());
        }
    }

    private void member(JsonParser parser, String name) throws IOException {
        switch (name) {
            case "caseId" -> {
                mark(parser, 0, JsonToken.VALUE_STRING);
                caseId = parser.getText();
            }
            case "fork" -> fork = whole(parser, 1);
            case "iteration" -> iteration = whole(parser, 2);
            case "warmup" -> {
                warmup = parser.currentToken() == JsonToken.VALUE_TRUE;
                mark(parser, 3, warmup ? JsonToken.VALUE_TRUE : JsonToken.VALUE_FALSE);
            }
            case "nsPerOp" -> {
                boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
                mark(parser, 4, whole ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT);
                nsPerOp = parser.getDoubleValue();
            }
            case "ops" -> ops = whole(parser, 5);
            case "startEpochMicros" -> startEpochMicros = whole(parser, 6);
            default -> throw refusal(parser, "unknown member");
        }
    }

    private long whole(JsonParser parser, int member) throws IOException {
        mark(parser, member, JsonToken.VALUE_NUMBER_INT);
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                || Math.abs(parser.getLongValue()) > NumberForm.MAX_SAFE_INTEGER) {
            throw refusal(parser, "integer is beyond +-(2^53-1)");
        }
        return parser.getLongValue();
    }

    private void mark(JsonParser parser, int member, JsonToken expected) throws IOException {
        if (parser.currentToken() != expected) {
            throw refusal(parser, "expected " + expected + ", got " + parser.currentToken());
        }
        if ((seen & 1 << member) != 0) {
            throw refusal(parser, "the member is there twice");
        }
        seen |= 1 << member;
    }

    private static JsonFormatException refusal(JsonParser parser, String message) {
        return new JsonFormatException(StrictJson.pointer(parser), message);
    }
}
