// e4m3 of a matrix that lies the other way, one scale 128 neighbours of a row of codes. x [cols, rows], codes [rows, cols],
// scales [rows, ceil(cols / 128)].
// Launch: squares of 128 along a row of codes in x, any number in y, blocks of 256.
#include "quantize/fp8_rules.cuh"
#include "quantize/transposed.cuh"

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_fp8_e4m3_1x128_transposed_fp32(
    const float* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    transpose_groups(ScaledGroup<Fp8Group<E4m3>, 128>{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_fp8_e4m3_1x128_transposed_fp16(
    const Fp16* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    transpose_groups(ScaledGroup<Fp8Group<E4m3>, 128>{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256) quantize_sm80_fp8_e4m3_1x128_transposed_bf16(
    const Bf16* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    transpose_groups(ScaledGroup<Fp8Group<E4m3>, 128>{}, x, rows, cols, codes, scales);
}
