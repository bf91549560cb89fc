// e5m2, one scale a row, which is read once. x [rows, cols], codes [rows, cols], scales [rows].
// Launch: a block of whole warps a row.
#include "quantize/fp8_rules.cuh"
#include "quantize/row.cuh"

extern "C" __global__ void __launch_bounds__(1024)
    quantize_sm80_fp8_e5m2_token_fp32(const float* x, int64_t cols, uint8_t* codes, float* scales) {
    quantize_row<Fp8Token<E5m2>>(x, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(1024)
    quantize_sm80_fp8_e5m2_token_fp16(const Fp16* x, int64_t cols, uint8_t* codes, float* scales) {
    quantize_row<Fp8Token<E5m2>>(x, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(1024)
    quantize_sm80_fp8_e5m2_token_bf16(const Bf16* x, int64_t cols, uint8_t* codes, float* scales) {
    quantize_row<Fp8Token<E5m2>>(x, cols, codes, scales);
}
