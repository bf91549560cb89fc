// int8 with zero points in groups of 128 columns, GPTQ's words. y [channels, cols], codes [ceil(cols / 4), channels] words,
// scales fp16 [groups, channels], zeros [groups, ceil(channels / 4)] words.
// Launch: 64 channels a block in x, groups in y, blocks of 256.
#include "dequantize/int4.cuh"

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_int8_g128_zp_fp32(const uint32_t* codes, const Fp16* scales, const uint32_t* zeros,
                                        int64_t channels, int64_t cols, float* y) {
    dequantize_int4<GptqBytes>(codes, scales, zeros, channels, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_int8_g128_zp_fp16(const uint32_t* codes, const Fp16* scales, const uint32_t* zeros,
                                        int64_t channels, int64_t cols, Fp16* y) {
    dequantize_int4<GptqBytes>(codes, scales, zeros, channels, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_int8_g128_zp_bf16(const uint32_t* codes, const Fp16* scales, const uint32_t* zeros,
                                        int64_t channels, int64_t cols, Bf16* y) {
    dequantize_int4<GptqBytes>(codes, scales, zeros, channels, cols, y);
}
