// int8, one scale 128 neighbours. x [rows, cols], codes [rows, cols], scales [rows, ceil(cols / 128)].
// Launch: any grid, x along a row, y over rows, blocks of 256.
#include "quantize/group.cuh"
#include "quantize/int8_rules.cuh"

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_g128_fp32(const float* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    quantize_groups(ScaledGroup<Int8Multiplied, 128>{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_g128_fp16(const Fp16* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    quantize_groups(ScaledGroup<Int8Multiplied, 128>{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_g128_bf16(const Bf16* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    quantize_groups(ScaledGroup<Int8Multiplied, 128>{}, x, rows, cols, codes, scales);
}
