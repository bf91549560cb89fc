// e4m3 of a matrix that lies the other way, one scale a square of 128 x 128. x [cols, rows], codes [rows, cols], scales
// row-major over squares of the codes.
// Launch: squares of 128 along a row of codes in x, any number in y, blocks of 256.
#include "quantize/fp8_rules.cuh"
#include "quantize/transposed.cuh"

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_fp8_e4m3_128x128_transposed_fp32(
    const float* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    transpose_squares<Fp8Block<E4m3>>(x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_fp8_e4m3_128x128_transposed_fp16(
    const Fp16* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    transpose_squares<Fp8Block<E4m3>>(x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_fp8_e4m3_128x128_transposed_bf16(
    const Bf16* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    transpose_squares<Fp8Block<E4m3>>(x, rows, cols, codes, scales);
}
