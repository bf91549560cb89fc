package dev.ridgepoint.results.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.Samples;
import dev.ridgepoint.results.json.CanonicalJson;
import dev.ridgepoint.results.json.JsonText;
import dev.ridgepoint.results.json.StrictJson;
import dev.ridgepoint.results.validate.BundleValidator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoundTripTest {
    @TempDir
    Path folder;

    @Test
    void readsBackWhatWasWritten() throws Exception {
        BundleReader reader = BundleReader.open(SampleBundle.complete(folder.resolve("bundle")));

        assertTrue(reader.run().complete());
        assertEquals(Samples.context(), reader.context());
        assertEquals(texts(Samples.cases()), texts(reader.allCases()));
        List<IterationLine> lines = new ArrayList<>();
        reader.iterations(lines::add);
        assertEquals(18, lines.size());
        assertEquals(Samples.lines(Samples.measured().id(), 0, 1.25e6, Samples.QUICK), lines.subList(0, 6));
        assertFalse(Files.exists(folder.resolve("bundle").resolve(Layout.JOURNAL)));
    }

    @Test
    void aCaseThatWasChangedIsNotQuoted() throws Exception {
        Path bundle = SampleBundle.complete(folder.resolve("changed"));
        Path result = bundle.resolve(Layout.RESULT);
        BundleReader.open(bundle).sealedCases(one -> {});
        String before = Files.readString(result);
        String after = before.replaceFirst("\"steadyNs\" ?: ?[0-9]", "\"steadyNs\":7");
        assertFalse(before.equals(after));
        Files.writeString(result, after);
        BundleException refused = assertThrows(
                BundleException.class, () -> BundleReader.open(bundle).sealedCases(one -> {}));
        assertTrue(refused.getMessage().contains("/sha256: the case does not match its digest"), refused.getMessage());
    }

    /** Records do not look for nulls: whoever reads them holds them against the schema first. */
    @ParameterizedTest
    @CsvSource({
        "result.json, /protocol",
        "result.json, /cases/0/subject",
        "result.json, /cases/0/subject/kernel",
        "result.json, /cases/0/question/inputs",
        "result.json, /cases/0/question/types/compute",
        "result.json, /cases/0/work",
        "context.json, /device/kind"
    })
    void aNullIsNamed(String file, String pointer) throws Exception {
        Path bundle = SampleBundle.complete(folder.resolve("nulls"));
        Path changed = bundle.resolve(file);
        ObjectNode whole = (ObjectNode) StrictJson.document(Files.newInputStream(changed), 1 << 24);
        int last = pointer.lastIndexOf('/');
        ((ObjectNode) whole.at(pointer.substring(0, last))).putNull(pointer.substring(last + 1));
        Files.writeString(changed, JsonText.write(whole));
        BundleException refused = assertThrows(
                BundleException.class, () -> BundleReader.open(bundle).cases(one -> {}));
        assertTrue(refused.getMessage().contains(file + " " + pointer + ":"), refused.getMessage());
    }

    @Test
    void pipesAndLinksAreRefusedUnread() throws Exception {
        Path bundle = SampleBundle.complete(folder.resolve("linked"));
        Path context = bundle.resolve(Layout.CONTEXT);
        Files.move(context, folder.resolve("elsewhere"));
        Files.createSymbolicLink(context, folder.resolve("elsewhere"));
        BundleException link = assertThrows(BundleException.class, () -> BundleReader.open(bundle));
        assertTrue(link.getMessage().endsWith("context.json: is not a plain file"), link.getMessage());
        Files.delete(context);
        assertEquals(0, new ProcessBuilder("mkfifo", context.toString()).start().waitFor());
        BundleException pipe = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> assertThrows(BundleException.class, () -> BundleReader.open(bundle)));
        assertTrue(pipe.getMessage().endsWith("context.json: is not a plain file"), pipe.getMessage());
    }

    private static List<String> texts(List<CaseResult> cases) {
        return cases.stream().map(c -> CanonicalJson.write(CaseJson.write(c))).toList();
    }

    @Test
    void recordsSurviveTheirTree() throws Exception {
        assertEquals(
                Samples.run(Samples.ids()),
                Records.fromJson(Records.toJson(Samples.run(Samples.ids())), RunDocument.class, ""));
    }

    @Test
    void theLastWordOnACaseCounts() throws Exception {
        Path bundle = folder.resolve("twice");
        CaseResult first = Samples.cases().get(3);
        CaseResult last = new CaseResult(
                first.id(),
                first.caseKey(),
                first.question(),
                first.subject(),
                first.provenance(),
                first.work(),
                new Outcome.Failed("on second thought"),
                null);
        try (BundleWriter writer =
                BundleWriter.create(Disk.LAZY, bundle, Samples.run(Samples.ids()), Samples.context())) {
            for (CaseResult result : Samples.cases().subList(1, 5)) {
                writer.put(result);
            }
            writer.put(last);
            assertEquals(
                    last.outcome(), BundleReader.open(bundle).allCases().get(2).outcome());
        }
        assertEquals(last.outcome(), BundleReader.open(bundle).allCases().get(2).outcome());
        try (BundleWriter writer = BundleWriter.resume(Disk.LAZY, bundle, Samples.context(), Samples.ENDED)) {
            assertEquals(4, writer.recordedCases().size());
            SampleBundle.record(writer, folder, List.of(Samples.measured()));
            writer.complete(SampleBundle.jmh(folder, Samples.cases()), Samples.ENDED);
        }
        assertEquals(last.outcome(), BundleReader.open(bundle).allCases().get(2).outcome());
        assertEquals(List.of(), BundleValidator.validate(bundle));
    }
}
