// int8 under one scale a column, scales [cols]. codes [rows, cols], y [rows, cols]; y = code * scale.
// Launch: any grid, x along a row, y over rows, blocks of 256.
#include "dequantize/scaled.cuh"

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_int8_channel_fp32(const uint8_t* codes, const float* scales, int64_t rows, int64_t cols, float* y) {
    dequantize_rows(PerColumn<Int8>(scales, cols), codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_int8_channel_fp16(const uint8_t* codes, const float* scales, int64_t rows, int64_t cols, Fp16* y) {
    dequantize_rows(PerColumn<Int8>(scales, cols), codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_int8_channel_bf16(const uint8_t* codes, const float* scales, int64_t rows, int64_t cols, Bf16* y) {
    dequantize_rows(PerColumn<Int8>(scales, cols), codes, rows, cols, y);
}
