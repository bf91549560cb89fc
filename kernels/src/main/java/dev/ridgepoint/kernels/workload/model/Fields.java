package dev.ridgepoint.kernels.workload.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Typed reading of one JSON object; every error names the model and the field, and no field goes unread. */
final class Fields {
    private static final long LARGEST = 1L << 31;

    private final String owner;
    private final String path;
    private final JsonNode json;
    private final Set<String> read = new HashSet<>();

    Fields(String owner, String path, JsonNode json) {
        this.owner = owner;
        this.path = path;
        this.json = json;
        if (!json.isObject()) {
            throw new IllegalArgumentException(owner + ": " + path + ": expected an object, got " + json);
        }
    }

    IllegalArgumentException error(String field, String problem) {
        return new IllegalArgumentException("model '" + owner + "': " + path + field + ": " + problem);
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    private JsonNode need(String field) {
        read.add(field);
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            throw error(field, "missing");
        }
        return value;
    }

    /** An extent of 1 to 2^31. */
    long extent(String field) {
        return number(field, 1);
    }

    /** An extent that may be absent, which is 0. */
    long extentOrNone(String field) {
        read.add(field);
        return has(field) ? number(field, 0) : 0;
    }

    private long number(String field, long least) {
        JsonNode value = need(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw error(field, "expected a whole number, got " + value);
        }
        long number = value.asLong();
        if (number < least || number > LARGEST) {
            throw error(field, "expected " + least + " to 2^31, got " + number);
        }
        return number;
    }

    boolean flag(String field) {
        JsonNode value = need(field);
        if (!value.isBoolean()) {
            throw error(field, "expected true or false, got " + value);
        }
        return value.asBoolean();
    }

    String text(String field) {
        JsonNode value = need(field);
        if (!value.isTextual() || value.asText().isBlank()) {
            throw error(field, "expected a text, got " + value);
        }
        return value.asText();
    }

    String textOrNone(String field) {
        read.add(field);
        return has(field) ? text(field) : null;
    }

    /** A list of extents, at least one. */
    List<Long> extents(String field) {
        List<Long> extents = new ArrayList<>();
        for (JsonNode value : list(field)) {
            if (!value.isIntegralNumber() || value.asLong() < 1 || value.asLong() > LARGEST) {
                throw error(field, "expected whole numbers of 1 to 2^31, got " + value);
            }
            extents.add(value.asLong());
        }
        return extents;
    }

    /** A list of objects, at least one. */
    <T> List<T> objects(String field, Function<Fields, T> reader) {
        List<T> objects = new ArrayList<>();
        for (JsonNode value : list(field)) {
            Fields fields = new Fields(owner, path + field + "[" + objects.size() + "].", value);
            objects.add(reader.apply(fields));
            fields.refuseUnread();
        }
        return objects;
    }

    private JsonNode list(String field) {
        JsonNode value = need(field);
        if (!value.isArray() || value.isEmpty()) {
            throw error(field, "expected a list of at least one, got " + value);
        }
        return value;
    }

    /** Refuses fields nobody asked for: a misspelt one would otherwise be lost. */
    void refuseUnread() {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!read.contains(name)) {
                throw error(
                        name,
                        "unknown field; known here: "
                                + String.join(", ", read.stream().sorted().toList()));
            }
        }
    }
}
