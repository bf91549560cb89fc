package dev.ridgepoint.results.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Trees of JSON that is laid out plainly, the same that {@link StrictJson} makes; for one thread. */
public final class PlainTree {
    private final PlainJson json = new PlainJson();
    private final NameTable names = new NameTable();

    /** The tree of a whole document; null where it is not plain, and StrictJson has the word. */
    public JsonNode read(byte[] bytes, int offset, int length) {
        json.begin(bytes, offset, length);
        JsonNode tree = value();
        return json.ended() ? tree : null;
    }

    private JsonNode value() {
        return switch (json.first()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> TextNode.valueOf(json.text());
            case 't' -> word(BooleanNode.TRUE);
            case 'f' -> word(BooleanNode.FALSE);
            case 'n' -> word(NullNode.instance);
            default -> number();
        };
    }

    private ObjectNode object() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        json.object();
        while (json.member()) {
            String name = json.name(names);
            object.set(name, value());
        }
        return object;
    }

    private ArrayNode array() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        json.array();
        while (json.element()) {
            array.add(value());
        }
        return array;
    }

    private JsonNode word(JsonNode meaning) {
        json.word();
        return meaning;
    }

    /** Whole values are integers however they are spelled. */
    private JsonNode number() {
        double value = json.number();
        boolean whole = value == Math.rint(value) && Math.abs(value) <= NumberForm.MAX_SAFE_INTEGER;
        return whole ? LongNode.valueOf((long) value) : DoubleNode.valueOf(value);
    }
}
