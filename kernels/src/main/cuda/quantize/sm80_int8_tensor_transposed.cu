// int8 of a matrix that lies the other way, one scale a tensor, in two launches. x [cols, rows], codes [rows, cols], scales
// [1], partials [blocks of the first launch].
// Launch: first quantize_sm80_int8_tensor_transposed_absmax_* over the n elements of x, any grid, blocks of 256; then
// quantize_sm80_int8_tensor_transposed_*: squares of 128 along a row of codes in x, any number in y, blocks of 256.
#include "quantize/int8_rules.cuh"
#include "quantize/transposed.cuh"

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_transposed_absmax_fp32(const float* x, int64_t n, float* partials) {
    tensor_abs_max(x, n, partials);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_transposed_absmax_fp16(const Fp16* x, int64_t n, float* partials) {
    tensor_abs_max(x, n, partials);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_transposed_absmax_bf16(const Bf16* x, int64_t n, float* partials) {
    tensor_abs_max(x, n, partials);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_int8_tensor_transposed_fp32(
    const float* x, int64_t rows, int64_t cols, const float* partials, int parts, uint8_t* codes, float* scales) {
    transpose_tensor<Int8Divided>(x, rows, cols, partials, parts, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_int8_tensor_transposed_fp16(
    const Fp16* x, int64_t rows, int64_t cols, const float* partials, int parts, uint8_t* codes, float* scales) {
    transpose_tensor<Int8Divided>(x, rows, cols, partials, parts, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_int8_tensor_transposed_bf16(
    const Bf16* x, int64_t rows, int64_t cols, const float* partials, int parts, uint8_t* codes, float* scales) {
    transpose_tensor<Int8Divided>(x, rows, cols, partials, parts, codes, scales);
}
