package dev.ridgepoint.results;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.Pointers;
import java.util.ArrayList;
import java.util.List;

/**
 * Records as JSON trees and back, member for component. Strict both ways: every component is written, none may be
 * missing or unknown, no type is coerced, and a record's own rules hold.
 */
public final class Records {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addMixIn(Outcome.class, OutcomeByKind.class)
            .build();

    private Records() {}

    /** Looks into records of a type, as reading the first would. */
    public static void prepare(Class<? extends Record> type) {
        MAPPER.readerFor(type);
    }

    /** The tree of a record. */
    public static ObjectNode toJson(Record value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * The record a tree stands for.
     *
     * @param pointer where the tree lies in its file, for messages
     * @throws JsonFormatException naming the member that is missing, unknown, mistyped or against a rule
     */
    public static <T> T fromJson(JsonNode tree, Class<T> type, String pointer) throws JsonFormatException {
        try {
            T read = MAPPER.treeToValue(tree, type);
            if (read == null) {
                throw new JsonFormatException(pointer, "expected an object, got null");
            }
            return read;
        } catch (JsonMappingException refused) {
            throw explained(tree, refused, pointer);
        } catch (JsonProcessingException refused) {
            throw new JsonFormatException(pointer, refused.getOriginalMessage());
        }
    }

    /** A record's own rule begins with the component it speaks of: that becomes the end of the pointer. */
    private static JsonFormatException explained(JsonNode tree, JsonMappingException refused, String pointer) {
        String path = pathOf(refused);
        Throwable rule = refused.getCause();
        if (!(rule instanceof IllegalArgumentException || rule instanceof NullPointerException)) {
            return Misfit.explained(tree, path, pointer, refused);
        }
        String message = String.valueOf(rule.getMessage());
        if (rule instanceof NullPointerException && message.startsWith("Cannot ")) {
            return new JsonFormatException(pointer + path, "a member is null and must not be");
        }
        int colon = message.indexOf(": ");
        if (colon > 0 && tree.at(path).has(message.substring(0, colon))) {
            return new JsonFormatException(
                    Pointers.child(pointer + path, message.substring(0, colon)), message.substring(colon + 2));
        }
        return new JsonFormatException(pointer + path, message);
    }

    private static String pathOf(JsonMappingException refused) {
        List<Object> path = new ArrayList<>();
        refused.getPath()
                .forEach(step -> path.add(step.getFieldName() == null ? step.getIndex() : step.getFieldName()));
        return Pointers.of(path);
    }

    /** {@code kind} names the outcome. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Outcome.Measured.class, name = "measured"),
        @JsonSubTypes.Type(value = Outcome.Simulated.class, name = "simulated"),
        @JsonSubTypes.Type(value = Outcome.Incorrect.class, name = "incorrect"),
        @JsonSubTypes.Type(value = Outcome.Skipped.class, name = "skipped"),
        @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed")
    })
    private interface OutcomeByKind {}
}
