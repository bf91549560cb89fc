package dev.ridgepoint.results.json;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes as plain is JSON to the strict reader too, with the same values. */
class PlainJsonTest {
    private static final String SOUND = """
            [ {
                "jmhVersion" : "1.37", "threads" : 1, "args" : ["-Xmx1g", "a b"], "none" : [], "nothing" : { },
                "params" : { "caseId" : "bert/qkv:cold" }, "flags" : [true, false, null],
                "score" : { "value" : 9363335.24, "error" : 3.5E-4, "50.0" : -12.5, "low" : 0.0, "n" : 123456789012345 }
            } ]
            """;
    /** What a mutant puts in place of a character. */
    private static final String PIECES = "{}[]\",:.-+0123456789eE \n\ttruefalsn\\/\u00e9\u0000";

    private static boolean passes(byte[] bytes) {
        PlainJson json = new PlainJson(bytes, bytes.length);
        json.skip();
        return json.ended();
    }

    private static boolean passes(String text) {
        return passes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static double number(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        PlainJson json = new PlainJson(bytes, bytes.length);
        double value = json.number();
        assertTrue(json.ended(), text);
        return value;
    }

    private static double strictly(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return StrictJson.document(bytes, 0, bytes.length).doubleValue();
    }

    @Test
    void noMutantPassesThatTheStrictReaderRefuses() throws IOException {
        assertTrue(passes(SOUND));
        PlainTree trees = new PlainTree();
        Random random = new Random(20261122);
        int passed = 0;
        int mutants = 50_000;
        for (int i = 0; i < mutants; i++) {
            byte[] bytes = mutant(random).getBytes(StandardCharsets.ISO_8859_1);
            if (passes(bytes)) {
                passed++;
                JsonNode strict = assertDoesNotThrow(
                        () -> StrictJson.document(new ByteArrayInputStream(bytes), bytes.length),
                        () -> new String(bytes, StandardCharsets.ISO_8859_1));
                assertEquals(strict, trees.read(bytes, 0, bytes.length));
            } else {
                assertNull(trees.read(bytes, 0, bytes.length));
            }
        }
        int sound = passed;
        assertTrue(sound > mutants / 20 && sound < mutants, () -> sound + " of " + mutants + " passed");
    }

    private static String mutant(Random random) {
        StringBuilder text = new StringBuilder(SOUND);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            char piece = PIECES.charAt(random.nextInt(PIECES.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, piece);
                case 1 -> text.insert(at, piece);
                case 2 -> text.deleteCharAt(at);
                default -> {
                    // A piece of the text once more: members and elements that are there twice.
                    int to = Math.min(text.length(), at + 1 + random.nextInt(30));
                    text.insert(at, text.substring(at, to));
                }
            }
        }
        return text.toString();
    }

    @Test
    void numbersAreTheSame() throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < 30_000; i++) {
            double value = random.nextGaussian() * Math.pow(10, random.nextInt(30) - 10);
            String text = random.nextBoolean() ? Double.toString(value) : Float.toString((float) value);
            assertEquals(strictly(text), number(text), text);
        }
        for (String text :
                List.of("0", "-0", "7", "0.1", "123456789012345", "1234567890.12345", "1e5", "2.0", "0.30")) {
            assertEquals(strictly(text), number(text), text);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "1e400",
                "1234567890123456",
                "NaN",
                "tru",
                "truex",
                "[1,]",
                "[,1]",
                "[1 2]",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":1,\"b\":2,\"a\":3}",
                "[1}",
                "{\"a\":1]",
                "[",
                "\"a",
                "\"a\\n\"",
                "\"\u00e9\"",
                "\"a\nb\"",
                "1 2",
                "[] []",
                "\ufeff[]",
                "/**/1"
            })
    void whatIsNotPlain(String text) {
        assertFalse(passes(text), text);
    }

    /** Names are told apart within an object, and not between an object and those within. */
    @Test
    void namesBelongToTheirObjects() {
        assertTrue(passes("{\"a\":{\"a\":1,\"b\":[{\"a\":1},{\"a\":2}]},\"b\":{\"c\":1,\"d\":2},\"c\":3}"));
        assertFalse(passes("{\"a\":{\"b\":1},\"c\":1,\"a\":2}"));
    }

    @Test
    void depthLengthAndSizeHaveLimits() {
        assertTrue(passes("[".repeat(16) + "]".repeat(16)));
        assertFalse(passes("[".repeat(17) + "]".repeat(17)));
        assertFalse(passes("[".repeat(100_000)));
        assertTrue(passes("\"" + "a".repeat(1 << 15) + "\""));
        assertFalse(passes("\"" + "a".repeat((1 << 15) + 1) + "\""));
        assertFalse(passes("{\"" + "a".repeat(129) + "\":1}"));
        assertFalse(passes("0." + "1".repeat(40)));
        assertTrue(passes("[" + "1,".repeat(130_000) + "1]"));
        assertFalse(passes("[" + "1,".repeat(132_000) + "1]"), "parts beyond what a tree may have");
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < 129; i++) {
            members.append(i == 0 ? "" : ",").append("\"").append(i).append("\":1");
        }
        assertFalse(passes("{" + members + "}"));
    }
}
