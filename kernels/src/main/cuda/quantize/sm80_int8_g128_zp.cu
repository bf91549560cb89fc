// int8 with zero points in groups of 128 columns, GPTQ's words. x [channels, cols], codes [ceil(cols / 4), channels] words,
// scales fp16 [groups, channels], zeros [groups, ceil(channels / 4)] words.
// Launch: 64 channels a block in x, groups in y, blocks of 256.
#include "quantize/int4.cuh"

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_g128_zp_fp32(const float* x, int64_t channels, int64_t cols, uint32_t* codes, Fp16* scales,
                                      uint32_t* zeros) {
    quantize_int4<GptqBytes>(x, channels, cols, codes, scales, zeros);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_g128_zp_fp16(const Fp16* x, int64_t channels, int64_t cols, uint32_t* codes, Fp16* scales,
                                      uint32_t* zeros) {
    quantize_int4<GptqBytes>(x, channels, cols, codes, scales, zeros);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_g128_zp_bf16(const Bf16* x, int64_t channels, int64_t cols, uint32_t* codes, Fp16* scales,
                                      uint32_t* zeros) {
    quantize_int4<GptqBytes>(x, channels, cols, codes, scales, zeros);
}
