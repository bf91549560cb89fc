package dev.ridgepoint.results.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.RunDocument.Plan;
import dev.ridgepoint.results.RunDocument.Protocol;
import dev.ridgepoint.results.Samples;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.bundle.Layout;
import dev.ridgepoint.results.bundle.SampleBundle;
import dev.ridgepoint.results.validate.BundleValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class BundleMergeTest {
    private static final CaseResult SECOND = Samples.measured(
            "bert-base/o/encode_b1_l128_bf16@cpu-call/warm",
            new GemmProblem(GemmShape.of(128, 768, 768), Precision.BF16),
            1.25e6,
            null,
            Samples.QUICK);

    @TempDir
    Path folder;

    private static List<CaseResult> ofPart(int part) {
        return part == 1 ? Samples.cases() : List.of(SECOND);
    }

    private static RunDocument head(int part, int parts) {
        List<String> all =
                Stream.concat(Samples.ids().stream(), Stream.of(SECOND.id())).toList();
        String runId = "3f0c6a52-6d0b-4c0e-9a57-0d6f6a6f7b1" + part;
        return Samples.run(runId, Plan.of(all, ofPart(part).size(), part, parts), Samples.QUICK);
    }

    private Path part(int part) throws IOException {
        return SampleBundle.complete(
                folder.resolve("part" + part), head(part, 2), context(0.5 * part, 2), ofPart(part));
    }

    /** Load changes between parts; cores do not. */
    private static Context context(double load, int cores) {
        Context here = Samples.context();
        return new Context(
                here.schema(),
                here.device(),
                here.software(),
                new Context.Host(here.host().cpu(), 1, cores, 25_769_803_776L, null, null, "kvm"),
                here.build(),
                here.peaks(),
                new Context.Observed(load, 20_000_000_000L, 1.0, 24.5),
                here.doctor(),
                here.unknown());
    }

    private static Context withoutConfigs() {
        return with(Samples.context().software().backend());
    }

    /** As builds record it that can be tuned, where older ones say nothing. */
    private static Context withConfigs() {
        Map<String, String> backend = new TreeMap<>(Samples.context().software().backend());
        backend.put("kernel configs", "built-in rule");
        return with(backend);
    }

    private static Context with(Map<String, String> backend) {
        Context here = Samples.context();
        Context.Software then = here.software();
        return new Context(
                here.schema(),
                here.device(),
                new Context.Software(
                        then.jdk(), then.vm(), then.jvmFlags(), then.os(), then.kernel(), then.libc(), backend),
                here.host(),
                here.build(),
                here.peaks(),
                here.observed(),
                here.doctor(),
                here.unknown());
    }

    private static void refused(String message, Executable action) {
        BundleException refused = assertThrows(BundleException.class, action);
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
        assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    }

    @Test
    void partsMakeAWhole() throws Exception {
        Path out = folder.resolve("whole");
        RunDocument merged = BundleMerge.merge(List.of(part(2), part(1)), out);

        assertEquals(List.of(), BundleValidator.validate(out));
        BundleReader reader = BundleReader.open(out);
        assertEquals(merged, reader.run());
        assertTrue(merged.complete());
        assertEquals(6, merged.plan().cases());
        assertEquals(
                List.of(head(1, 2).runId(), head(2, 2).runId()),
                merged.mergedFrom().stream().map(RunDocument.Part::runId).toList());
        List<String> ids = new ArrayList<>(Samples.ids());
        ids.add(SECOND.id());
        assertEquals(ids, reader.allCases().stream().map(CaseResult::id).toList());
        for (int i = 1; i <= 2; i++) {
            Path part = folder.resolve("part" + i);
            Path kept =
                    out.resolve(BundleMerge.contextOf(BundleReader.open(part).run()));
            assertEquals(Files.readString(part.resolve(Layout.CONTEXT)), Files.readString(kept));
        }
        String jmh = Files.readString(out.resolve(Layout.JMH));
        assertTrue(jmh.contains(SECOND.id()) && jmh.contains(Samples.measured().id()));
    }

    @Test
    void mergingAgainGivesTheSame() throws Exception {
        List<Path> parts = List.of(part(1), part(2));
        BundleMerge.merge(parts, folder.resolve("one"));
        BundleMerge.merge(parts, folder.resolve("two"));
        for (String name : List.of(Layout.RESULT, Layout.ITERATIONS, Layout.JMH, Layout.CONTEXT)) {
            assertEquals(
                    Files.readString(folder.resolve("one").resolve(name)),
                    Files.readString(folder.resolve("two").resolve(name)));
        }
    }

    @Test
    void withoutAPartItIsPartial() throws Exception {
        Path out = folder.resolve("half");
        RunDocument merged = BundleMerge.merge(List.of(part(1)), out);
        assertEquals(RunDocument.PARTIAL, merged.status());
        assertEquals(List.of(), BundleValidator.validate(out));
    }

    @Test
    void withAKilledPartItIsPartial() throws Exception {
        Path killed = SampleBundle.killed(folder.resolve("killed"), head(2, 2), context(1, 2), List.of(SECOND));
        Path log = killed.resolve(Layout.ITERATIONS);
        String lines = Files.readString(log);
        String ofAForkWithoutPart = lines.substring(0, lines.indexOf('\n') + 1).replace("\"fork\":0", "\"fork\":3");
        Files.writeString(log, lines + ofAForkWithoutPart + "{");
        Path out = folder.resolve("merged");
        RunDocument merged = BundleMerge.merge(List.of(part(1), killed), out);
        assertEquals(RunDocument.PARTIAL, merged.status());
        assertEquals(List.of(), BundleValidator.validate(out));
        assertEquals(6, BundleReader.open(out).allCases().size());
        BundleReader.open(out).iterations(line -> assertTrue(line.fork() < 3, "never finished"));
        assertFalse(Files.exists(out.resolve(Layout.JMH)), "would be short of a part");
    }

    @Test
    void differencesAreNamed() throws Exception {
        Path one = part(1);
        Path other = folder.resolve("other");
        refused("name the bundles", () -> BundleMerge.merge(List.of(), other));
        refused("are both part 1", () -> BundleMerge.merge(List.of(one, one), other));

        Path elsewhere = SampleBundle.complete(folder.resolve("elsewhere"), head(2, 2), context(0.5, 64), ofPart(2));
        refused("/host/logicalCores: 2 against 64", () -> BundleMerge.merge(List.of(one, elsewhere), other));

        Path older = SampleBundle.complete(folder.resolve("older"), head(2, 2), withoutConfigs(), ofPart(2));
        Path newer = SampleBundle.complete(folder.resolve("newer"), head(1, 2), withConfigs(), ofPart(1));
        refused(
                "/software/backend/kernel configs: \"built-in rule\" in the first, not recorded in the second",
                () -> BundleMerge.merge(List.of(newer, older), other));

        RunDocument head = head(2, 2);
        Protocol threads = Protocol.of("sample/1", "avgt", 3, 2, 500, 4, 500, 8, true);
        RunDocument otherProtocol =
                RunDocument.starting(head.runId(), null, Samples.STARTED, List.of(), "quick", head.plan(), threads);
        Path eight = SampleBundle.complete(folder.resolve("eight"), otherProtocol, Samples.context(), ofPart(2));
        refused("/threads: 1 against 8", () -> BundleMerge.merge(List.of(one, eight), other));

        Path third = SampleBundle.complete(folder.resolve("third"), head(2, 3), Samples.context(), ofPart(2));
        refused("/parts: 2 against 3", () -> BundleMerge.merge(List.of(one, third), other));

        Path twice = SampleBundle.complete(
                folder.resolve("twice"),
                Samples.run(head.runId(), new Plan(5, head.plan().sha256(), 2, 2), Samples.QUICK),
                Samples.context(),
                Samples.cases());
        refused("both hold case", () -> BundleMerge.merge(List.of(one, twice), other));
        assertFalse(Files.exists(other), "nothing is written before all is known to fit");
    }

    @Test
    void brokenPartsAreRefused() throws Exception {
        Path one = part(1);
        Files.writeString(one.resolve(Layout.JMH), "[]");
        refused("part1 is not valid: error jmh.json", () -> BundleMerge.merge(List.of(one), folder.resolve("out")));
    }
}
