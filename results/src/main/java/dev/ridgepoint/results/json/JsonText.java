package dev.ridgepoint.results.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON trees without white space, with one text for each number and string. Locale, JDK and Jackson's settings
 * do not show in it.
 */
public final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out;
    private final boolean sorted;
    private final List<Object> path = new ArrayList<>();

    private JsonText(StringBuilder out, boolean sorted) {
        this.out = out;
        this.sorted = sorted;
    }

    /** The tree on one line, members in the tree's own order. */
    public static String write(JsonNode tree) {
        return write(tree, false);
    }

    static String write(JsonNode tree, boolean sorted) {
        StringBuilder out = new StringBuilder(256);
        new JsonText(out, sorted).value(tree);
        return out.toString();
    }

    /** Appends a text between quotation marks. */
    public static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            escape(out, text, i);
        }
        out.append('"');
    }

    private void value(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> text(node.textValue());
            case NUMBER -> number(node);
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            default -> throw refusal("a " + node.getNodeType() + " node is no JSON");
        }
    }

    private void object(JsonNode node) {
        out.append('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> member : members(node)) {
            if (!first) {
                out.append(',');
            }
            first = false;
            path.add(member.getKey());
            text(member.getKey());
            out.append(':');
            value(member.getValue());
            path.remove(path.size() - 1);
        }
        out.append('}');
    }

    /** String order is by UTF-16 code unit, as RFC 8785 asks. */
    private Collection<Map.Entry<String, JsonNode>> members(JsonNode object) {
        if (!sorted) {
            return object.properties();
        }
        List<Map.Entry<String, JsonNode>> byName = new ArrayList<>(object.properties());
        byName.sort(Map.Entry.comparingByKey());
        return byName;
    }

    private void array(JsonNode node) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            path.add(i);
            value(node.get(i));
            path.remove(path.size() - 1);
        }
        out.append(']');
    }

    private void number(JsonNode node) {
        try {
            if (node.isIntegralNumber()) {
                out.append(NumberForm.of(wholeOf(node)));
            } else {
                out.append(NumberForm.of(node.doubleValue()));
            }
        } catch (IllegalArgumentException refused) {
            throw refusal(refused.getMessage());
        }
    }

    private long wholeOf(JsonNode node) {
        if (!node.canConvertToLong()) {
            throw new IllegalArgumentException("integer is beyond +-(2^53-1)");
        }
        return node.longValue();
    }

    private void text(String text) {
        try {
            quote(out, text);
        } catch (IllegalArgumentException refused) {
            throw refusal(refused.getMessage());
        }
    }

    private static void escape(StringBuilder out, String text, int i) {
        char c = text.charAt(i);
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> {
                if (c < 0x20) {
                    out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
                } else if (Character.isSurrogate(c) && !paired(text, i)) {
                    throw new IllegalArgumentException("text holds half a surrogate pair");
                } else {
                    out.append(c);
                }
            }
        }
    }

    private static boolean paired(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private IllegalArgumentException refusal(String message) {
        return new IllegalArgumentException(Pointers.of(path) + ": " + message);
    }
}
