// int4 in groups of 128 columns, symmetric, in GPTQ's words. y [channels, cols], codes [ceil(cols / 8), channels] words,
// scales fp16 [groups, channels].
// Launch: 64 channels a block in x, groups in y, blocks of 256.
#include "dequantize/int4.cuh"

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_int4_g128_sym_fp32(const uint32_t* codes, const Fp16* scales, int64_t channels,
                                       int64_t cols, float* y) {
    dequantize_int4<GptqSymmetric>(codes, scales, nullptr, channels, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_int4_g128_sym_fp16(const uint32_t* codes, const Fp16* scales, int64_t channels,
                                       int64_t cols, Fp16* y) {
    dequantize_int4<GptqSymmetric>(codes, scales, nullptr, channels, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_int4_g128_sym_bf16(const uint32_t* codes, const Fp16* scales, int64_t channels,
                                       int64_t cols, Bf16* y) {
    dequantize_int4<GptqSymmetric>(codes, scales, nullptr, channels, cols, y);
}
