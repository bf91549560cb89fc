package dev.ridgepoint.analysis.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.ShapesFile;
import dev.ridgepoint.kernels.workload.Workload;
import dev.ridgepoint.results.CaseKeys;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Correctness;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.Subject;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.Validity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepComposerTest {
    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final List<String> ROLES = List.of("qkv", "o", "self", "up", "down", "head");

    /** gpt2 has twelve layers and one head: 12 * (1 + 2 + 3 + 4 + 5) + 6 microseconds. */
    @Test
    void aStepIsTheSumOverItsLayers() {
        ComposedStep step = only(whole(Pass.decode(1, 512), "fp32"));
        assertTrue(step.complete(), step.toString());
        assertEquals(12 * (1 + 2 + 3 + 4 + 5) * 1000 + 6000, step.ns(), 1e-6);
        assertEquals(1e9 / step.ns(), step.tokensPerSecond(), 1e-6);
        assertEquals(0.9 * step.ns(), step.lowNs(), 1e-6);
        assertEquals("fp32", step.precision());
    }

    @Test
    void whatIsMissingIsNamedWithItsLayersAndLeavesABound() {
        List<CaseResult> cases = whole(Pass.decode(1, 512), "fp32");
        ComposedStep all = only(cases);
        cases.removeIf(one -> one.id().contains("/up/") || one.id().contains("/head/"));
        ComposedStep some = only(cases);
        assertEquals(List.of("up x12", "head x1"), some.missing());
        assertTrue(some.tokensPerSecond() > all.tokensPerSecond());
    }

    @Test
    void theFastestOfSeveralKernelsStandsAndSaysSo() {
        List<CaseResult> cases = whole(Pass.decode(1, 512), "fp32");
        cases.add(result("gpt2/up/decode_b1_kv512_fp32", 100));
        ComposedStep.Part up = only(cases).parts().stream()
                .filter(part -> part.role().equals("up"))
                .findFirst()
                .orElseThrow();
        assertEquals(100, up.ns());
        assertEquals(2, up.chosenOf());
    }

    /** The attention of a step in 4-bit weights is in bf16; products in fp32 go with neither. */
    @Test
    void precisionsThatGoTogetherMakeAStep() {
        List<CaseResult> cases = new ArrayList<>();
        cases.add(result("llama-3-8b/up/decode_b1_kv512_w4a16_g128", 10));
        cases.add(result("llama-3-8b/self/decode_b1_kv512_bf16", 20));
        cases.add(result("llama-3-8b/down/decode_b1_kv512_fp32", 30));
        List<ComposedStep> steps = new StepComposer(CATALOGUE).compose(cases);
        assertEquals(
                List.of("fp32", "w4a16_g128 + bf16 attention"),
                steps.stream().map(ComposedStep::precision).sorted().toList());
        assertEquals(
                960,
                steps.stream()
                        .filter(step -> step.linear().equals("w4a16_g128"))
                        .findFirst()
                        .orElseThrow()
                        .ns());
    }

    /** Eight-bit products take quantised activations, which are kernels of the step, in the format that the products read. */
    @Test
    void quantisersOfActivationsBelongToAStepOfEightBits() {
        ComposedStep holes = only(List.of(result("llama-3-8b/up/prefill_b1_s512_int8", 10)));
        assertTrue(
                holes.missing().containsAll(List.of("quant_in x32", "quant_up x32", "quant_down x32", "quant_head x1")),
                holes.missing().toString());
        assertEquals(512, holes.tokens());
        byte[] file = StepShapes.of(CATALOGUE, List.of(holes)).toString().getBytes(StandardCharsets.UTF_8);
        List<CaseResult> cases = ShapesFile.of("own.json", file).stream()
                .map(workload -> result(workload, 10))
                .toList();
        ComposedStep whole = only(cases);
        assertTrue(whole.complete(), whole.missing().toString());
        // Five products and attention, of which the head once; and as many quantisers as products.
        assertEquals(32 * (5 + 4) * 10 + 2 * 10, whole.ns(), 1e-6);
        List<CaseResult> otherFormat = new ArrayList<>(cases);
        otherFormat.removeIf(one -> one.question().op().equals("quantize"));
        otherFormat.add(result("llama-3-8b/quant_in/prefill_b1_s512_bf16_int8_token", 10));
        assertTrue(
                only(otherFormat).missing().contains("quant_in x32"),
                "a scale a token is another format than these products read");
    }

    /** An encoder answers in one pass; what is asked of its last states is not a part of it. */
    @Test
    void anEncodersPassIsAStep() {
        List<CaseResult> cases = new ArrayList<>();
        for (String role : List.of("qkv", "o", "self", "up", "down")) {
            cases.add(result("bert-base-uncased/" + role + "/encode_b8_s128_fp32", 10));
        }
        ComposedStep step = only(cases);
        assertTrue(step.complete(), step.missing().toString());
        assertEquals(12 * 5 * 10, step.ns(), 1e-6);
        assertEquals(8 * 128, step.tokens());
    }

    /** Only attention tells how many tokens a chunk brings; the other kernels are found by what they ask. */
    @Test
    void aChunkOfAPromptIsAStep() {
        List<CaseResult> cases = whole(Pass.chunk(1, 128, 512), "fp32");
        ComposedStep step = only(cases);
        assertTrue(step.complete(), step.missing().toString());
        assertEquals("chunk_b1_q128_kv512", step.pass());
        assertEquals(128, step.tokens());
        cases.removeIf(one -> one.question().op().equals("attention"));
        assertEquals(List.of(), new StepComposer(CATALOGUE).compose(cases));
    }

    @Test
    void stepsServeARequest() {
        List<CaseResult> cases = whole(Pass.decode(1, 512), "fp32");
        cases.addAll(whole(Pass.decode(8, 512), "fp32"));
        cases.addAll(whole(Pass.decode(8, 2048 / 2), "fp32"));
        cases.addAll(whole(Pass.prefill(1, 128), "fp32"));
        List<ComposedStep> steps = new StepComposer(CATALOGUE).compose(cases);
        MeasuredSteps times = MeasuredSteps.of(steps);
        assertEquals(8, times.largestBatch());
        assertEquals(1024, times.longestContext());
        assertEquals(128, times.longestPrompt());
        // All steps take the same here; a batch of three is padded to eight, one of 600 keys too.
        assertEquals(times.decodeNs(8, 700), times.decodeNs(3, 10), 1e-6);
        assertEquals(times.decodeNs(8, 600), times.decodeNs(1, 600), 1e-6);
        Served served = Server.play(Arrivals.poisson(1, 128, 4, 100, 1), times);
        assertTrue(served.meanNs() >= times.prefillNs(128) + 3 * times.decodeNs(1, 130));
    }

    @Test
    void betweenLengthsTimeIsAStraightLine() {
        List<ComposedStep> steps = new ArrayList<>();
        steps.add(step("decode_b1_kv100", 1, 100, 1000));
        steps.add(step("decode_b1_kv300", 1, 300, 2000));
        steps.add(only(whole(Pass.prefill(1, 128), "fp32")));
        MeasuredSteps times = MeasuredSteps.of(steps);
        assertEquals(1000, times.decodeNs(1, 50));
        assertEquals(1000, times.decodeNs(1, 100));
        assertEquals(1502.5, times.decodeNs(1, 200.5), 1e-9);
        assertEquals(2000, times.decodeNs(1, 300));
        assertThrows(IllegalArgumentException.class, () -> times.decodeNs(1, 301));
    }

    @Test
    void nothingIsServedByStepsWithHoles() {
        List<CaseResult> cases = whole(Pass.decode(1, 512), "fp32");
        cases.removeIf(one -> one.id().contains("/head/"));
        List<ComposedStep> steps = new StepComposer(CATALOGUE).compose(cases);
        String refusal = assertThrows(IllegalArgumentException.class, () -> MeasuredSteps.of(steps))
                .getMessage();
        assertEquals("no decode step has all of its kernels; decode_b1_kv512 lacks 1 of 6 roles", refusal);
    }

    /** What is written for a run reads back as own shapes, and their results make the step whole. */
    @Test
    void shapesOfAStepMakeItWhole() {
        ComposedStep holes = only(List.of(result("gpt2/self/decode_b1_kv512_fp32", 10)));
        assertFalse(holes.complete());
        byte[] file = StepShapes.of(CATALOGUE, List.of(holes)).toString().getBytes(StandardCharsets.UTF_8);
        List<CaseResult> cases = ShapesFile.of("own.json", file).stream()
                .map(workload -> result(workload, 10))
                .toList();
        ComposedStep step = only(cases);
        assertTrue(step.complete(), step.missing().toString());
        assertEquals(6, step.parts().size());
    }

    private static ComposedStep step(String pass, long batch, long length, double ns) {
        ComposedStep.Part part = new ComposedStep.Part("up", 1, "case", "kernel", 1, ns, null, null, 0);
        return new ComposedStep(
                "gpt2",
                pass,
                dev.ridgepoint.kernels.workload.Phase.DECODE,
                batch,
                length,
                "fp32",
                "fp32",
                List.of(part),
                List.of());
    }

    private static ComposedStep only(List<CaseResult> cases) {
        List<ComposedStep> steps = new StepComposer(CATALOGUE).compose(cases);
        assertEquals(1, steps.size(), steps.toString());
        return steps.get(0);
    }

    /** Every role of a pass of gpt2, the n-th taking n microseconds. */
    private static List<CaseResult> whole(Pass pass, String precision) {
        List<CaseResult> cases = new ArrayList<>();
        for (int i = 0; i < ROLES.size(); i++) {
            cases.add(result("gpt2/" + ROLES.get(i) + "/" + pass.label() + "_" + precision, 1000.0 * (i + 1)));
        }
        return cases;
    }

    private static CaseResult result(String id, double ns) {
        return result(CATALOGUE.workload(id), ns);
    }

    private static CaseResult result(Workload workload, double ns) {
        Question question = Question.of(workload.problem(), "cpu-call", "cold", new Question.Inputs("normal", 1, null));
        List<Timing.Fork> forks = List.of(new Timing.Fork(0, ns, 1, 5, 0), new Timing.Fork(1, ns, 1, 5, 0));
        Timing timing = new Timing(ns, 0.9 * ns, 1.2 * ns, 0.95, 0.01, 0.05, ns, forks, Map.of(), 5);
        Correctness correctness = new Correctness(
                true, "full", 1, 1, 0, 1e-6, 1e-6, 1e-6, 1e-6, 1, 100.0, 0, 0.1, "relFrobenius", "a bound");
        return new CaseResult(
                workload.id(),
                CaseKeys.of(question),
                question,
                new Subject("kernel", "cpu", null, "x86-64-v3", "plain", "native", "0".repeat(64)),
                workload.provenance(),
                workload.problem().work(),
                new Outcome.Measured(timing, correctness),
                new Validity(true, "no", true, true, List.of()));
    }
}
