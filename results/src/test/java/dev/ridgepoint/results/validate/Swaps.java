package dev.ridgepoint.results.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Changes a tree in one place, at any depth: another value, none, or one too many. */
public final class Swaps {
    private Swaps() {}

    /** Puts a copy of the value somewhere, or takes something away; a value without parts stays as it is. */
    public static void one(JsonNode whole, JsonNode value, Random random) {
        List<Runnable> places = new ArrayList<>();
        collect(whole, value.deepCopy(), places);
        if (!places.isEmpty()) {
            places.get(random.nextInt(places.size())).run();
        }
    }

    private static void collect(JsonNode node, JsonNode value, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            for (String name :
                    object.properties().stream().map(Map.Entry::getKey).toList()) {
                places.add(() -> object.set(name, value));
                places.add(() -> object.remove(name));
                places.add(() -> object.set(name + "x", value));
            }
        }
        if (node instanceof ArrayNode array) {
            places.add(() -> array.add(value));
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, value));
                places.add(() -> array.remove(index));
            }
        }
        node.forEach(child -> collect(child, value, places));
    }
}
