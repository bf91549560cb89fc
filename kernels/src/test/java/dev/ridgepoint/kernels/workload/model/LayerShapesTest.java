package dev.ridgepoint.kernels.workload.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.Pass;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerShapesTest {
    private static final Catalogue CATALOGUE = Catalogue.load();

    private static LayerOp layer(String model, String role, Pass pass) {
        return CATALOGUE.model(model).layers(pass).stream()
                .filter(op -> op.role().equals(role))
                .findFirst()
                .orElseThrow(() -> new AssertionError(model + " has no " + role + " in " + pass));
    }

    private static Set<String> roles(String model, Pass pass) {
        return CATALOGUE.model(model).layers(pass).stream().map(LayerOp::role).collect(Collectors.toSet());
    }

    private static GemmShape gemm(String model, String role, Pass pass) {
        return ((LayerOp.Gemm) layer(model, role, pass)).shape();
    }

    /** The weight shapes that DeepGEMM's and tritonbench's published shape lists name, as [n, k]. */
    @ParameterizedTest
    @CsvSource({
        "deepseek-v3, qkv_down,    1, 2112,  7168",
        "deepseek-v3, q_up,        1, 24576, 1536",
        "deepseek-v3, kv_up,       1, 32768, 512",
        "deepseek-v3, o,           1, 7168,  16384",
        "deepseek-v3, shared_up,   1, 4096,  7168",
        "deepseek-v3, shared_down, 1, 7168,  2048",
        "deepseek-v3, kv_down,     1, 576,   7168",
        "deepseek-v3, head,        1, 129280, 7168",
        "llama-2-70b, qkv,         8, 1280,  8192",
        "llama-2-70b, o,           8, 8192,  1024",
        "llama-2-70b, up,          8, 7168,  8192",
        "llama-2-70b, down,        8, 8192,  3584"
    })
    void matricesOfPublishedShapeLists(String model, String role, int devices, long n, long k) {
        GemmShape shape = gemm(model, role, Pass.prefill(1, 64).withTensorParallel(devices));
        assertEquals(n + " x " + k, shape.n() + " x " + shape.k());
        assertEquals(64, role.equals("head") ? 64 * shape.m() : shape.m());
    }

    /** Each row by hand from the model's paper or configuration. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deepseek-v3/self/decode_b2_kv100_fp16              | attn_causal_b2_q1_kv100_h128_kv1_d576_dv512_mla
            deepseek-v3/self/verify_b2_q3_kv100_fp16           | attn_causal_b2_q3_kv100_h128_kv1_d576_dv512_mla
            deepseek-v3/self/prefill_b2_s100_fp16              | attn_causal_b2_q100_kv100_h128_kv128_d192_dv128
            deepseek-v3/self/chunk_b2_q10_kv100_fp16           | attn_causal_b2_q10_kv100_h128_kv128_d192_dv128
            deepseek-v3/self/decode_b2_kv100_tp8_fp16          | attn_causal_b2_q1_kv100_h16_kv1_d576_dv512_mla
            deepseek-v3/eup/decode_b4_kv9_fp16                 | gemm_m4_n4096_k7168_e256_top8
            deepseek-v3/edown/decode_b4_kv9_fp16               | gemm_m4_n7168_k2048_e256_top8
            deepseek-v3/router/decode_b4_kv9_fp16              | gemm_m4_n256_k7168
            deepseek-v3/q_absorb/decode_b4_kv9_fp16            | gemm_m4_n512_k128_p128
            deepseek-v3/v_absorb/decode_b4_kv9_tp8_fp16        | gemm_m4_n128_k512_p16
            deepseek-v3/eup_wgrad/train_b1_s4096_bf16          | gemm_m4096_n7168_k128_p256
            deepseek-v3/edown_dgrad/train_b1_s4096_bf16        | gemm_m4096_n2048_k7168_e256_top8
            llama-3-8b/norm/decode_b4_kv9_bf16                 | rmsnorm_r4_c4096
            llama-3-8b/norm/prefill_b2_s50_fp16                | rmsnorm_r100_c4096
            llama-3-8b/probs/prefill_b3_s50_fp32               | softmax_r3_c128256
            llama-3-8b/probs/verify_b3_q5_kv50_fp32            | softmax_r15_c128256
            gpt2/norm/decode_b4_kv9_fp32                       | layernorm_r4_c768
            bert-base-uncased/norm/encode_b2_s8_fp16           | layernorm_r16_c768
            bert-base-uncased/up_fused/encode_b2_s8_fp16       | gemm_m16_n3072_k768_bias_gelu
            gpt2/up_fused/decode_b4_kv9_fp32                   | gemm_m4_n3072_k768_bias_gelu_tanh
            opus-mt-en-de/up_fused/encode_b1_s40_bf16          | gemm_m40_n2048_k512_bias_silu
            bert-base-uncased/scores/encode_b2_s8_fp16         | softmax_r192_c8
            t5-base/norm/encode_b2_s64_fp16                    | rmsnorm_r128_c768
            whisper-base/norm/decode_b2_kv9_fp16               | layernorm_r2_c512
            deepbench-lstm-512/cell/step_b4_fp32               | lstm_cell_b4_h512
            gnmt/cell/step_b4_bf16                             | lstm_cell_b4_h1024
            gnmt/att_k/encode_b4_s128_fp16                     | gemm_m512_n1024_k1024
            gnmt/att_q/step_b4_fp16                            | gemm_m4_n1024_k1024
            gnmt/att_score/step_b4_fp16                        | gemm_m512_n1_k1024
            gnmt/att_context/step_b4_fp16                      | gemm_m1_n1024_k128_p4
            realnvp-cifar10/coupling_in/oneshot_b1_s256_fp32   | gemm_m256_n128_k54
            realnvp-cifar10/coupling_block/oneshot_b1_s1024_fp32 | gemm_m1024_n64_k576
            realnvp-cifar10/coupling_out/oneshot_b2_s1024_fp32 | gemm_m2048_n6_k64
            deepseek-v3/up/decode_b4_kv9_fp16                  | gemm_m4_n36864_k7168
            deepseek-v2-lite/shared_up/decode_b4_kv9_fp16      | gemm_m4_n5632_k2048
            deepseek-v2-lite/q/decode_b4_kv9_fp16              | gemm_m4_n3072_k2048
            qwen3-4b/qkv/decode_b4_kv9_fp16                    | gemm_m4_n6144_k2560
            qwen3-4b/o/decode_b4_kv9_fp16                      | gemm_m4_n2560_k4096
            falcon-7b/self/decode_b4_kv9_fp16                  | attn_causal_b4_q1_kv9_h71_kv1_d64
            llama-3-70b/self/decode_b4_kv9_tp16_fp16           | attn_causal_b4_q1_kv9_h4_kv1_d128
            llama-3-70b/qkv/decode_b4_kv9_tp16_fp16            | gemm_m4_n768_k8192
            llama-3-8b/self/verify_b1_q16_kv99_tree_fp16       | attn_tree_b1_q16_kv99_h32_kv8_d128
            llama-3-8b/self/decode_b16_kv99_page16_fp16        | attn_causal_b16_q1_kv99_h32_kv8_d128_page16
            llama-3-8b/self/decode_b2_kv99_beams4_fp16         | attn_causal_b8_q1_kv99_h32_kv8_d128
            llama-3-8b/up/decode_b2_kv99_beams4_fp16           | gemm_m8_n28672_k4096
            llama-3-8b/self/mixed_1x64x64_2x1x9_fp16           | attn_causal_1x64x64_2x1x9_h32_kv8_d128
            llama-3-8b/head/prefill_b3_s50_fp16                | gemm_m3_n128256_k4096
            llama-3-8b/head/verify_b3_q5_kv50_fp16             | gemm_m15_n128256_k4096
            llama-3-8b/head/mixed_1x64x64_2x1x9_fp16           | gemm_m3_n128256_k4096
            llama-3-8b/lora_r16_shrink/decode_b3_kv50_fp16     | gemm_m3_n16_k4096
            llama-3-8b/lora_r64_expand/decode_b3_kv50_fp16     | gemm_m3_n4096_k64
            llama-3-8b/up_dgrad/train_b2_s8_fp16               | gemm_m16_n4096_k28672
            llama-3-8b/up_wgrad/train_b2_s8_fp16               | gemm_m28672_n4096_k16
            mistral-7b-v0.1/self/decode_b1_kv4097_fp16         | attn_sliding_w4096_b1_q1_kv4097_h32_kv8_d128
            mistral-7b-v0.1/self/decode_b1_kv4096_fp16         | attn_causal_b1_q1_kv4096_h32_kv8_d128
            gemma-2-9b/self/decode_b1_kv8000_fp16              | attn_causal_b1_q1_kv8000_h16_kv8_d256
            gemma-2-9b/self_local/decode_b1_kv8000_fp16        | attn_sliding_w4096_b1_q1_kv8000_h16_kv8_d256
            ModernBERT-base/self/encode_b1_s512_fp16           | attn_full_b1_q512_kv512_h12_kv12_d64
            ModernBERT-base/self_local/encode_b1_s512_fp16     | attn_local_w128_b1_q512_kv512_h12_kv12_d64
            ModernBERT-base/up/encode_b1_s512_fp16             | gemm_m512_n2304_k768
            deberta-v3-base/self/encode_b2_s64_fp16            | attn_full_b2_q64_kv64_h12_kv12_d64_rel512
            clip-vit-l14-text/self/encode_b2_s77_fp16          | attn_causal_b2_q77_kv77_h12_kv12_d64
            bert-base-uncased/quant_in/encode_b2_s8_bf16_int8_token | quantize_r16_c768_bf16_int8_row
            t5-base/cross_kv/encode_b2_s64_fp16                | gemm_m128_n1536_k768
            t5-base/cross/decode_b2_kv9_src64_beams4_fp16      | attn_full_b2_q4_kv64_h12_kv12_d64
            t5-base/self/decode_b2_kv9_src64_beams4_fp16       | attn_causal_b8_q1_kv9_h12_kv12_d64
            flan-t5-xxl/up/decode_b2_kv9_src64_fp16            | gemm_m2_n20480_k4096
            whisper-base/cross/decode_b2_kv9_fp16              | attn_full_b2_q1_kv1500_h8_kv8_d64
            whisper-base/conv1/encode_b1_s1500_fp16            | gemm_m3000_n512_k240
            whisper-base/conv2/encode_b1_s1500_fp16            | gemm_m1500_n512_k1536
            sd-1.5-unet/cross_kv/denoise_b2_s1024_fp16         | gemm_m154_n1280_k768
            sd-1.5-unet/cross/denoise_b2_s1024_fp16            | attn_full_b2_q1024_kv77_h8_kv8_d80
            sd-1.5-unet/conv/denoise_b2_s1024_fp16             | gemm_m2048_n640_k5760
            sdxl-unet/geglu/denoise_b2_s4096_fp16              | gemm_m8192_n5120_k640
            dit-xl-2/modulation/denoise_b2_s256_fp16           | gemm_m2_n6912_k1152
            sd-vae/self/oneshot_b1_s4096_fp16                  | attn_full_b1_q4096_kv4096_h1_kv1_d512
            dcgan-64/project/oneshot_b8_s1_fp16                | gemm_m8_n16384_k100
            dcgan-64/conv/oneshot_b8_s4096_fp16                | gemm_m32768_n3_k2048
            mlp-vae/enc_out/oneshot_b8_s1_fp16                 | gemm_m8_n40_k500
            stylegan2-mapping/fc/oneshot_b8_s1_fp16            | gemm_m8_n512_k512
            glow-cifar10/invertible/oneshot_b1_s256_fp16       | gemm_m256_n12_k12
            glow-cifar10/coupling_in/oneshot_b1_s64_fp16       | gemm_m64_n512_k108
            glow-cifar10/coupling_out/oneshot_b1_s16_fp16      | gemm_m16_n48_k4608
            deepbench-gru-2816/rec/step_b4_fp16                | gemm_m4_n8448_k2816
            deepbench-gru-2816/inp/encode_b1_s1500_fp16        | gemm_m1500_n8448_k2816
            gnmt/head/step_b4_fp16                             | gemm_m4_n32000_k1024
            """)
    void layersByHand(String id, String shape) {
        assertEquals(shape, CATALOGUE.workload(id).problem().shape().id());
    }

    @Test
    void bothGradientsCostWhatTheForwardProductCosts() {
        GemmShape forward = gemm("bert-base-uncased", "up", Pass.encode(4, 32));
        for (String gradient : List.of("up_dgrad", "up_wgrad")) {
            GemmShape backward = gemm("bert-base-uncased", gradient, Pass.train(4, 32));
            assertEquals(forward.multiplyAdds(), backward.multiplyAdds(), gradient);
        }
        // 8,192 choices of eight experts: 1,024 rows each, so nothing is lost in rounding.
        GemmShape experts = gemm("mixtral-8x7b", "eup", Pass.prefill(1, 4096));
        for (String gradient : List.of("eup_dgrad", "eup_wgrad")) {
            GemmShape backward = gemm("mixtral-8x7b", gradient, Pass.train(1, 4096));
            assertEquals(experts.multiplyAdds(), backward.multiplyAdds(), gradient);
        }
    }

    @Test
    void anExpertGetsItsShareOfRows() {
        // 64 tokens choose 8 of 128 each: 512 choices over 125.9 experts hit.
        assertEquals(4, gemm("qwen3-30b-a3b", "expert_up", Pass.decode(64, 9)).m());
        // 16 tokens: 128 choices over the 82.4 experts hit are 1.55 each, not 1 each over all 128.
        assertEquals(2, gemm("qwen3-30b-a3b", "expert_up", Pass.decode(16, 9)).m());
        // One token: its 8 experts get one row each.
        assertEquals(1, gemm("qwen3-30b-a3b", "expert_up", Pass.decode(1, 9)).m());
        assertEquals(1536, gemm("qwen3-30b-a3b", "expert_up", Pass.decode(1, 9)).n());
        // Mixtral at 4096 tokens: every expert is hit, 4096 x 2 / 8.
        assertEquals(
                1024, gemm("mixtral-8x7b", "expert_up", Pass.prefill(1, 4096)).m());
    }

    @Test
    void whatAModelLacksItDoesNotList() {
        assertFalse(roles("mixtral-8x7b", Pass.decode(1, 9)).contains("up"));
        assertFalse(roles("mixtral-8x7b", Pass.decode(1, 9)).contains("shared_up"));
        assertTrue(roles("deepseek-v3", Pass.decode(1, 9)).contains("up"));
        // The absorbed form never expands the latent.
        assertFalse(roles("deepseek-v3", Pass.decode(1, 9)).contains("kv_up"));
        assertFalse(roles("deepseek-v3", Pass.decode(1, 9)).contains("qkv"));
        // A window longer than the cache does not bite.
        assertFalse(roles("gemma-2-9b", Pass.decode(1, 4096)).contains("self_local"));
        assertFalse(roles("ModernBERT-base", Pass.encode(1, 128)).contains("self_local"));
    }

    @Test
    void weightFormatsNeedWholeGroupsAndRealWeights() {
        // 4544 = 35.5 x 128, so no 128-wide group fits; 32-wide ones do.
        Set<String> falcon = names(layer("falcon-7b", "qkv", Pass.decode(1, 9)));
        assertFalse(falcon.contains("w4a16_g128"), "" + falcon);
        assertTrue(falcon.contains("q4_0"), "" + falcon);
        assertFalse(falcon.contains("q4_k"), "" + falcon);
        Set<String> llama = names(layer("llama-3-8b", "qkv", Pass.decode(1, 9)));
        assertTrue(llama.containsAll(Set.of("w4a16_g128", "q4_k", "int8", "fp32")), "" + llama);
        assertFalse(llama.contains(Precision.BF16_KV_INT8.id()), "" + llama);
        assertEquals(
                Set.of("fp32", "tf32", "fp16", "bf16"),
                names(layer("llama-3-8b", "lora_r16_shrink", Pass.decode(1, 9))));
        assertEquals(Set.of("fp32", "tf32", "fp16", "bf16"), names(layer("gpt2", "up_wgrad", Pass.train(1, 9))));
    }

    @Test
    void onlyACacheIsQuantisedAsOne() {
        assertTrue(names(layer("llama-3-8b", "self", Pass.decode(1, 9))).contains("bf16_kv_int8"));
        assertFalse(names(layer("llama-3-8b", "self", Pass.prefill(1, 9))).contains("bf16_kv_int8"));
        assertFalse(names(layer("bert-base-uncased", "self", Pass.encode(1, 9))).contains("bf16_kv_int8"));
        assertFalse(names(layer("llama-3-8b", "self", Pass.decode(1, 9))).contains("w4a16_g128"));
    }

    @Test
    void stepsOfRecurrenceAndConvolutionsSayWhatTheyStandFor() {
        assertEquals("lstm step", gemm("gnmt", "rec", Pass.step(1)).proxyFor());
        assertEquals(
                "conv 3x3", gemm("sdxl-unet", "conv", Pass.denoise(2, 4096)).proxyFor());
        assertEquals(
                "transposed conv 4x4, stride 2",
                gemm("dcgan-64", "conv", Pass.oneShot(1, 64)).proxyFor());
        assertEquals(null, gemm("gnmt", "head", Pass.step(1)).proxyFor());
    }

    private static Set<String> names(LayerOp op) {
        return op.variants().stream().map(LayerOp.Variant::name).collect(Collectors.toSet());
    }
}
