// int4 in groups of 128 columns, symmetric, in GPTQ's words. x [channels, cols], codes [ceil(cols / 8), channels] words,
// scales fp16 [groups, channels].
// Launch: 64 channels a block in x, groups in y, blocks of 256.
#include "quantize/int4.cuh"

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int4_g128_sym_fp32(const float* x, int64_t channels, int64_t cols, uint32_t* codes, Fp16* scales) {
    quantize_int4<GptqSymmetric>(x, channels, cols, codes, scales, nullptr);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int4_g128_sym_fp16(const Fp16* x, int64_t channels, int64_t cols, uint32_t* codes, Fp16* scales) {
    quantize_int4<GptqSymmetric>(x, channels, cols, codes, scales, nullptr);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int4_g128_sym_bf16(const Bf16* x, int64_t channels, int64_t cols, uint32_t* codes, Fp16* scales) {
    quantize_int4<GptqSymmetric>(x, channels, cols, codes, scales, nullptr);
}
