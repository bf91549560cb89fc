// MXFP8 of a matrix that lies the other way: e4m3 codes, one E8M0 scale 32 neighbours of a row of codes. x [cols, rows],
// codes [rows, cols], scales [rows, ceil(cols / 32)].
// Launch: squares of 128 along a row of codes in x, any number in y, blocks of 256.
#include "quantize/mxfp8.cuh"
#include "quantize/transposed.cuh"

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_mxfp8_e4m3_transposed_fp32(
    const float* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    transpose_groups(Mxfp8{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_mxfp8_e4m3_transposed_fp16(
    const Fp16* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    transpose_groups(Mxfp8{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_mxfp8_e4m3_transposed_bf16(
    const Bf16* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    transpose_groups(Mxfp8{}, x, rows, cols, codes, scales);
}
