package dev.ridgepoint.kernels.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.workload.model.Model;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
    private static final Catalogue CATALOGUE = Catalogue.load();

    @Test
    void everyListedIdIsUniqueAndNamesItsOwnWorkload() {
        Set<String> ids = new HashSet<>();
        int[] count = {0};
        CATALOGUE.stream(Query.ALL).forEach(workload -> {
            assertTrue(ids.add(workload.id()), workload.id());
            // Reading an id back rebuilds a whole pass, so only some are read back; a prime stride visits all kinds.
            if (count[0]++ % 251 == 0) {
                assertEquals(workload, CATALOGUE.workload(workload.id()));
            }
        });
        assertTrue(ids.size() > 100_000, "only " + ids.size());
    }

    @Test
    void everyPhaseAndEveryArchitectureIsListed() {
        Set<Phase> phases = EnumSet.noneOf(Phase.class);
        CATALOGUE.models().forEach(model -> phases.addAll(model.phases()));
        assertEquals(EnumSet.allOf(Phase.class), phases);
        assertEquals(
                Set.of(
                        "encoder",
                        "encoder-decoder",
                        "decoder",
                        "diffusion-unet",
                        "diffusion-transformer",
                        "vae",
                        "gan",
                        "rnn",
                        "rnn-seq2seq",
                        "flow"),
                CATALOGUE.models().stream().map(m -> m.card().cls()).collect(Collectors.toSet()));
    }

    @Test
    void everyModelSaysWhereItsExtentsWerePublished() {
        for (Model model : CATALOGUE.models()) {
            assertTrue(
                    model.card().source().matches(".*(https://|github:|arXiv:|config.json).*"),
                    model.name() + ": " + model.card().source());
        }
        assertEquals(11, CATALOGUE.techniques().size());
    }

    @Test
    void anIdNeedNotBeListed() {
        Workload workload = CATALOGUE.workload("llama-3-8b/up/decode_b3_kv777_bf16");
        assertEquals("gemm_m3_n28672_k4096_bf16", workload.problem().id());
        assertEquals(777, workload.provenance().length());
        assertEquals(3, workload.provenance().batch());
    }

    @Test
    void aProductOverTokensIsListedOnceForAllCacheLengthsAndUnderEachWhenAskedFor() {
        Query up = Query.parse("model=llama-3-8b,role=up,phase=decode,precision=bf16");
        long singles = CATALOGUE.stream(up)
                .filter(w -> w.problem().id().startsWith("gemm_m1_"))
                .count();
        assertEquals(1, singles);
        assertEquals(1, CATALOGUE.workloads(up.withId("*/decode_b1_kv8192_*")).size());
    }

    @Test
    void theFamilyOfATransformIsNeutralWhateverItsModel() {
        assertEquals(
                TaskFamily.NEUTRAL,
                CATALOGUE
                        .workload("llama-2-7b/quant_w_o/offline_bf16_int4_g128_awq")
                        .provenance()
                        .family());
        assertEquals(
                TaskFamily.NEUTRAL,
                CATALOGUE
                        .workload("llama-2-7b/up_wgrad/train_b4_s2048_bf16")
                        .provenance()
                        .family());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            llama-3-8b/up                                 | id: expected model/role/pass_precision
            lama-3-8b/up/decode_b1_kv1_bf16               | model: unknown 'lama-3-8b'; did you mean llama-3-8b
            llama-3-8b/upp/decode_b1_kv1_bf16             | role: unknown 'upp'; did you mean up?
            llama-3-8b/up/decode_b1_kv99_bf17             | precision: unknown 'bf17'; did you mean bf16
            llama-3-8b/up/decode_b1_bf16                  | pass: cannot read 'decode_b1_bf16'
            llama-3-8b/up/decode_b1_kv9999_bf16           | kv: llama-3-8b holds at most 8192 tokens, got 9999
            llama-3-8b/up/encode_b1_s9_bf16               | phase: llama-3-8b does no encode; it knows prefill
            gpt2/up/decode_b1_kv99_tp7_bf16               | tp: 7 devices do not divide heads=12
            sd-1.5-unet/self/denoise_b2_s4095_fp16        | s: sd-1.5-unet has no level of 4095 tokens; it has 4096
            t5-base/cross/decode_b1_kv9_bf16              | src: t5-base needs the source's length
            whisper-small/self/encode_b1_s99_bf16         | s: whisper-small always reads 1500 positions, got 99
            whisper-small/self/decode_b1_kv9_src9_bf16    | src: whisper-small always reads 1500 positions, got 9
            whisper-small/self/decode_b1_kv449_bf16       | kv: whisper-small writes at most 448 tokens
            bert-base-uncased/self/encode_b1_s513_bf16    | s: bert-base-uncased reads at most 512 tokens
            dcgan-64/conv/oneshot_b1_s99_fp32             | s: dcgan-64 has no layer of 99 positions
            llama-3-8b/self/chunk_b1_q8_kv8_bf16          | kv: a chunk comes after a cached prefix
            llama-3-8b/self/decode_b0_kv8_bf16            | segments.count: expected an extent of 1
            """)
    void aWrongPartOfAnIdIsNamed(String id, String message) {
        var error = assertThrows(IllegalArgumentException.class, () -> CATALOGUE.workload(id));
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            model=lama3              ~ model: unknown 'lama3'; did you mean llama-3-8b
            model=bert*|mixtrl*      ~ model: unknown 'mixtrl'; did you mean mixtral-8x7b
            phase=decoding           ~ phase: unknown 'decoding'; did you mean decode?
            precision=bf15           ~ precision: unknown 'bf15'; did you mean bf16
            role=qvk                 ~ role: unknown 'qvk'; did you mean qkv
            op=gem                   ~ op: unknown 'gem'; did you mean gemm?
            modle=bert               ~ query: unknown 'modle'; did you mean model
            model=                   ~ query: expected field=glob, got 'model='
            model=a,model=b          ~ query: model is given twice
            model=a||b               ~ 'a||b': an empty alternative matches nothing
            """)
    void aQueryForNothingSaysWhatIsNear(String query, String message) {
        var error = assertThrows(IllegalArgumentException.class, () -> CATALOGUE.workloads(Query.parse(query)));
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
    }

    @Test
    void namesThatExistButNeverMeetGiveNothing() {
        assertEquals(List.of(), CATALOGUE.workloads(Query.parse("model=bert-base-uncased,phase=decode")));
    }

    @Test
    void aNewModelIsOneEntry() throws IOException {
        String json = """
                {"models": [{"model": "tiny-llm", "cls": "decoder", "source": "arXiv:0", "verified": "recall",
                 "layers": 2, "hidden": 64, "heads": 4, "kv_heads": 2, "head_dim": 32, "ffn": 160, "ffn_gated": true,
                 "vocab": 1000, "max_ctx": 4096}]}
                """;
        Catalogue own = Catalogue.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        assertEquals(
                "gemm_m8_n256_k64_bf16",
                own.workload("tiny-llm/qkv/decode_b8_kv16_bf16").problem().id());
        assertEquals(
                "attn_causal_b1_q1_kv2048_h4_kv2_d32_bf16",
                own.workload("tiny-llm/self/decode_b1_kv2048_bf16").problem().id());
        assertTrue(own.workloads(Query.ALL).size() > 500);
    }
}
