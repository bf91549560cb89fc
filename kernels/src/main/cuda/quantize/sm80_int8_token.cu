// int8, one scale a row, which is read once. x [rows, cols], codes [rows, cols], scales [rows].
// Launch: a block of whole warps a row.
#include "quantize/int8_rules.cuh"
#include "quantize/row.cuh"

extern "C" __global__ void __launch_bounds__(1024)
    quantize_sm80_int8_token_fp32(const float* x, int64_t cols, uint8_t* codes, float* scales) {
    quantize_row<Int8Multiplied>(x, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(1024)
    quantize_sm80_int8_token_fp16(const Fp16* x, int64_t cols, uint8_t* codes, float* scales) {
    quantize_row<Int8Multiplied>(x, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(1024)
    quantize_sm80_int8_token_bf16(const Bf16* x, int64_t cols, uint8_t* codes, float* scales) {
    quantize_row<Int8Multiplied>(x, cols, codes, scales);
}
