// e4m3, one scale 128 neighbours. x [rows, cols], codes [rows, cols], scales [rows, ceil(cols / 128)].
// Launch: any grid, x along a row, y over rows, blocks of 256.
#include "quantize/fp8_rules.cuh"
#include "quantize/group.cuh"

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_fp8_e4m3_1x128_fp32(const float* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    quantize_groups(ScaledGroup<Fp8Group<E4m3>, 128>{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_fp8_e4m3_1x128_fp16(const Fp16* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    quantize_groups(ScaledGroup<Fp8Group<E4m3>, 128>{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_fp8_e4m3_1x128_bf16(const Bf16* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    quantize_groups(ScaledGroup<Fp8Group<E4m3>, 128>{}, x, rows, cols, codes, scales);
}
