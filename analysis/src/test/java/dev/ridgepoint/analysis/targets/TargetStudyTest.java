package dev.ridgepoint.analysis.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.analysis.report.TestBundles;
import dev.ridgepoint.analysis.report.TestBundles.Answered;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Outcome;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs of a made-up H100 that reads 3000, copies 2500 and does a triad at 2800 GB/s. */
class TargetStudyTest {
    private static final String H100 = "NVIDIA H100 80GB HBM3 (made up)";
    private static final Double[] BANDWIDTHS = {3000.0, 2500.0, 2800.0};
    private static final String VENDOR = "gemm/vendor_any_cublas";
    private static final Targets TARGETS = Targets.load();
    private static final Catalogue CATALOGUE = Catalogue.load();

    @TempDir
    private Path folder;

    private final Map<String, Answered> cases = new LinkedHashMap<>();
    private final Map<String, Double> expected = new LinkedHashMap<>();

    /** Times of which each meets its goal, and the ratios they make, worked out from shapes by hand. */
    @BeforeEach
    void aRunThatMeetsEveryGoal() {
        double weight = 7168.0 * 16384;
        ours("dequantise fp8", "dequantize/sm80_fp8_e4m3_tensor", 146_000);
        expected.put("dequantise fp8", (3 * weight + 4) / 146_000 / 2500);
        ours("dequantise int8", "dequantize/sm80_int8_channel", 146_000);
        expected.put("dequantise int8", (3 * weight + 16384 * 4) / 146_000 / 2500);
        double tokens = 16384;
        double given = mixed(2 * tokens * 8192 + 4, tokens * 8192);
        ours("quantise fp8, static", "quantize/sm80_fp8_e4m3_tensor_static", 150_000);
        expected.put("quantise fp8, static", given / 150_000);
        ours("quantise int8, static", "quantize/sm80_int8_tensor_static", 151_000);
        expected.put("quantise int8, static", given / 151_000);
        double perToken = mixed(2 * tokens * 8192, tokens * 8192 + tokens * 4);
        ours("quantise fp8 a token", "quantize/sm80_fp8_e4m3_token", 151_000);
        expected.put("quantise fp8 a token", perToken / 151_000);
        ours("quantise int8 a token", "quantize/sm80_int8_token", 152_000);
        expected.put("quantise int8 a token", perToken / 152_000);
        double blocks = mixed(2 * tokens * 7168, tokens * 7168 + tokens * 7168 / 128 * 4);
        ours("quantise fp8 in 1x128", "quantize/sm80_fp8_e4m3_1x128", 135_000);
        expected.put("quantise fp8 in 1x128", blocks / 135_000);
        ours("quantise mxfp8", "quantize/sm80_mxfp8_e4m3", 136_000);
        expected.put("quantise mxfp8", blocks / 136_000);
        beside("GEMV of 34 MB", "gemm/sm80_bf16_gemv", 15_000, 20_000);
        expected.put("GEMV of 34 MB", 4 / 3.0);
        beside("GEMV of 117 MB", "gemm/sm80_bf16_gemv", 45_000, 60_000);
        expected.put("GEMV of 117 MB", 4 / 3.0);
        double square = 2 * 8192.0 * 8192;
        ours("skinny, M=16", "gemm/sm80_bf16_mma", 53_000);
        expected.put("skinny, M=16", (square + 2 * 16 * 8192) / 53_000 / 3000);
        ours("skinny, M=64", "gemm/sm80_bf16_mma", 53_500);
        expected.put("skinny, M=64", (square + 2 * 64 * 8192) / 53_500 / 3000);
        beside("W4A16, M=1", "gemm/sm80_w4a16_g128_gemv", 17_000, 51_000);
        expected.put("W4A16, M=1", 3.0);
        beside("W4A16, M=16", "gemm/sm80_w4a16_g128_skinny", 20_000, 60_000);
        expected.put("W4A16, M=16", 3.0);
        beside("W4A16, M=128", "gemm/sm80_w4a16_g128_mma", 60_000, 72_000);
        expected.put("W4A16, M=128", 1.2);
        beside("SGEMM", "gemm/sm80_fp32_async", 2_950_000, 2_920_500);
        expected.put("SGEMM", 0.99);
        beside("bf16 GEMM by mma", "gemm/sm80_bf16_mma", 2_000_000, 1_500_000);
        expected.put("bf16 GEMM by mma", 0.75);
        double cache = 2 * 2 * 32.0 * 4096 * 8 * 128;
        ours("decode attention, bf16", "attention/sm80_bf16_decode", 186_000);
        expected.put("decode attention, bf16", (cache + 2 * 32 * 32 * 128) / 186_000 / 3000);
        ours("decode attention, fp8 KV", "attention/sm80_bf16_kv_fp8_e4m3_decode", 93_000);
        expected.put("decode attention, fp8 KV", 0.5);
        ours("prefill attention, d128", "attention/sm80_bf16_flash", 1_400_000);
        // Half of the pairs and the diagonal: 4 d a pair and head.
        double pairs = 32 * 8192.0 * 8193 / 2 * 4 * 128;
        expected.put("prefill attention, d128", pairs / 1_400_000 / (2.0 * 8192 * 8192 * 8192 / 1_500_000));
    }

    /** Nanoseconds that the device needs for that mix, of which somewhat less than two thirds are read. */
    private static double mixed(double read, double written) {
        double triad = 6 * (read / (read + written) - 0.5);
        return (read + written) * (triad / 2800 + (1 - triad) / 2500);
    }

    private static Target target(String name) {
        return TARGETS.targets().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void ours(String name, String kernel, double ns) {
        put(target(name).ours(), kernel, ns, 0);
    }

    private void beside(String name, String kernel, double ns, double vendor) {
        ours(name, kernel, ns);
        put(target(name).over(), VENDOR, vendor, 0);
    }

    private void put(CaseChoice choice, String kernel, double ns, double spread) {
        String id = id(choice, kernel);
        cases.put(id, new Answered(id, choice.workload(), kernel, "cold", ns, spread, null));
    }

    private static String id(CaseChoice choice, String kernel) {
        return choice.workload().id() + ":device-event:cold:" + kernel.substring(kernel.indexOf('/') + 1);
    }

    /** The case that a target judges. */
    private Answered judged(String name) {
        CaseChoice choice = target(name).ours();
        return cases.values().stream()
                .filter(one -> one.workload().equals(choice.workload()))
                .filter(one -> choice.kernels().matches(one.kernel()))
                .findFirst()
                .orElseThrow();
    }

    private void replace(Answered one, double ns, double spread, String cache, Outcome outcome) {
        cases.put(one.id(), new Answered(one.id(), one.workload(), one.kernel(), cache, ns, spread, outcome));
    }

    private TargetStudy study() throws IOException {
        return study("gpu", H100, BANDWIDTHS, "device-event");
    }

    private TargetStudy study(String kind, String device, Double[] bandwidths, String domain) throws IOException {
        Path bundle = TestBundles.of(
                folder.resolve("run" + System.nanoTime()),
                kind,
                device,
                bandwidths,
                domain,
                new ArrayList<>(cases.values()));
        return TargetStudy.of(bundle);
    }

    private static TargetAnswer answer(TargetStudy study, String name) {
        return study.answers().stream()
                .filter(one -> one.target().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyRatioIsTheOneThatWasWorkedOutByHand() throws IOException {
        TargetStudy study = study();
        assertNull(study.note());
        assertEquals(TARGETS.targets().size(), expected.size(), "a target without a figure here");
        expected.forEach((name, ratio) -> {
            TargetAnswer answer = answer(study, name);
            assertEquals(ratio, answer.ratio().value(), 2e-7 * ratio, name);
            assertEquals("goal met", answer.words(), name);
        });
        assertEquals("20 targets: 20 goal met.", TargetsText.sentence(study));
        assertTrue(study.passed());
        assertFalse(study.missed());
    }

    /** Every case of ours is made to lie just behind its goal, and then its gate. */
    @ParameterizedTest
    @ValueSource(strings = {"goal", "gate"})
    void everyTargetIsHeldToItsOwnBounds(String bound) throws IOException {
        Map<String, Double> wanted = new LinkedHashMap<>();
        expected.forEach((name, ratio) -> {
            Target target = target(name);
            double stated = bound.equals("goal") ? target.goal() : target.gate();
            boolean ofTime = target.kind() == RatioKind.TIME;
            wanted.put(name, stated * (ofTime ? 1.001 : 0.999));
            Answered own = judged(name);
            // What it is held against comes before it, and has its new time.
            double ns = ofTime
                    ? wanted.get(name) * judged("decode attention, bf16").ns()
                    : own.ns() * ratio / wanted.get(name);
            replace(own, ns, 0, "cold", null);
        });
        TargetStudy study = study();
        wanted.forEach((name, ratio) -> {
            TargetAnswer answer = answer(study, name);
            assertEquals(bound.equals("goal") ? "gate met" : "missed", answer.words(), name + " " + answer.ratio());
            assertEquals(ratio, answer.ratio().value(), 1e-6 * ratio, name);
        });
        assertEquals(bound.equals("goal"), study.passed());
        assertEquals(bound.equals("gate"), study.missed());
    }

    /** The interval is of both sides: whose forks vary does not matter. */
    @Test
    void whatSpansItsGateIsUndecided() throws IOException {
        Answered own = judged("W4A16, M=128");
        replace(own, 72_000 / 0.9, 0.05, "cold", null);
        Answered attention = judged("decode attention, bf16");
        replace(attention, attention.ns() * expected.get("decode attention, bf16") / 0.85, 0.05, "cold", null);
        Answered gemv = judged("GEMV of 34 MB");
        replace(gemv, 20_000, 0, "cold", null);
        CaseChoice vendor = target("GEMV of 34 MB").over();
        put(vendor, VENDOR, 20_000, 0.05);
        TargetStudy study = study();
        for (String name : List.of("W4A16, M=128", "decode attention, bf16", "GEMV of 34 MB")) {
            TargetAnswer answer = answer(study, name);
            assertEquals("undecided", answer.words(), name);
            Ratio ratio = answer.ratio();
            // Half of Student's interval of five forks that vary by a twentieth, or of ten of which five do.
            assertTrue(ratio.high() / ratio.low() > 1.02 && ratio.high() / ratio.low() < 1.4, name + ratio);
        }
        assertFalse(study.passed());
        assertFalse(study.missed());
        // Where one side's forks are all alike, Welch's interval is Student's of the other's.
        TargetAnswer one = answer(study, "W4A16, M=128");
        assertEquals(72_000 / one.ours().timing().ciHighNs(), one.ratio().low(), 1e-9);
        assertEquals(72_000 / one.ours().timing().ciLowNs(), one.ratio().high(), 1e-9);
        TargetAnswer share = answer(study, "decode attention, bf16");
        double atOneNs = share.ratio().value() * share.ours().timing().steadyNs();
        assertEquals(atOneNs / share.ours().timing().ciHighNs(), share.ratio().low(), 1e-9);
        assertEquals(atOneNs / share.ours().timing().ciLowNs(), share.ratio().high(), 1e-9);
    }

    @Test
    void theFastestOfOursStandsAndIsCounted() throws IOException {
        put(target("SGEMM").ours(), "gemm/sm80_fp32_warptile", 2_900_000, 0);
        put(target("SGEMM").ours(), "gemm/adopted_fp32_mine", 1_000_000, 0);
        TargetAnswer answer = answer(study(), "SGEMM");
        assertEquals(2, answer.among());
        assertEquals("gemm/sm80_fp32_warptile", Choosing.kernel(answer.ours()));
        assertTrue(TargetsText.render(study()).contains("by sm80_fp32_warptile, fastest of 2\n"));
    }

    @Test
    void whatIsMissingIsNamed() throws IOException {
        cases.remove(judged("prefill attention, d128").id());
        CaseChoice gemv = target("GEMV of 34 MB").over();
        cases.remove(id(gemv, VENDOR));
        CaseChoice large = target("GEMV of 117 MB").over();
        replace(cases.get(id(large, VENDOR)), 1, 0, "cold", new Outcome.Skipped("cublasLt was not found"));
        replace(judged("dequantise fp8"), 1, 0, "cold", new Outcome.Failed("fork 2 ended with exit code 134"));
        Answered int8 = judged("dequantise int8");
        replace(int8, int8.ns(), 0, "warm", null);
        TargetStudy study = study();
        assertEquals(
                "not measured: no case llama-3-8b/self/prefill_b1_s8192_bf16 in this run; 'ridgepoint run --suite targets'"
                        + " asks it",
                answer(study, "prefill attention, d128").words());
        assertEquals(
                "not measured: no vendor_* answered llama-3-8b/o/decode_b1_kv512_bf16 in this run",
                answer(study, "GEMV of 34 MB").words());
        assertEquals(
                "not measured: llama-3-8b/down/decode_b1_kv512_bf16:device-event:cold:vendor_any_cublas skipped: cublasLt"
                        + " was not found",
                answer(study, "GEMV of 117 MB").words());
        assertTrue(answer(study, "dequantise fp8").words().endsWith("failed: fork 2 ended with exit code 134"));
        assertEquals(
                "not measured: deepseek-v3/dequant_w_o/offline_int8_channel_bf16:device-event:cold:sm80_int8_channel was"
                        + " measured in device-event, warm, on normal inputs; targets are of device-event, cold, normal",
                answer(study, "dequantise int8").words());
        assertFalse(study.passed());
    }

    /** A plan's skip names no kernel: its id does, and tells the vendor's from ours. */
    @Test
    void aSkipIsThatOfTheKernelItIsOf() throws IOException {
        Outcome missing = new Outcome.Skipped("cublasLt was not found");
        for (String name : List.of("SGEMM", "GEMV of 34 MB")) {
            CaseChoice over = target(name).over();
            String id = id(over, VENDOR);
            cases.put(id, new Answered(id, over.workload(), "none", "cold", 1, 0, missing));
        }
        Answered sgemm = judged("SGEMM");
        cases.remove(sgemm.id());
        replace(sgemm, 1, 0, "cold", new Outcome.Failed("fork 2 ended with exit code 134"));
        Answered whole = judged("skinny, M=64");
        cases.remove(whole.id());
        String id = whole.workload().id() + ":device-event:cold";
        Outcome large = new Outcome.Skipped("needs 90 GiB, 80 GiB are free");
        cases.put(id, new Answered(id, whole.workload(), "none", "cold", 1, 0, large));
        TargetStudy study = study();
        assertTrue(answer(study, "SGEMM").words().endsWith(":sm80_fp32_async failed: fork 2 ended with exit code 134"));
        assertTrue(
                answer(study, "GEMV of 34 MB").words().endsWith(":vendor_any_cublas skipped: cublasLt was not found"));
        assertEquals(
                "not measured: " + id + " skipped: needs 90 GiB, 80 GiB are free",
                answer(study, "skinny, M=64").words());
    }

    @Test
    void withoutTheProbesOfItsMixThereIsNoShareOfThem() throws IOException {
        TargetStudy study = study("gpu", H100, new Double[] {null, 2500.0, 2800.0}, "device-event");
        assertEquals(
                "not measured: the run has no read bandwidth of its device",
                answer(study, "decode attention, bf16").words());
        assertEquals("goal met", answer(study, "quantise fp8 a token").words());
    }

    @Test
    void anotherDomainIsNoAnswer() throws IOException {
        TargetStudy study = study("gpu", H100, BANDWIDTHS, "host-sync");
        assertEquals(TARGETS.targets().size(), study.counts().get(TargetVerdict.NOT_MEASURED));
        assertTrue(answer(study, "SGEMM").words().contains("was measured in host-sync, cold"));
    }

    @Test
    void otherInputsAreNoAnswer() throws IOException {
        Targets others = new Targets(
                TARGETS.devices(), TARGETS.domain(), TARGETS.cacheState(), "adversarial", TARGETS.targets());
        TargetStudy study = TargetStudy.of(others, study().run());
        assertEquals(TARGETS.targets().size(), study.counts().get(TargetVerdict.NOT_MEASURED));
        assertTrue(
                answer(study, "SGEMM").words().contains("on normal inputs; targets are of device-event, cold, adver"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NVIDIA A100-SXM4-80GB", "NVIDIA GH200 480GB", "NVIDIA H100X", "Ridge H2000"})
    void anotherGpuIsShownAndNotJudged(String device) throws IOException {
        TargetStudy study = study("gpu", device, BANDWIDTHS, "device-event");
        assertEquals(TARGETS.targets().size(), study.counts().get(TargetVerdict.NOT_MEASURED));
        TargetAnswer answer = answer(study, "SGEMM");
        assertEquals("not measured: " + device + " is none of H100, H200, which targets are for", answer.words());
        assertEquals(0.99, answer.ratio().value(), 1e-6);
        assertFalse(study.passed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NVIDIA H100 PCIe", "NVIDIA H200"})
    void theseAreTheDevices(String device) throws IOException {
        assertNull(study("gpu", device, BANDWIDTHS, "device-event").note());
    }

    @Test
    void aSliceOfADeviceIsNone() {
        for (String mig : List.of("on", "off")) {
            Context.Device device = new Context.Device(
                    "gpu", "NVIDIA H200", "sm_90a", null, List.of(), List.of(), 16, 1L, 1L, Map.of("mig", mig));
            assertEquals(
                    mig.equals("on") ? "a slice of NVIDIA H200, and targets are for whole ones" : null,
                    TARGETS.elsewhere(device));
        }
    }

    /** The same cases with the same times, called a GPU's or not, and named as one that targets are for. */
    @Test
    void aCpuAndWhatIsOnlyPlayedAnswerNothing() throws IOException {
        TargetStudy cpu = study("cpu", H100, BANDWIDTHS, "device-event");
        TargetStudy played = study("emulated", "Ridgepoint emulated H100", BANDWIDTHS, "device-event");
        for (TargetStudy study : List.of(cpu, played, TargetStudy.of(TestBundles.quick()))) {
            assertEquals(TARGETS.targets().size(), study.counts().get(TargetVerdict.NOT_MEASURED));
            assertTrue(study.answers().stream().allMatch(one -> one.ratio() == null && one.ours() == null));
            assertFalse(study.passed());
        }
        assertEquals("not measured: a CPU, not a GPU", answer(cpu, "SGEMM").words());
        assertEquals(
                "not measured: emulated: counts, and no times",
                answer(played, "SGEMM").words());
    }

    @Test
    void theTableIsAligned() throws IOException {
        String text = TargetsText.render(study());
        List<String> lines = text.lines().toList();
        assertEquals("target", lines.get(0).substring(0, 6));
        int[] columns = {lines.get(0).indexOf("95 %"), lines.get(0).indexOf("verdict")};
        assertTrue(text.contains("""
                decode attention, fp8 KV  llama-3-8b/self/decode_b32_kv4096_bf16_kv_fp8_e4m3                 0.500  0.500 to 0.500  <= 0.80  <= 0.60  goal met
                                            by sm80_bf16_kv_fp8_e4m3_decode
                                            over sm80_bf16_decode, llama-3-8b/self/decode_b32_kv4096_bf16
                """), text);
        assertTrue(text.contains("over 2500 GB/s at 33 % reads\n"), text);
        assertTrue(text.contains("over 3000 GB/s read\n"), text);
        List<String> rows =
                lines.stream().filter(line -> line.contains(" to 0.")).toList();
        assertFalse(rows.isEmpty());
        for (String row : rows) {
            assertEquals(' ', row.charAt(columns[0] - 1), row);
            assertTrue(row.substring(columns[0]).matches("\\d.*"), row);
            assertTrue(row.substring(columns[1]).startsWith("goal met"), row);
        }
    }

    @Test
    void programsGetEveryFigure() throws IOException {
        StringWriter out = new StringWriter();
        cases.remove(judged("quantise fp8, static").id());
        TargetsJson.write(study(), out);
        JsonNode json = new ObjectMapper().readTree(out.toString());
        assertEquals(19, json.at("/counts/goal met").asInt());
        JsonNode sgemm = null;
        for (JsonNode one : json.path("targets")) {
            sgemm = one.path("name").asText().equals("SGEMM") ? one : sgemm;
        }
        assertNotNull(sgemm);
        assertEquals(0.99, sgemm.path("value").asDouble(), 1e-6);
        assertEquals(2_950_000, sgemm.at("/case/steadyNs").asDouble(), 1);
        assertEquals(2_920_500, sgemm.at("/over/steadyNs").asDouble(), 1);
        assertEquals("goal met", sgemm.path("verdict").asText());
        assertTrue(json.at("/targets/0/value").isNull());
    }

    /** A goal and a gate that were mistyped would be no figure of the sentence they are from. */
    @Test
    void boundsAreThoseOfTheirSentence() {
        for (Target target : TARGETS.targets()) {
            String source = target.source().replaceAll("(\\d\\.\\d)0\\b", "$1");
            assertTrue(source.contains("[" + target.gate() + "]"), target.name());
            assertTrue(
                    source.replace("[" + target.gate() + "]", "").matches(".*\\b" + target.goal() + "x?\\b.*"),
                    target.name());
        }
        assertTrue(CATALOGUE
                .workload("llama-3-70b/o/prefill_b1_s8192_bf16")
                .problem()
                .id()
                .contains("8192"));
    }
}
