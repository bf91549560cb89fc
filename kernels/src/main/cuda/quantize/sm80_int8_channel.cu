// int8, one scale a column, in two launches. x [rows, cols], codes [rows, cols], scales [cols], partials [grid y, cols].
// Launch: quantize_sm80_int8_channel_absmax_*, then _scales, then quantize_sm80_int8_channel_*, blocks of 32 x 8. The first and
// the last in one grid: 256 columns a block in x, any number in y, which is how many shares there are; _scales 32 columns a
// block.
#include "quantize/column.cuh"
#include "quantize/int8_rules.cuh"

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_channel_absmax_fp32(const float* x, int64_t rows, int64_t cols, float* partials) {
    column_abs_max(x, rows, cols, partials);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_channel_absmax_fp16(const Fp16* x, int64_t rows, int64_t cols, float* partials) {
    column_abs_max(x, rows, cols, partials);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_channel_absmax_bf16(const Bf16* x, int64_t rows, int64_t cols, float* partials) {
    column_abs_max(x, rows, cols, partials);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_channel_scales(float* partials, int32_t shares, int64_t cols, float* scales) {
    column_scales<Int8Multiplied>(partials, shares, cols, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_channel_fp32(const float* x, int64_t rows, int64_t cols, const float* partials, uint8_t* codes) {
    quantize_column<Int8Multiplied>(x, rows, cols, partials, codes);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_channel_fp16(const Fp16* x, int64_t rows, int64_t cols, const float* partials, uint8_t* codes) {
    quantize_column<Int8Multiplied>(x, rows, cols, partials, codes);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_channel_bf16(const Bf16* x, int64_t rows, int64_t cols, const float* partials, uint8_t* codes) {
    quantize_column<Int8Multiplied>(x, rows, cols, partials, codes);
}
