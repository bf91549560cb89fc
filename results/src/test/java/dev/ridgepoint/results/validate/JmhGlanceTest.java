package dev.ridgepoint.results.validate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Samples;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part that is right at a glance is one that the whole reading finds nothing wrong with. */
class JmhGlanceTest {
    private static final Path PUBLISHED = Path.of("published");

    private final CaseResult measured = Samples.measured();
    private final String file = Layout.rawPart(measured.id(), 1);
    private String sound;

    @BeforeEach
    void write() {
        sound = "[" + Samples.jmhEntry(measured.id(), List.of(lines())) + "]\n";
    }

    private List<IterationLine> lines() {
        return Samples.lines(measured.id(), 1, 1.25e6, Samples.QUICK);
    }

    private MeasuredForks logged() {
        MeasuredForks forks = new MeasuredForks();
        forks.add(measured);
        double[] values = lines().stream()
                .filter(line -> !line.warmup())
                .mapToDouble(IterationLine::nsPerOp)
                .toArray();
        forks.of(measured.id()).fork(1).log(values, values.length);
        return forks;
    }

    private boolean certain(String file, byte[] part) {
        return new JmhChecks(logged(), new Findings()).ofPart(file).certain(part, part.length);
    }

    private List<Finding> byTheWholeReading(String file, byte[] part) throws IOException {
        Findings findings = new Findings();
        new JmhChecks(logged(), findings).ofPart(file).read(new ByteArrayInputStream(part));
        return findings.all();
    }

    /** Whatever JMH itself has written so far. */
    @Test
    void publishedPartsAreReadAtAGlance() throws IOException {
        int seen = 0;
        try (Stream<Path> all = Files.walk(PUBLISHED)) {
            for (Path part : all.filter(path -> path.toString().endsWith(".json")
                            && path.getParent().endsWith(Layout.RAW))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(part);
                JsonNode entry = StrictJson.document(bytes, 0, bytes.length).get(0);
                JsonNode row = entry.at("/primaryMetric/rawData/0");
                double[] values = new double[row.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = row.get(i).doubleValue();
                }
                JmhGlance glance = JmhGlance.read(bytes, bytes.length);
                assertNotNull(glance, part.toString());
                assertEquals(entry.at("/params/caseId").textValue(), glance.caseId());
                assertArrayEquals(values, glance.values());
                seen++;
            }
        }
        assertTrue(seen > 100, seen + " parts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"forks\": 1|\"forks\": 2",
                "\"forks\": 1|\"forks\": \"1\"",
                "ns/op|us/op",
                "\"scoreUnit\"|\"scoreUnits\"",
                "\"rawData\": [|\"rawData\": [[1.0],",
                "\"caseId\"|\"case\"",
                "\"threads\": 1|\"threads\": 01",
                "]\n|] 1",
                "}]|},{}]",
            })
    void anythingElseIsLeftToTheWholeReading(String change) {
        String from = change.substring(0, change.indexOf('|'));
        String to = change.substring(change.indexOf('|') + 1);
        assertTrue(sound.contains(from), from);
        byte[] changed = sound.replace(from, to).getBytes(StandardCharsets.UTF_8);
        assertNull(JmhGlance.read(changed, changed.length), change);
    }

    @Test
    void mutantsThatAreRightAtAGlanceHaveNothingWrong() throws IOException {
        byte[] whole = sound.getBytes(StandardCharsets.UTF_8);
        assertTrue(certain(file, whole));
        Random random = new Random(20261122);
        int right = 0;
        int wrong = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] mutant = whole.clone();
            mutant[random.nextInt(mutant.length)] = (byte) " 0123456789.,:\"ae}]".charAt(random.nextInt(19));
            if (certain(file, mutant)) {
                right++;
                assertEquals(
                        List.of(), byTheWholeReading(file, mutant), () -> new String(mutant, StandardCharsets.UTF_8));
            } else {
                wrong++;
            }
        }
        assertTrue(right > 1000 && wrong > 1000, right + " right, " + wrong + " not");
    }

    @Test
    void aPartInAnothersPlaceIsNotRight() {
        byte[] part = sound.getBytes(StandardCharsets.UTF_8);
        String prefix = Layout.partPrefix(measured.id());
        for (String other : List.of(
                Layout.rawPart(measured.id(), 0),
                Layout.rawPart(measured.id(), 7),
                Layout.rawPart("another", 1),
                prefix + ".json",
                prefix + "+1.json",
                prefix + "1a.json",
                prefix + "1000000001.json",
                prefix + "1.jsonl")) {
            assertTrue(!certain(other, part), other);
        }
        assertTrue(certain(prefix + "01.json", part), "as the whole reading has it");
    }
}
