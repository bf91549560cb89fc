package dev.ridgepoint.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.bundle.CaseJson;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MisfitTest {
    /** Found by mutants of bundles: such a line named Java classes before. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/validity/reasons | {} | expected an array, got an object",
                "/validity/reasons | false | expected an array, got false",
                "/validity/steady | 1 | expected true or false, got 1",
                "/validity/steady | null | expected true or false, got null",
                "/id | [] | expected a text, got an array",
                "/outcome/timing/confidence | \"\" | expected a number, got an empty text",
                "/outcome/timing/forks/0/fork | 2147483648 | does not fit here: 2147483648",
                "/outcome/timing/forks/0/fork | 0.5 | expected a whole number within int's range, got 0.5",
                "/outcome/timing | 3 | expected an object, got 3",
                "/outcome/kind | \"odd\" | unknown kind odd",
                "/question/more | 3 | unknown member",
                "/question/types/compute | null | missing"
            })
    void isToldInWordsOfJson(String pointer, String value, String message) throws IOException {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        JsonFormatException refused = refused(pointer, StrictJson.document(text, 0, text.length));
        assertEquals(message, refused.getMessage());
        assertTrue(pointer.startsWith(refused.pointer()), refused.pointer());
    }

    @Test
    void whatIsMissingIsNamed() {
        JsonFormatException refused = refused("/outcome/correctness/passed", null);
        assertEquals("is missing", refused.getMessage());
        assertEquals("/outcome/correctness/passed", refused.pointer());
    }

    @Test
    void nullIsNoRecord() {
        JsonFormatException refused = assertThrows(
                JsonFormatException.class,
                () -> Records.fromJson(NullNode.instance, RunDocument.FileEntry.class, "/files/1"));
        assertEquals("expected an object, got null", refused.getMessage());
        assertEquals("/files/1", refused.pointer());
    }

    private static JsonFormatException refused(String pointer, JsonNode value) {
        ObjectNode json = CaseJson.write(Samples.measured());
        int last = pointer.lastIndexOf('/');
        ObjectNode parent = (ObjectNode) (last == 0 ? json : json.at(pointer.substring(0, last)));
        if (value == null) {
            parent.remove(pointer.substring(last + 1));
        } else {
            parent.set(pointer.substring(last + 1), value);
        }
        return assertThrows(JsonFormatException.class, () -> CaseJson.read(json, ""));
    }
}
