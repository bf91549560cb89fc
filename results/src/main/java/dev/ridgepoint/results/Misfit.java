package dev.ridgepoint.results;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.ridgepoint.results.json.JsonFormatException;
import java.util.Collection;
import java.util.Locale;

/** Why a tree is no record, in words of JSON: the names of classes mean nothing to who wrote the file. */
final class Misfit {
    private Misfit() {}

    static JsonFormatException explained(JsonNode tree, String path, String pointer, JsonMappingException refused) {
        String at = pointer + path;
        if (refused instanceof UnrecognizedPropertyException) {
            return new JsonFormatException(at, "unknown member");
        }
        if (refused instanceof InvalidTypeIdException kind) {
            return new JsonFormatException(
                    at, kind.getTypeId() == null ? "says no kind" : "unknown kind " + kind.getTypeId());
        }
        JsonNode found = tree.at(path);
        if (found.isMissingNode()) {
            return new JsonFormatException(at, "is missing");
        }
        if (refused instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return new JsonFormatException(at, "expected " + named(mismatch.getTargetType()) + ", got " + named(found));
        }
        return new JsonFormatException(at, "does not fit here: " + named(found));
    }

    private static String named(Class<?> type) {
        if (type == String.class) {
            return "a text";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type == Double.class || type == double.class) {
            return "a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a whole number within " + type.getSimpleName().toLowerCase(Locale.ROOT) + "'s range";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "an array" : "an object";
    }

    private static String named(JsonNode found) {
        return switch (found.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case STRING -> found.asText().isEmpty() ? "an empty text" : "a text";
            case NUMBER, BOOLEAN, NULL -> found.toString();
            default -> "no JSON";
        };
    }
}
