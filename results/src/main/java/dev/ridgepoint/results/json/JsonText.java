package dev.ridgepoint.results.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Writes JSON trees without white space, with one text for each number and string. Locale, JDK and Jackson's settings
 * do not show in it.
 */
public final class JsonText {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private final boolean sorted;
    private byte[] out = new byte[1 << 9];
    private int size;

    private JsonText(boolean sorted) {
        this.sorted = sorted;
    }

    /** Why a tree has no text; its place is gathered on the way out, so that sound trees need not keep track of it. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Deque<Object> path = new ArrayDeque<>();

        Refused(String message) {
            super(message, null, false, false);
        }

        Refused within(Object step) {
            path.addFirst(step);
            return this;
        }
    }

    /** The tree on one line, members in the tree's own order. */
    public static String write(JsonNode tree) {
        return write(tree, false);
    }

    static String write(JsonNode tree, boolean sorted) {
        JsonText text = new JsonText(sorted);
        text.whole(tree);
        return new String(text.out, 0, text.size, StandardCharsets.UTF_8);
    }

    /** Feeds the text's UTF-8 bytes to a digest. */
    static void feed(JsonNode tree, boolean sorted, MessageDigest digest) {
        JsonText text = new JsonText(sorted);
        text.whole(tree);
        digest.update(text.out, 0, text.size);
    }

    private void whole(JsonNode tree) {
        try {
            value(tree);
        } catch (Refused refused) {
            throw new IllegalArgumentException(
                    Pointers.of(List.copyOf(refused.path)) + ": " + refused.getMessage(), refused);
        }
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
            case OBJECT -> {
                if (sorted) {
                    canonicalObject(node);
                } else {
                    object(node);
                }
            }
            case ARRAY -> array(node);
            case STRING -> text(node.textValue());
            case NUMBER -> number(node);
            case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
            case NULL -> bytes(NULL);
            default -> throw new Refused("a " + node.getNodeType() + " node is no JSON");
        }
    }

    private void object(JsonNode node) {
        put('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (!first) {
                put(',');
            }
            first = false;
            member(member.getKey(), null, member.getValue());
        }
        put('}');
    }

    private void canonicalObject(JsonNode node) {
        String[] names = new String[node.size()];
        JsonNode[] values = new JsonNode[names.length];
        int count = 0;
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            names[count] = member.getKey();
            values[count++] = member.getValue();
        }
        MemberOrder order = MemberOrder.of(names);
        put('{');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                put(',');
            }
            int place = order.place(i);
            member(names[place], order.text(i), values[place]);
        }
        put('}');
    }

    /** @param plain the name's text and the colon, null where it is to be made */
    private void member(String name, byte[] plain, JsonNode value) {
        try {
            if (plain != null) {
                bytes(plain);
            } else {
                text(name);
                put(':');
            }
            value(value);
        } catch (Refused refused) {
            throw refused.within(name);
        }
    }

    /** A name between quotation marks, and the colon behind it; null where something in it has to be escaped, or is not ASCII. */
    static byte[] plainName(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        boolean plain = utf8.length == name.length() && needsNoEscape(utf8);
        return plain ? ('"' + name + "\":").getBytes(StandardCharsets.UTF_8) : null;
    }

    private void array(JsonNode node) {
        put('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                put(',');
            }
            try {
                value(node.get(i));
            } catch (Refused refused) {
                throw refused.within(i);
            }
        }
        put(']');
    }

    private void number(JsonNode node) {
        try {
            ascii(node.isIntegralNumber() ? NumberForm.of(wholeOf(node)) : NumberForm.of(node.doubleValue()));
        } catch (IllegalArgumentException refused) {
            throw new Refused(refused.getMessage());
        }
    }

    private long wholeOf(JsonNode node) {
        if (!node.canConvertToLong()) {
            throw new IllegalArgumentException("integer is beyond +-(2^53-1)");
        }
        return node.longValue();
    }

    /** Nearly every text is plain ASCII and goes through as it is. */
    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length == text.length() && needsNoEscape(utf8)) {
            put('"');
            bytes(utf8);
            put('"');
            return;
        }
        StringBuilder quoted = new StringBuilder(text.length() + 16);
        try {
            quote(quoted, text);
        } catch (IllegalArgumentException refused) {
            throw new Refused(refused.getMessage());
        }
        bytes(quoted.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A lone surrogate becomes one question mark, as long as what it stands for, so only ASCII bytes will do. */
    private static boolean needsNoEscape(byte[] utf8) {
        for (byte b : utf8) {
            if (b < 0x20 || b == '"' || b == '\\' || b == '?') {
                return false;
            }
        }
        return true;
    }

    private void ascii(String text) {
        bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void put(char ascii) {
        if (size == out.length) {
            out = Arrays.copyOf(out, 2 * size);
        }
        out[size++] = (byte) ascii;
    }

    private void bytes(byte[] more) {
        if (more.length > out.length - size) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, size + more.length));
        }
        System.arraycopy(more, 0, out, size, more.length);
        size += more.length;
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
}
