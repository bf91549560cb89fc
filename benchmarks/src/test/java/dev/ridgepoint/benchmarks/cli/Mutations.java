package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Ways to break JSON: its bytes, or one place of its tree. */
final class Mutations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<byte[]> NASTY = Stream.of(
                    "NaN",
                    "1e999",
                    "-0",
                    "9007199254740993",
                    "1".repeat(400),
                    "null",
                    "{}",
                    "[]",
                    "\"",
                    "\\ud800",
                    "\u0000",
                    "\u202e",
                    ",",
                    "\n",
                    "[".repeat(5000),
                    "{\"a\":".repeat(500),
                    "\"" + "a".repeat(70_000))
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();

    private static final List<JsonNode> VALUES = List.of(
            JSON.nullNode(),
            JSON.booleanNode(true),
            JSON.booleanNode(false),
            JSON.numberNode(0),
            JSON.numberNode(-1),
            JSON.numberNode(1L << 31),
            JSON.numberNode((1L << 53) - 1),
            JSON.numberNode(1e300),
            JSON.numberNode(5e-324),
            JSON.numberNode(-0.5),
            JSON.textNode(""),
            JSON.textNode("x"),
            JSON.textNode("NaN"),
            JSON.textNode("\u0000\u001b[2J\u202e"),
            JSON.textNode("../../etc/passwd"),
            JSON.textNode("n".repeat(60_000)),
            JSON.arrayNode(),
            JSON.objectNode(),
            JSON.arrayNode().add(JSON.arrayNode().add(JSON.arrayNode().add(1))));

    /** What happens to a number that stays one: the mutants that matter most. */
    private static final List<UnaryOperator<Double>> NUMBERS = List.of(
            value -> value * 1.01,
            value -> value * (1 + 1e-7),
            value -> value / 2,
            value -> value + 1,
            value -> value - 1,
            value -> -value);

    private Mutations() {}

    /** One place of the text broken. */
    static byte[] ofBytes(byte[] original, Random random) {
        int at = random.nextInt(original.length);
        int length = Math.min(1 + random.nextInt(40), original.length - at);
        byte[] piece = Arrays.copyOfRange(original, at, at + length);
        return switch (random.nextInt(7)) {
            case 0 -> splice(original, at, 1, new byte[] {(byte) (original[at] ^ 1 << random.nextInt(8))});
            case 1 -> splice(original, at, length, new byte[0]);
            case 2 -> splice(original, at, 0, piece);
            case 3 -> Arrays.copyOf(original, at);
            case 4 -> splice(original, at, random.nextInt(2), NASTY.get(random.nextInt(NASTY.size())));
            case 5 -> memberTwice(original, at);
            default -> otherDigit(original, at, random);
        };
    }

    private static byte[] memberTwice(byte[] original, int from) {
        String text = new String(original, StandardCharsets.ISO_8859_1);
        int start = text.indexOf("\"", from);
        int end = start < 0 ? -1 : text.indexOf(",", start);
        return end < 0
                ? original
                : splice(original, start, 0, text.substring(start, end + 1).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] otherDigit(byte[] original, int from, Random random) {
        for (int i = 0; i < original.length; i++) {
            int at = (from + i) % original.length;
            if (Character.isDigit(original[at])) {
                int other = '0' + (original[at] - '0' + 1 + random.nextInt(9)) % 10;
                return splice(original, at, 1, new byte[] {(byte) other});
            }
        }
        return original;
    }

    private static byte[] splice(byte[] original, int at, int removed, byte[] added) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(original, 0, at);
        out.writeBytes(added);
        out.write(original, at + removed, original.length - at - removed);
        return out.toByteArray();
    }

    /** One value within the tree changed, taken away, named otherwise or put there twice. */
    static void ofTree(JsonNode tree, Random random) {
        List<Runnable> places = new ArrayList<>();
        collect(tree, random, places);
        if (!places.isEmpty()) {
            places.get(random.nextInt(places.size())).run();
        }
    }

    private static void collect(JsonNode node, Random random, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : List.copyOf(object.properties())) {
                String name = member.getKey();
                places.add(() -> object.set(name, other(member.getValue(), random)));
                places.add(() -> object.set(name, other(member.getValue(), random)));
                places.add(() -> object.remove(name));
                places.add(() -> object.set(name + "x", member.getValue()));
            }
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, other(array.get(index), random)));
                places.add(() -> array.remove(index));
                places.add(() -> array.insert(index, array.get(index).deepCopy()));
            }
        }
        node.forEach(child -> collect(child, random, places));
    }

    private static JsonNode other(JsonNode value, Random random) {
        if (value.isNumber() && random.nextInt(3) > 0) {
            double changed = NUMBERS.get(random.nextInt(NUMBERS.size())).apply(value.doubleValue());
            boolean whole = value.isIntegralNumber() && changed == Math.rint(changed) && Math.abs(changed) < 1L << 53;
            return whole ? JSON.numberNode((long) changed) : JSON.numberNode(changed);
        }
        if (value.isBoolean() && random.nextInt(3) > 0) {
            return JSON.booleanNode(!value.booleanValue());
        }
        if (value.isTextual() && !value.textValue().isEmpty() && random.nextInt(2) > 0) {
            String text = value.textValue();
            int at = random.nextInt(text.length());
            char c = text.charAt(at) == 'a' ? 'b' : 'a';
            return TextNode.valueOf(text.substring(0, at) + c + text.substring(at + 1));
        }
        return VALUES.get(random.nextInt(VALUES.size())).deepCopy();
    }
}
