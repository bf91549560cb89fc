package dev.ridgepoint.analysis.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.analysis.report.MarkdownReport;
import dev.ridgepoint.analysis.report.TestBundles;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.CaseJson;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.Seal;
import dev.ridgepoint.results.json.JsonText;
import dev.ridgepoint.results.json.StrictJson;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    @ParameterizedTest
    @ValueSource(strings = {"ciHighNs", "ciLowNs", "betweenForkCv", "mde", "effectiveSamples"})
    void aResealedLieIsFound(String figure) throws IOException {
        Path bundle = copy();
        String[] id = {null};
        reseal(bundle, whole -> {
            ObjectNode one = measured(whole);
            id[0] = one.path("id").asText();
            ObjectNode timing = (ObjectNode) one.at("/outcome/timing");
            double factor = figure.equals("ciLowNs") ? 0.999 : 1.001;
            timing.put(figure, factor * timing.path(figure).asDouble());
        });
        assertEquals(List.of(), BundleValidator.validate(bundle), "the lie is not careful enough for this test");
        Audit audit = Audit.of(bundle, null);
        assertEquals(1, audit.discrepancies().size(), audit.discrepancies().toString());
        assertEquals(id[0], audit.discrepancies().get(0).where());
        assertEquals(figure, audit.discrepancies().get(0).figure());
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
        assertEquals("unknown", Audit.of(bundle, null).before().seal());
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
        assertEquals("fits", Audit.of(bundle, null).before().seal());
        assertTrue(Audit.of(bundle, null).clean());
    }

    private Path copy() throws IOException {
        Path to = folder.resolve("run");
        try (Stream<Path> all = Files.walk(TestBundles.quick())) {
            for (Path from : all.toList()) {
                Files.copy(from, to.resolve(TestBundles.quick().relativize(from).toString()));
            }
        }
        return to;
    }

    private static ObjectNode measured(ObjectNode whole) {
        for (JsonNode one : whole.path("cases")) {
            if (one.at("/outcome/kind").asText().equals("measured")) {
                return (ObjectNode) one;
            }
        }
        throw new IllegalStateException("no measured case");
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
