// int8 of a matrix that lies the other way, one scale a row of codes, in three launches. x [cols, rows], codes [rows, cols],
// scales [rows], partials [grid y of the first launch, rows].
// Launch: quantize_sm80_int8_token_transposed_absmax_*, blocks of 32 x 8, 256 rows of codes a block in x, any number in y,
// which is how many shares of x's rows there are; _scales, blocks of 32 x 8, 32 rows of codes a block; then
// quantize_sm80_int8_token_transposed_*: squares of 128 along a row of codes in x, any number in y, blocks of 256.
#include "quantize/int8_rules.cuh"
#include "quantize/transposed.cuh"

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_int8_token_transposed_absmax_fp32(
    const float* x, int64_t rows, int64_t cols, float* partials) {
    column_abs_max(x, cols, rows, partials);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_int8_token_transposed_absmax_fp16(
    const Fp16* x, int64_t rows, int64_t cols, float* partials) {
    column_abs_max(x, cols, rows, partials);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_int8_token_transposed_absmax_bf16(
    const Bf16* x, int64_t rows, int64_t cols, float* partials) {
    column_abs_max(x, cols, rows, partials);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_int8_token_transposed_scales(
    float* partials, int32_t shares, int64_t rows, float* scales) {
    column_scales<Int8Multiplied>(partials, shares, rows, scales);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_int8_token_transposed_fp32(
    const float* x, int64_t rows, int64_t cols, const float* largest, uint8_t* codes) {
    transpose_token<Int8Multiplied>(x, rows, cols, largest, codes);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_int8_token_transposed_fp16(
    const Fp16* x, int64_t rows, int64_t cols, const float* largest, uint8_t* codes) {
    transpose_token<Int8Multiplied>(x, rows, cols, largest, codes);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_int8_token_transposed_bf16(
    const Bf16* x, int64_t rows, int64_t cols, const float* largest, uint8_t* codes) {
    transpose_token<Int8Multiplied>(x, rows, cols, largest, codes);
}
