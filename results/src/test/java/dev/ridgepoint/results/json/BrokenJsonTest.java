package dev.ridgepoint.results.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokenJsonTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            hello               | not JSON: 'hello' is no value
            [1, }               | not JSON: unexpected '}'
            {"a": 1]            | not JSON: unexpected ']'
            {"a": [1            | not JSON: ends too early
            """)
    void brokenTextIsToldInOurWords(String text, String complaint) {
        assertEquals(complaint, complaint(text));
    }

    @Test
    void theLineIsNamedWhereThereAreSeveral() {
        assertEquals("not JSON: line 3: 'oops' is no value", complaint("{\n\"a\": 1,\n\"b\": oops}"));
    }

    @Test
    void aLimitIsNoSyntaxError() {
        String deep = complaint("[".repeat(10_000));
        assertTrue(deep.contains("depth") && !deep.contains("not JSON"), deep);
    }

    private static String complaint(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return assertThrows(JsonFormatException.class, () -> StrictJson.document(bytes, 0, bytes.length))
                .getMessage();
    }
}
