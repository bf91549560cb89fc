package dev.ridgepoint.results.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.JsonText;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A glance sees what the whole reading sees, and leaves to it whatever is laid out in another way. */
class CaseGlanceTest {
    /** The sample's case that was measured, and what lies on the way to a fork of it. */
    private static final String MEASURED = "/cases/0";

    private static final String TIMING = MEASURED + "/outcome/timing";
    private static final String WHOLE = "is to be read as a whole";

    @TempDir
    Path folder;

    /** Of the sound bundle, and of whatever a test read before. */
    private final KnownCases known = new KnownCases();

    private Path bundle;
    private String sound;

    @BeforeEach
    void write() throws IOException {
        bundle = SampleBundle.complete(folder.resolve("bundle"));
        sound = Files.readString(result());
        assertEquals("measured", whole().at(MEASURED + "/outcome/kind").asText());
        assertEquals(byTheWholeReading(), atOnce(), "nothing is known yet");
    }

    private Path result() {
        return bundle.resolve(Layout.RESULT);
    }

    private ObjectNode whole() throws IOException {
        byte[] bytes = sound.getBytes(StandardCharsets.UTF_8);
        return (ObjectNode) StrictJson.document(bytes, 0, bytes.length);
    }

    private static String described(CaseGlance seen) {
        return String.join(
                " ",
                seen.id(),
                seen.caseKey(),
                seen.kernel(),
                seen.backend(),
                seen.driver(),
                Arrays.toString(seen.forkNs()),
                String.valueOf(seen.valid()));
    }

    private List<String> byTheWholeReading() throws IOException {
        return BundleReader.open(bundle).allCases().stream()
                .map(CaseGlance::of)
                .map(CaseGlanceTest::described)
                .toList();
    }

    /** Throws where a case has to be read as a whole. */
    private List<String> atOnce() throws IOException {
        List<String> seen = new ArrayList<>();
        ResultLines.Whole none = (json, pointer) -> {
            throw new JsonFormatException(pointer, WHOLE);
        };
        ResultScan.glance(result(), new ResultScan.Visitor() {}, known, none, one -> seen.add(described(one)));
        return seen;
    }

    private List<String> seen() throws IOException {
        return BundleReader.glance(bundle, known, CaseGlanceTest::described).cases();
    }

    /** A member, a case, a file entry a line, as bundles are written. */
    private void writeLines(ObjectNode whole) throws IOException {
        List<String> members = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : whole.properties()) {
            boolean listed = Set.of("cases", "files").contains(member.getKey());
            List<String> elements = new ArrayList<>();
            member.getValue().forEach(element -> elements.add(JsonText.write(element)));
            members.add('"' + member.getKey() + "\":"
                    + (listed ? "[\n" + String.join(",\n", elements) + "\n]" : JsonText.write(member.getValue())));
        }
        Files.writeString(result(), "{\n" + String.join(",\n", members) + "\n}\n");
    }

    @Test
    void seesEveryOutcome() throws IOException {
        assertEquals(byTheWholeReading(), atOnce());
        assertEquals(atOnce(), seen());
        writeLines(whole());
        assertEquals(sound, Files.readString(result()), "these tests write as bundles are written");
    }

    /** Cases whose beginnings are known are the same cases, and one that begins in another way is another. */
    @Test
    void whatIsKnownIsSeenOnce() throws IOException {
        ObjectNode whole = whole();
        ((ObjectNode) whole.at(MEASURED + "/subject")).put("kernel", "gemm/another");
        ((ObjectNode) whole.at(TIMING + "/forks/0")).put("steadyNs", 123456.5);
        writeLines(whole);
        List<String> changed = atOnce();
        assertEquals(byTheWholeReading(), changed);
        assertTrue(changed.get(0).contains("gemm/another") && changed.get(0).contains("123456.5"), changed.get(0));
        Files.writeString(result(), sound);
        assertEquals(byTheWholeReading(), atOnce());
        assertEquals(byTheWholeReading(), atOnce(), "by its beginnings alone");
    }

    /** A case that breaks off where its beginning ends, or goes on with what it began with, is refused as ever. */
    @Test
    void aBeginningIsNoCase() throws IOException {
        String rest = ",\"outcome\":" + JsonText.write(whole().at(MEASURED + "/outcome"));
        assertTrue(sound.contains(rest));
        for (String broken : List.of("", rest.substring(1), rest + rest, ",\"work\":{}" + rest, "1" + rest)) {
            Files.writeString(result(), sound.replaceFirst(Pattern.quote(rest), Matcher.quoteReplacement(broken)));
            assertThrows(IOException.class, this::atOnce, broken);
        }
    }

    /** Of a bundle in another layout each case is read as a whole. */
    @Test
    void oneLineIsLeftToTheWholeReading() throws IOException {
        List<String> before = byTheWholeReading();
        Files.writeString(result(), JsonText.write(whole()));
        assertThrows(ResultLines.Unusual.class, this::atOnce);
        assertEquals(before, seen());
    }

    /** Members at the end that were not, one after the other, at every depth a glance goes to. */
    @Test
    void anotherOrderIsLeftToTheWholeReading() throws IOException {
        List<String> before = byTheWholeReading();
        int tried = 0;
        for (String at : List.of(MEASURED, MEASURED + "/subject", MEASURED + "/outcome", TIMING, TIMING + "/forks/0")) {
            List<String> names = new ArrayList<>();
            whole().at(at).fieldNames().forEachRemaining(names::add);
            for (String name : names.subList(0, names.size() - 1)) {
                ObjectNode whole = whole();
                ObjectNode object = (ObjectNode) whole.at(at);
                object.set(name, object.remove(name));
                writeLines(whole);
                String moved = at + "/" + name;
                assertEquals(MEASURED, readAsAWhole(), moved);
                assertEquals(before, seen(), moved);
                tried++;
            }
        }
        assertTrue(tried > 20, tried + " orders");
    }

    /** The case that a glance is not enough for. */
    private String readAsAWhole() {
        JsonFormatException left = assertThrows(JsonFormatException.class, this::atOnce);
        assertEquals(WHOLE, left.getMessage());
        return left.pointer();
    }

    /** Neither its cases nor its file entries are in ASCII. */
    @Test
    void otherLettersAreRead() throws IOException {
        ObjectNode whole = whole();
        ((ObjectNode) whole.at(MEASURED + "/validity")).putArray("reasons").add("zu heiß");
        ((ObjectNode) whole.at("/files/0")).put("path", "größe.json");
        List<String> before = byTheWholeReading();
        writeLines(whole);
        assertEquals(MEASURED, readAsAWhole());
        assertEquals(before.size(), seen().size());
        assertEquals(before.get(0).replace(" true", " false"), seen().get(0));
    }

    @Test
    void whatItSeesIsRefusedInTheSameWords() throws IOException {
        Map<String, Consumer<ObjectNode>> faults = Map.of(
                "a fork's time", one -> ((ObjectNode) one.at("/outcome/timing/forks/0")).put("steadyNs", -1),
                "its type", one -> ((ObjectNode) one.at("/outcome/timing/forks/0")).put("steadyNs", "5"),
                "no forks", one -> ((ObjectNode) one.at("/outcome/timing")).putArray("forks"),
                "no validity", one -> one.putNull("validity"),
                "reasons", one -> ((ObjectNode) one.path("validity")).putNull("reasons"),
                "the driver", one -> ((ObjectNode) one.path("subject")).put("driver", "emulated"),
                "a name too many", one -> one.put("more", 1),
                "a name too few", one -> one.remove("work"));
        for (Map.Entry<String, Consumer<ObjectNode>> fault : faults.entrySet()) {
            ObjectNode whole = whole();
            fault.getValue().accept((ObjectNode) whole.at(MEASURED));
            writeLines(whole);
            BundleException expected = assertThrows(BundleException.class, this::byTheWholeReading, fault.getKey());
            BundleException found = assertThrows(
                    BundleException.class,
                    () -> BundleReader.glance(bundle, known, CaseGlanceTest::described),
                    fault.getKey());
            assertEquals(expected.getMessage(), found.getMessage());
        }
    }

    @Test
    void halfACharacterIsRefused() throws IOException {
        String id = whole().at(MEASURED + "/id").asText();
        Files.writeString(result(), sound.replace("\"id\":\"" + id, "\"id\":\"\\ud800" + id));
        assertThrows(JsonFormatException.class, this::atOnce);
        assertThrows(BundleException.class, () -> BundleReader.glance(bundle, known, CaseGlanceTest::described));
    }

    /** Documented: what a glance does not look at is for the validation to find. */
    @Test
    void whatItDoesNotSeeItDoesNotRefuse() throws IOException {
        ObjectNode whole = whole();
        JsonNode timing = whole.at(TIMING);
        ((ObjectNode) timing).put("bestNs", -1);
        writeLines(whole);
        assertThrows(BundleException.class, this::byTheWholeReading);
        assertEquals(whole.path("cases").size(), atOnce().size());
    }
}
