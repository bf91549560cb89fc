package dev.ridgepoint.results.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    private static JsonNode read(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return StrictJson.document(new ByteArrayInputStream(bytes), 1 << 20);
    }

    @Test
    void sortsMembersAndDropsSpace() throws IOException {
        assertEquals(
                "{\"\":0,\"A\":[],\"a\":{\"x\":null,\"y\":true},\"b\":1}",
                CanonicalJson.write(read("{ \"b\" : 1, \"a\": {\"y\":true,\"x\":null}, \"A\":[], \"\":0 }")));
    }

    @Test
    void oneValueHasOneText() throws IOException {
        assertEquals("[2,2,2,2,-0.5,100]", CanonicalJson.write(read("[2, 2.0, 2e0, 20E-1, -5e-1, 1e2]")));
        assertEquals("[\"a/\u00e9\\n\\u001f\"]", CanonicalJson.write(read("[\"\\u0061\\/\\u00E9\\n\\u001F\"]")));
    }

    @Test
    void sortsByUtf16Units() throws IOException {
        // U+1F600 begins with the surrogate D83D and so comes before U+FB33.
        assertEquals(
                "{\"\ud83d\ude00\":1,\"\ufb33\":2}", CanonicalJson.write(read("{\"\ufb33\":2,\"\ud83d\ude00\":1}")));
    }

    /** Orders are remembered, and several fall on one place. */
    @Test
    void sortsWhateverCameBefore() {
        Random random = new Random(20261122);
        List<String> names = List.of("", "a", "b", "ab", "B", "\u00e9", "a\"b", "z?", "\ud83d\ude00", "\ufb33", "0");
        for (int i = 0; i < 50_000; i++) {
            List<String> drawn = new ArrayList<>(names);
            Collections.shuffle(drawn, random);
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            drawn.subList(0, random.nextInt(names.size() + 1)).forEach(name -> object.put(name, name.length()));
            StringBuilder expected = new StringBuilder();
            for (String name : new TreeSet<>(fieldNames(object))) {
                expected.append(expected.isEmpty() ? "" : ",");
                JsonText.quote(expected, name);
                expected.append(':').append(name.length());
            }
            assertEquals("{" + expected + "}", CanonicalJson.write(object));
        }
    }

    private static List<String> fieldNames(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void sortsManyMembers() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            object.put("n" + (1199 - i), i);
            expected.append(i == 0 ? "" : ",")
                    .append("\"n")
                    .append(1000 + i)
                    .append("\":")
                    .append(199 - i);
        }
        assertEquals("{" + expected + "}", CanonicalJson.write(object));
    }

    @ParameterizedTest
    @ValueSource(strings = {"de-DE", "ru-RU", "ar-EG", "hi-IN-u-nu-deva", "tr-TR"})
    void localeDoesNotShow(String tag) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(tag));
        try {
            assertEquals("{\"I\":1234567.25,\"i\":1e-9}", CanonicalJson.write(read("{\"i\":1e-9,\"I\":1234567.25}")));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void digestIsOfTheUtf8Text() throws IOException {
        // printf '{"a":1}' | sha256sum
        assertEquals(
                "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862",
                CanonicalJson.sha256(read("{\"a\": 1.0}")));
    }

    @Test
    void refusalNamesThePointer() {
        JsonNode tree = JsonNodeFactory.instance
                .objectNode()
                .set("a/b", JsonNodeFactory.instance.arrayNode().add(1).add(Double.NaN));
        Exception refused = assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(tree));
        assertTrue(refused.getMessage().startsWith("/a~1b/1: "), refused.getMessage());
    }

    @Test
    void refusesHalfASurrogatePair() {
        for (String half : List.of("\ud800", "\udc00x", "x\ud800\ud800", "\udc00\ud800")) {
            JsonNode tree = JsonNodeFactory.instance.arrayNode().add(half);
            assertThrows(IllegalArgumentException.class, () -> CanonicalJson.write(tree));
        }
        assertThrows(JsonFormatException.class, () -> read("[\"\\ud800\"]"));
        assertThrows(JsonFormatException.class, () -> read("{\"\\udc00x\":1}"));
    }

    @Test
    void largeDoublesSurviveAsIntegers() throws IOException {
        JsonNode written = JsonNodeFactory.instance.arrayNode().add(1e16).add(3.3e20);
        assertEquals(written, read(CanonicalJson.write(written)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "{",
                "[1,",
                "[1]]",
                "{} {}",
                "[NaN]",
                "[Infinity]",
                "[+1]",
                "[01]",
                "[.5]",
                "[1.]",
                "['a']",
                "{a:1}",
                "[1,]",
                "// c\n[]",
                "[1e999]",
                "[-1e999]",
                "[9007199254740993]",
                "[123456789012345678901234567890]",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":[{\"c\":1,\"c\":1}]}}",
                "[\"\n\"]",
                "[tru]",
                "\ufeff[]"
            })
    void refusesWhatIsNotPlainJson(String text) {
        assertThrows(JsonFormatException.class, () -> read(text));
    }

    @Test
    void refusesDepthAndSizeAndOtherEncodings() {
        String deep = "[".repeat(100_000);
        assertThrows(JsonFormatException.class, () -> read(deep));
        String longText = "[\"" + "x".repeat(1 << 17) + "\"]";
        assertThrows(JsonFormatException.class, () -> read(longText));
        String longNumber = "[1" + "0".repeat(1000) + "]";
        assertThrows(JsonFormatException.class, () -> read(longNumber));
        String longName = "{\"" + "x".repeat(1000) + "\":1}";
        assertThrows(JsonFormatException.class, () -> read(longName));
        String many = "[" + "0,".repeat(1 << 20) + "0]";
        assertThrows(JsonFormatException.class, () -> read(many));
        byte[] utf16 = "[1]".getBytes(StandardCharsets.UTF_16LE);
        assertThrows(JsonFormatException.class, () -> StrictJson.document(new ByteArrayInputStream(utf16), 1 << 20));
        byte[] latin1 = {'[', '"', (byte) 0xE9, '"', ']'};
        assertThrows(JsonFormatException.class, () -> StrictJson.document(new ByteArrayInputStream(latin1), 1 << 20));
    }

    @Test
    void errorsCarryThePointer() {
        JsonFormatException refused =
                assertThrows(JsonFormatException.class, () -> read("{\"a\":[0,{\"b\":9007199254740993}]}"));
        assertEquals("/a/1/b", refused.pointer());
    }
}
