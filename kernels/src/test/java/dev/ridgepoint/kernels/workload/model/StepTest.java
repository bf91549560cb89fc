package dev.ridgepoint.kernels.workload.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.shape.GemmShape.Moe;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.Pass;
import java.util.List;
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

    @Test
    void whatIsNotAddedUpIsRefused() {
        Model bert = CATALOGUE.model("bert-base-uncased");
        String refusal = assertThrows(IllegalArgumentException.class, () -> bert.trip(Pass.encode(1, 128)))
                .getMessage();
        assertTrue(refusal.contains("bert-base-uncased is no decoder"), refusal);
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
