package dev.ridgepoint.results.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.CaseGlance;
import dev.ridgepoint.results.bundle.KnownCases;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.SampleBundle;
import dev.ridgepoint.results.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@code result.json} is read once where its head comes first, and all the same where it does not. */
class OneReadingTest {
    @TempDir
    Path folder;

    Path bundle;

    @BeforeEach
    void write() throws IOException {
        bundle = SampleBundle.complete(folder.resolve("bundle"));
    }

    private Path result() {
        return bundle.resolve(Layout.RESULT);
    }

    /** Puts these members behind all others. */
    private void putLast(String... names) throws IOException {
        ObjectNode whole = Resealed.read(result());
        for (String name : names) {
            whole.set(name, whole.remove(name));
        }
        Files.writeString(result(), JsonText.write(whole));
    }

    private List<CaseResult> cases() throws IOException {
        return BundleReader.open(bundle).allCases();
    }

    @Test
    void casesAndHeadComeOutOfTheValidation() throws IOException {
        Validated<String> read = BundleValidator.validate(bundle, (run, context) -> CaseResult::id);
        assertEquals(List.of(), read.findings());
        assertEquals(cases().stream().map(CaseResult::id).toList(), read.cases());
        assertEquals(BundleReader.open(bundle).run(), read.run());
        assertEquals(BundleReader.open(bundle).context(), read.context());
    }

    @Test
    void theOrderOfMembersSaysNothing() throws IOException {
        List<CaseResult> before = cases();
        for (String late : List.of("status", "contextSha256", "plan", "cases")) {
            putLast(late);
            Validated<CaseResult> read = BundleValidator.validate(bundle, (run, context) -> one -> one);
            assertEquals(List.of(), read.findings(), late);
            assertEquals(before, read.cases(), late);
            assertEquals(
                    before.stream().map(CaseResult::id).toList(),
                    BundleReader.glance(bundle, new KnownCases(), CaseGlance::id)
                            .cases(),
                    late);
        }
    }

    @Test
    void faultsAreTheSameWhereTheHeadComesLast() throws IOException {
        List<Consumer<ObjectNode>> faults = List.of(
                whole -> whole.put("sha256", "0".repeat(64)),
                whole -> whole.put("sha256", "seal"),
                whole -> whole.remove("sha256"),
                whole -> whole.put("contextSha256", "1".repeat(64)),
                whole -> whole.put("status", "partial"),
                whole -> whole.put("unknown", 1),
                whole -> whole.put("ended", "2020-01-01T00:00:00Z"),
                whole -> whole.withObject("/plan").put("cases", 1),
                whole -> ((ObjectNode) whole.path("cases").get(0)).put("caseKey", "2".repeat(64)),
                whole -> whole.withArray("/cases").add(whole.path("cases").get(0)),
                whole -> whole.withArray("/files").remove(0));
        String sound = Files.readString(result());
        for (Consumer<ObjectNode> fault : faults) {
            Files.writeString(result(), sound);
            ObjectNode whole = Resealed.read(result());
            fault.accept(whole);
            Files.writeString(result(), JsonText.write(whole));
            List<Finding> first = BundleValidator.validate(bundle);
            assertFalse(first.isEmpty(), "nothing found");
            putLast("schema", "runId", "protocol");
            assertEquals(first, BundleValidator.validate(bundle));
        }
    }

    @Test
    void whatIsCutOffIsRefusedBeforeAnyCaseIsHandedOut() throws IOException {
        String sound = Files.readString(result());
        Files.writeString(result(), sound.substring(0, sound.length() - 3));
        List<String> seen = new ArrayList<>();
        BundleException twice = assertThrows(BundleException.class, () -> BundleReader.open(bundle));
        BundleException once = assertThrows(
                BundleException.class,
                () -> seen.addAll(BundleReader.glance(bundle, new KnownCases(), CaseGlance::id)
                        .cases()));
        assertEquals(twice.getMessage(), once.getMessage());
        assertTrue(seen.isEmpty());
        assertEquals(1, BundleValidator.validate(bundle).size());
    }

    @Test
    void casesOfAPartialBundleComeFromItsJournal() throws IOException {
        ObjectNode whole = Resealed.read(result());
        List<String> lines = new ArrayList<>();
        whole.path("cases").forEach(one -> lines.add(JsonText.write(one)));
        Files.write(bundle.resolve(Layout.JOURNAL), lines);
        whole.put("status", "partial");
        whole.putNull("ended");
        whole.putArray("cases");
        Files.writeString(result(), JsonText.write(whole));
        assertEquals(
                lines.size(),
                BundleReader.glance(bundle, new KnownCases(), CaseGlance::id)
                        .cases()
                        .size());
        assertFalse(lines.isEmpty());
    }
}
