package dev.ridgepoint.results.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A glance sees what the whole reading sees, and leaves to it whatever is laid out in another way. */
class CaseGlanceTest {
    /** The sample's case that was measured, and what lies on the way to a fork of it. */
    private static final String MEASURED = "/cases/0";

    private static final String TIMING = MEASURED + "/outcome/timing";

    @TempDir
    Path folder;

    private Path bundle;
    private String sound;

    @BeforeEach
    void write() throws IOException {
        bundle = SampleBundle.complete(folder.resolve("bundle"));
        sound = Files.readString(result());
        assertEquals("measured", whole().at(MEASURED + "/outcome/kind").asText());
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

    private List<String> atOnce() throws IOException {
        List<String> seen = new ArrayList<>();
        ResultScan.glance(result(), new ResultScan.Visitor() {}, one -> seen.add(described(one)));
        return seen;
    }

    @Test
    void seesEveryOutcome() throws IOException {
        assertEquals(byTheWholeReading(), atOnce());
        assertEquals(
                atOnce(), BundleReader.glance(bundle, CaseGlanceTest::described).cases());
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
                Files.writeString(result(), JsonText.write(whole));
                String moved = at + "/" + name;
                assertThrows(CaseGlance.Unusual.class, this::atOnce, moved);
                assertEquals(
                        before,
                        BundleReader.glance(bundle, CaseGlanceTest::described).cases(),
                        moved);
                tried++;
            }
        }
        assertTrue(tried > 20, tried + " orders");
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
            Files.writeString(result(), JsonText.write(whole));
            BundleException expected = assertThrows(BundleException.class, this::byTheWholeReading, fault.getKey());
            BundleException found = assertThrows(
                    BundleException.class,
                    () -> BundleReader.glance(bundle, CaseGlanceTest::described),
                    fault.getKey());
            assertEquals(expected.getMessage(), found.getMessage());
        }
    }

    @Test
    void halfACharacterIsRefused() throws IOException {
        String id = whole().at(MEASURED + "/id").asText();
        Files.writeString(result(), sound.replace("\"id\":\"" + id, "\"id\":\"\\ud800" + id));
        assertThrows(CaseGlance.Unusual.class, this::atOnce);
        assertThrows(BundleException.class, () -> BundleReader.glance(bundle, CaseGlanceTest::described));
    }

    /** Documented: what a glance does not look at is for the validation to find. */
    @Test
    void whatItDoesNotSeeItDoesNotRefuse() throws IOException {
        ObjectNode whole = whole();
        JsonNode timing = whole.at(TIMING);
        ((ObjectNode) timing).put("bestNs", -1);
        Files.writeString(result(), JsonText.write(whole));
        assertThrows(BundleException.class, this::byTheWholeReading);
        assertEquals(whole.path("cases").size(), atOnce().size());
    }
}
