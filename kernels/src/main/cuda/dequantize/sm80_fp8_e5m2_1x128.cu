// e5m2 under one scale 128 neighbours, scales [rows, ceil(cols / 128)]. codes [rows, cols], y [rows, cols]; y = code * scale.
// Launch: any grid, x along a row, y over rows, blocks of 256.
#include "dequantize/scaled.cuh"

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_fp8_e5m2_1x128_fp32(const uint8_t* codes, const float* scales, int64_t rows, int64_t cols, float* y) {
    dequantize_rows(PerTile<E5m2, 1, 128>(scales, cols), codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_fp8_e5m2_1x128_fp16(const uint8_t* codes, const float* scales, int64_t rows, int64_t cols, Fp16* y) {
    dequantize_rows(PerTile<E5m2, 1, 128>(scales, cols), codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_fp8_e5m2_1x128_bf16(const uint8_t* codes, const float* scales, int64_t rows, int64_t cols, Bf16* y) {
    dequantize_rows(PerTile<E5m2, 1, 128>(scales, cols), codes, rows, cols, y);
}
