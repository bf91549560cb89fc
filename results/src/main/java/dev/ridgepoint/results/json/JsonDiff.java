package dev.ridgepoint.results.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What differs between two trees, field by field. */
public final class JsonDiff {
    private JsonDiff() {}

    /**
     * One field.
     *
     * @param left its JSON text, {@code absent} where there is none
     */
    public record Difference(String pointer, String left, String right) {
        private static final String ABSENT = "absent";

        /** One line, in which a field that one side has not is told from one with another value. */
        @Override
        public String toString() {
            if (left.equals(ABSENT)) {
                return pointer + ": not recorded in the first, " + right + " in the second";
            }
            return right.equals(ABSENT)
                    ? pointer + ": " + left + " in the first, not recorded in the second"
                    : pointer + ": " + left + " against " + right;
        }
    }

    /** The differing leaves, in pointer order; empty where the trees mean the same. */
    public static List<Difference> of(JsonNode left, JsonNode right) {
        List<Difference> differences = new ArrayList<>();
        compare("", left, right, differences);
        return List.copyOf(differences);
    }

    private static void compare(String pointer, JsonNode left, JsonNode right, List<Difference> differences) {
        if (left.isObject() && right.isObject()) {
            for (String name : names(left, right)) {
                compare(Pointers.child(pointer, name), left.path(name), right.path(name), differences);
            }
        } else if (left.isArray() && right.isArray() && left.size() == right.size()) {
            for (int i = 0; i < left.size(); i++) {
                compare(Pointers.child(pointer, i), left.get(i), right.get(i), differences);
            }
        } else if (!text(left).equals(text(right))) {
            differences.add(new Difference(pointer, text(left), text(right)));
        }
    }

    private static Set<String> names(JsonNode left, JsonNode right) {
        Set<String> names = new TreeSet<>();
        left.properties().forEach(member -> names.add(member.getKey()));
        right.properties().forEach(member -> names.add(member.getKey()));
        return names;
    }

    private static String text(JsonNode node) {
        return node instanceof MissingNode ? Difference.ABSENT : CanonicalJson.write(node);
    }
}
