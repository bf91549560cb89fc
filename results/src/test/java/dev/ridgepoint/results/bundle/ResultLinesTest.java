package dev.ridgepoint.results.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.Samples;
import dev.ridgepoint.results.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Read by lines or by tokens, a {@code result.json} is the same, or it is left to the tokens. */
class ResultLinesTest {
    @TempDir
    Path folder;

    private Path result;
    private String sound;

    @BeforeEach
    void write() throws IOException {
        result = SampleBundle.complete(folder.resolve("bundle")).resolve(Layout.RESULT);
        sound = Files.readString(result);
    }

    private interface Scan {
        ObjectNode scan(Path file, ResultScan.Visitor visitor) throws IOException;
    }

    /** Everything a visitor sees. */
    private List<JsonNode> seen(Scan scan) throws IOException {
        List<JsonNode> seen = new ArrayList<>();
        ObjectNode head = scan.scan(result, new ResultScan.Visitor() {
            @Override
            public void onHead(ObjectNode before) {
                seen.add(before.deepCopy());
            }

            @Override
            public void onCase(int index, JsonNode element, long bytes) {
                seen.add(
                        JsonNodeFactory.instance.objectNode().put("case", index).set("element", element));
            }

            @Override
            public void onFile(int index, JsonNode element) {
                seen.add(
                        JsonNodeFactory.instance.objectNode().put("file", index).set("element", element));
            }
        });
        seen.add(head);
        return seen;
    }

    @Test
    void theSameAsByTokens() throws IOException {
        List<JsonNode> byLines = seen(ResultScan::scanLines);
        assertEquals(seen(ResultScan::scan), byLines);
        assertTrue(byLines.size() > 2 + Samples.cases().size());
        assertEquals(Samples.ids().get(1), byLines.get(2).at("/element/id").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\n|{ \n",
                "{\n|\n{\n",
                "\"cases\":[\n|\"cases\": [\n",
                "\n],\n\"files\"|\n] ,\n\"files\"",
                "}\n|}",
                "}\n|}\n\n",
                "\"files\":[\n|\"files\":[\n\n",
                "\"files\":[\n|\"files\":[{},\n",
                "\n],\n\"sha256\"|,\n],\n\"sha256\"",
                "},\n{\"id\"|}\n{\"id\"",
                "\"suite\":\"quick\",\n|\"suite\":\"quick\",\"suite\":\"quick\",\n",
                "\"suite\":\"quick\",\n|",
                "\"suite\":\"quick\",\n|\"suite\":\"qu\\u0069ck\",\n",
                "\"suite\":\"quick\",\n|\"suite\":\"quick\",",
                "\"suite\":\"quick\",\n|\"suite\":\"quick\",\"files\":[],\n",
                ",\n\"cases\"|\n\"cases\"",
                "\n],\n\"sha256\"|\n],\n\"suite\":\"quick\",\"sha256\"",
                "\n],\n\"sha256\"|\n],\n}{\"sha256\"",
            })
    void anotherLayoutIsTheSameOrLeftToTokens(String change) throws IOException {
        String from = change.substring(0, change.indexOf('|'));
        assertTrue(sound.contains(from), from);
        int at = from.equals("}\n") ? sound.lastIndexOf(from) : sound.indexOf(from);
        Files.writeString(
                result,
                sound.substring(0, at)
                        + change.substring(change.indexOf('|') + 1)
                        + sound.substring(at + from.length()));
        sameOrLeft();
    }

    /** The head on one line, no files, and the end of the document behind its last member. */
    @Test
    void onlyCasesNeedALineEach() throws IOException {
        int cases = sound.indexOf("\n\"cases\":[\n");
        int files = sound.indexOf("\"files\":[\n");
        String head = sound.substring(0, cases).replace("\n", "");
        String seal = "\"sha256\":\"" + "1".repeat(64) + "\"}\n";
        Files.writeString(result, head + sound.substring(cases, files) + "\"files\":[],\n" + seal);
        assertTrue(sameOrLeft());
        Files.writeString(result, head + sound.substring(cases, files) + "\"files\":[],\n}\n");
        assertFalse(sameOrLeft());
    }

    @Test
    void noLinesAtAll() throws IOException {
        Files.writeString(result, JsonText.write(seen(ResultScan::scan).get(0)));
        assertThrows(ResultLines.Unusual.class, () -> seen(ResultScan::scanLines));
        Files.writeString(result, "");
        assertThrows(ResultLines.Unusual.class, () -> seen(ResultScan::scanLines));
        Files.delete(result);
        assertThrows(IOException.class, () -> seen(ResultScan::scanLines));
    }

    @Test
    void mutantsAreTheSameOrLeftToTokens() throws IOException {
        byte[] whole = sound.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(20261122);
        int read = 0;
        int mutants = 1000;
        for (int i = 0; i < mutants; i++) {
            byte[] mutant = whole.clone();
            mutant[random.nextInt(mutant.length)] = (byte) "{}[]\",:.-10 e\n\\".charAt(random.nextInt(15));
            Files.write(result, mutant);
            read += sameOrLeft() ? 1 : 0;
        }
        assertTrue(read > mutants / 20 && read < mutants, read + " of " + mutants);
    }

    /** False where it is left to the tokens. */
    private boolean sameOrLeft() throws IOException {
        List<JsonNode> byLines;
        try {
            byLines = seen(ResultScan::scanLines);
        } catch (IOException left) {
            return false;
        }
        assertEquals(seen(ResultScan::scan), byLines);
        return true;
    }
}
