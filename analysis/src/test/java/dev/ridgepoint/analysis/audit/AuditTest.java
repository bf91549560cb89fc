package dev.ridgepoint.analysis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.analysis.report.MarkdownReport;
import dev.ridgepoint.analysis.report.TestBundles;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.CaseJson;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.Seal;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.JsonText;
import dev.ridgepoint.results.json.StrictJson;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {
    @TempDir
    private Path folder;

    @Test
    void figuresOfAnHonestRunFollowFromItsSamples() throws IOException {
        Audit audit = Audit.of(TestBundles.quick(), null);
        assertEquals(List.of(), audit.discrepancies());
        assertTrue(audit.cases() > 50 && audit.figures() > 20 * audit.cases(), audit.toString());
        assertTrue(Audit.of(TestBundles.partial(), null).clean());
    }

    @Test
    void publishedRunsDoToo() throws IOException {
        try (Stream<Path> bundles = Files.list(Path.of("../results/published"))) {
            for (Path bundle : bundles.filter(Files::isDirectory).toList()) {
                Audit audit = Audit.of(bundle, Path.of("../README.md"));
                assertEquals(List.of(), audit.discrepancies());
                assertTrue(audit.figures() > 0);
            }
        }
    }

    /** A careful liar seals again: the digests fit, and the validator has no rule for these figures. */
    @Test
    void resealedLiesAreFound() throws IOException {
        List<String> figures = List.of("ciHighNs", "ciLowNs", "betweenForkCv", "mde", "effectiveSamples");
        Path bundle = copy();
        Set<String> lies = new HashSet<>();
        reseal(bundle, whole -> {
            List<ObjectNode> measured = measured(whole);
            for (int i = 0; i < figures.size(); i++) {
                String figure = figures.get(i);
                ObjectNode timing = (ObjectNode) measured.get(i).at("/outcome/timing");
                double factor = figure.equals("ciLowNs") ? 0.999 : 1.001;
                timing.put(figure, factor * timing.path(figure).asDouble());
                lies.add(measured.get(i).path("id").asText() + " " + figure);
            }
        });
        assertEquals(List.of(), BundleValidator.validate(bundle), "the lies are not careful enough for this test");
        Set<String> found = Audit.of(bundle, null).discrepancies().stream()
                .map(one -> one.where() + " " + one.figure())
                .collect(Collectors.toSet());
        assertEquals(lies, found);
    }

    /** Telemetry lies in the bundle: a case whose clocks heat held back cannot be sealed again as one that ran free. */
    @Test
    void aHeatedRunCannotBeCalledFree() throws IOException {
        assertEquals(List.of(), Audit.of(TestBundles.gpu(), null).discrepancies());
        Path bundle = copy(TestBundles.gpu());
        List<String> lies = new ArrayList<>();
        reseal(
                bundle,
                whole -> measured(whole).forEach(one -> {
                    ObjectNode validity = (ObjectNode) one.path("validity");
                    if (validity.path("throttled").asText().equals("yes")) {
                        validity.put("throttled", "no").putArray("reasons");
                        one.set(CaseJson.HEADLINE, CaseJson.headline(parsed(one)));
                        lies.add(one.path("id").asText());
                    }
                }));
        assertEquals(1, lies.size());
        assertEquals(List.of(), BundleValidator.validate(bundle), "the lie is not careful enough for this test");
        List<Discrepancy> found = Audit.of(bundle, null).discrepancies();
        assertEquals(1, found.size(), found.toString());
        assertEquals(
                new Discrepancy(lies.get(0), "validity.throttled", "no", "yes: fork 0 was held back in iteration 5"),
                found.get(0));
    }

    @Test
    void aBrokenSealIsNamed() throws IOException {
        Path bundle = copy();
        Path log = bundle.resolve(Layout.ITERATIONS);
        Files.writeString(log, Files.readString(log).replaceFirst("\"nsPerOp\":1", "\"nsPerOp\":2"));
        Set<String> kinds = Audit.of(bundle, null).discrepancies().stream()
                .map(Discrepancy::figure)
                .collect(Collectors.toSet());
        assertTrue(kinds.contains("seal and rules"), kinds.toString());
    }

    @Test
    void aPageIsHeldAgainstTheBundle() throws IOException {
        Path bundle = TestBundles.quick();
        String table = MarkdownReport.valid(bundle);
        Path page = folder.resolve("page.md");
        Files.writeString(page, "# A\n<!-- ridgepoint:run:begin -->\n" + table + "<!-- ridgepoint:run:end -->\n");
        assertTrue(Audit.of(bundle, page).clean());
        String row = table.lines()
                .filter(line -> line.contains("llama-3-8b"))
                .findFirst()
                .orElseThrow();
        Files.writeString(page, Files.readString(page).replace(row, row.replaceFirst("±", "±0.")));
        List<Discrepancy> changed = Audit.of(bundle, page).discrepancies();
        assertEquals(1, changed.size(), changed.toString());
        assertTrue(changed.get(0).figure().contains("llama-3-8b"));
        assertEquals(row, changed.get(0).derived());
        Files.writeString(
                page,
                Files.readString(page)
                        .lines()
                        .filter(line -> !line.contains("llama-3-8b"))
                        .collect(Collectors.joining("\n")));
        List<Discrepancy> lost = Audit.of(bundle, page).discrepancies();
        assertFalse(lost.isEmpty());
        assertTrue(lost.stream().allMatch(one -> one.published().equals("nothing")));
        Files.writeString(page, "no table");
        assertThrows(IllegalArgumentException.class, () -> Audit.of(bundle, page));
    }

    @Test
    void theRunBeforeIsHeldAgainstItsSeal() throws IOException {
        Path bundle = copy();
        Path before = TestBundles.partial();
        assertEquals("unknown", seal(bundle));
        try (Stream<Path> all = Files.walk(before)) {
            for (Path from : all.toList()) {
                Files.copy(
                        from,
                        folder.resolve("before").resolve(before.relativize(from).toString()));
            }
        }
        String seal = BundleReader.open(before).sha256();
        String other = "11111111-2222-4333-8444-555555555555";
        reseal(folder.resolve("before"), whole -> whole.put("runId", other));
        reseal(bundle, whole -> whole.put("previousRunId", other).put("previousSha256", seal));
        Audit changed = Audit.of(bundle, null);
        assertEquals("seal of the run before", changed.discrepancies().get(0).figure());
        assertTrue(
                changed.before().sentence().contains("changed since"),
                changed.before().sentence());
        String now = BundleReader.open(folder.resolve("before")).sha256();
        reseal(bundle, whole -> whole.put("previousSha256", now));
        assertEquals("fits", seal(bundle));
    }

    private static String seal(Path bundle) throws IOException {
        return RunBefore.of(bundle, BundleReader.open(bundle).run()).seal();
    }

    private Path copy() throws IOException {
        return copy(TestBundles.quick());
    }

    private Path copy(Path sound) throws IOException {
        Path to = folder.resolve("run");
        try (Stream<Path> all = Files.walk(sound)) {
            for (Path from : all.toList()) {
                Files.copy(from, to.resolve(sound.relativize(from).toString()));
            }
        }
        return to;
    }

    private static List<ObjectNode> measured(ObjectNode whole) {
        List<ObjectNode> measured = new ArrayList<>();
        for (JsonNode one : whole.path("cases")) {
            if (one.at("/outcome/kind").asText().equals("measured")) {
                measured.add((ObjectNode) one);
            }
        }
        return measured;
    }

    private static CaseResult parsed(ObjectNode one) {
        try {
            return CaseJson.read(one, "");
        } catch (JsonFormatException malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static void reseal(Path bundle, Consumer<ObjectNode> change) throws IOException {
        Path file = bundle.resolve(Layout.RESULT);
        ObjectNode whole;
        try (InputStream in = Files.newInputStream(file)) {
            whole = (ObjectNode) StrictJson.document(in, 1 << 24);
        }
        change.accept(whole);
        Seal seal = new Seal();
        for (JsonNode one : whole.path("cases")) {
            ((ObjectNode) one).put("sha256", CaseJson.digest((ObjectNode) one));
            seal.addCase(one.path("sha256").asText());
        }
        whole.path("files").forEach(entry -> seal.addFile((ObjectNode) entry));
        ObjectNode head = whole.deepCopy();
        head.remove(List.of("cases", "files", "sha256"));
        whole.put("sha256", seal.of(head));
        Files.writeString(file, JsonText.write(whole));
    }
}
