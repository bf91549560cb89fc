package dev.ridgepoint.results.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.Pointers;
import java.util.Map;

/**
 * NaN and the infinities, which JSON has no text for: null in their place, and beside the tree a map from pointer to
 * what stood there.
 */
final class NonFinite {
    private static final Map<String, Double> TEXTS =
            Map.of("NaN", Double.NaN, "Infinity", Double.POSITIVE_INFINITY, "-Infinity", Double.NEGATIVE_INFINITY);

    private NonFinite() {}

    /** Puts null in their place and returns where and what they were. */
    static ObjectNode takeOut(ObjectNode tree) {
        ObjectNode found = JsonNodeFactory.instance.objectNode();
        walk(tree, "", found);
        return found;
    }

    private static void walk(JsonNode node, String pointer, ObjectNode found) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                String at = Pointers.child(pointer, member.getKey());
                if (isNonFinite(member.getValue())) {
                    found.put(at, Double.toString(member.getValue().doubleValue()));
                    member.setValue(JsonNodeFactory.instance.nullNode());
                } else {
                    walk(member.getValue(), at, found);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                walk(array.get(i), Pointers.child(pointer, i), found);
            }
        }
    }

    private static boolean isNonFinite(JsonNode node) {
        return node.isDouble() && !Double.isFinite(node.doubleValue());
    }

    /** The reverse, refusing entries that do not point at a null. */
    static void putBack(ObjectNode tree, JsonNode found, String base) throws JsonFormatException {
        for (Map.Entry<String, JsonNode> entry : found.properties()) {
            String pointer = entry.getKey();
            int last = pointer.lastIndexOf('/');
            Double value = TEXTS.get(entry.getValue().asText());
            boolean known = pointer.startsWith("/") && value != null;
            if (!known || !(tree.at(pointer.substring(0, last)) instanceof ObjectNode parent)) {
                throw new JsonFormatException(Pointers.child(base + "/nonFinite", pointer), "points at nothing");
            }
            String name = pointer.substring(last + 1).replace("~1", "/").replace("~0", "~");
            if (!parent.path(name).isNull()) {
                throw new JsonFormatException(Pointers.child(base + "/nonFinite", pointer), "does not point at a null");
            }
            parent.set(name, DoubleNode.valueOf(value));
        }
    }
}
