package dev.ridgepoint.kernels.workload.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.shape.GemmShape.Moe;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.Phase;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers of a step against what the model is known to hold, which {@link ParameterCountTest} holds against its card. */
class StepTest {
    private static final Catalogue CATALOGUE = Catalogue.load();

    static Stream<Decoder> decoders() {
        return CATALOGUE.models().stream().filter(Decoder.class::isInstance).map(Decoder.class::cast);
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void aPromptPassesEveryWeightOnce(Decoder model) {
        long passed = model.trip(Pass.prefill(1, 128)).stream()
                .mapToLong(part -> part.times() * weights(part.op()))
                .sum();
        assertEquals(model.weights() + model.vocab() * model.hidden(), passed);
    }

    @ParameterizedTest
    @MethodSource("decoders")
    void everyLayerAttendsOnce(Decoder model) {
        for (long keys : new long[] {64, Math.min(8192, model.maxContext())}) {
            long attended = model.trip(Pass.decode(1, keys)).stream()
                    .filter(part -> part.op() instanceof LayerOp.Attend)
                    .mapToLong(StepPart::times)
                    .sum();
            assertEquals(model.layers(), attended);
        }
    }

    /** gemma-3-1b: 22 of 26 layers see 512 keys. */
    @Test
    void windowedLayersAreCountedApartOnceTheWindowBites() {
        Model gemma = CATALOGUE.model("gemma-3-1b");
        assertEquals(26, times(gemma, Pass.decode(1, 512), "self"));
        assertEquals(4, times(gemma, Pass.decode(1, 2048), "self"));
        assertEquals(22, times(gemma, Pass.decode(1, 2048), "self_local"));
    }

    /** deepseek-v3: three dense layers of 61, and one product in place of two for query and cache. */
    @Test
    void denseLayersAndOneOfTwoWays() {
        Model deepseek = CATALOGUE.model("deepseek-v3");
        assertEquals(3, times(deepseek, Pass.decode(1, 512), "up"));
        assertEquals(58, times(deepseek, Pass.decode(1, 512), "eup"));
        assertEquals(0, times(deepseek, Pass.decode(1, 512), "kv_down"));
        assertEquals(1, times(deepseek, Pass.decode(1, 512), "head"));
    }

    /** ModernBERT has 22 layers, every third of them global from the first on, and windows of 128. */
    @Test
    void anEncodersPassIsItsLayers() {
        Model bert = CATALOGUE.model("bert-base-uncased");
        assertEquals(12, times(bert, Pass.encode(8, 128), "qkv"));
        assertEquals(12, times(bert, Pass.encode(8, 128), "self"));
        assertEquals(0, times(bert, Pass.encode(8, 128), "pool"));
        Model modern = CATALOGUE.model("ModernBERT-base");
        assertEquals(8, times(modern, Pass.encode(1, 512), "self"));
        assertEquals(14, times(modern, Pass.encode(1, 512), "self_local"));
        assertEquals(22, times(modern, Pass.encode(1, 32), "self"));
    }

    /** A chunk of a prompt has the rows of its tokens and the keys of all before. */
    @Test
    void aChunkIsAShorterPromptWithALongerCache() {
        Model llama = CATALOGUE.model("llama-3-8b");
        List<StepPart> chunk = llama.trip(Pass.chunk(1, 512, 4096));
        List<StepPart> prompt = llama.trip(Pass.prefill(1, 512));
        assertEquals(prompt.size(), chunk.size());
        for (int i = 0; i < chunk.size(); i++) {
            boolean attention = chunk.get(i).op() instanceof LayerOp.Attend;
            assertEquals(
                    !attention, chunk.get(i).equals(prompt.get(i)), chunk.get(i).toString());
        }
    }

    /** Every product with weights reads an input as wide as its contraction, and no input is counted for two products. */
    @Test
    void inputsAreWhatTheProductsRead() {
        for (Model model : CATALOGUE.models()) {
            String cls = model.card().cls();
            for (Pass pass : model.passes()) {
                boolean step = cls.equals("encoder") && pass.phase() == Phase.ENCODE
                        || cls.equals("decoder")
                                && Set.of(Phase.PREFILL, Phase.DECODE).contains(pass.phase());
                if (step) {
                    inputs(model, pass);
                }
            }
        }
    }

    private static void inputs(Model model, Pass pass) {
        List<StepInput> inputs = model.inputs(pass);
        List<LayerOp.Gemm> products = model.trip(pass).stream()
                .map(StepPart::op)
                .filter(op -> op instanceof LayerOp.Gemm gemm && !gemm.plainOnly())
                .map(LayerOp.Gemm.class::cast)
                .toList();
        assertTrue(inputs.size() <= products.size(), model.name() + " " + pass + ": " + inputs);
        for (LayerOp.Gemm product : products) {
            assertTrue(
                    inputs.stream()
                            .anyMatch(input -> input.cols() == product.shape().k()
                                    && input.rows() >= product.shape().m()),
                    model.name() + " " + pass + " " + product + " reads none of " + inputs);
        }
        for (StepInput input : inputs) {
            assertTrue(
                    products.stream().anyMatch(product -> product.shape().k() == input.cols()),
                    model.name() + " " + pass + ": nobody reads " + input);
        }
    }

    @Test
    void whatIsNotAddedUpIsRefused() {
        Model t5 = CATALOGUE.model("t5-base");
        String refusal = assertThrows(IllegalArgumentException.class, () -> t5.trip(Pass.encode(1, 128)))
                .getMessage();
        assertTrue(refusal.contains("t5-base is no decoder and no encoder"), refusal);
        Model bert = CATALOGUE.model("bert-base-uncased");
        assertThrows(IllegalArgumentException.class, () -> bert.trip(Pass.train(1, 128)));
        Model llama = CATALOGUE.model("llama-3-8b");
        assertThrows(IllegalArgumentException.class, () -> llama.trip(Pass.verify(1, 5, 2048)));
    }

    private static long times(Model model, Pass pass, String role) {
        List<StepPart> parts = model.trip(pass);
        return parts.stream()
                .filter(part -> part.op().role().equals(role))
                .mapToLong(StepPart::times)
                .sum();
    }

    private static long weights(LayerOp op) {
        if (!(op instanceof LayerOp.Gemm gemm)) {
            return 0;
        }
        long one = gemm.shape().n() * gemm.shape().k();
        return gemm.shape().many() instanceof Moe moe ? one * moe.experts() : one;
    }
}
