// MXFP8: e4m3 codes, one E8M0 scale 32 neighbours. x [rows, cols], codes [rows, cols], scales [rows, ceil(cols / 32)].
// Launch: any grid, x along a row, y over rows, blocks of 256.
#include "quantize/group.cuh"
#include "quantize/mxfp8.cuh"

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_mxfp8_e4m3_fp32(const float* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    quantize_groups(Mxfp8{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_mxfp8_e4m3_fp16(const Fp16* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    quantize_groups(Mxfp8{}, x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_mxfp8_e4m3_bf16(const Bf16* x, int64_t rows, int64_t cols, uint8_t* codes, uint8_t* scales) {
    quantize_groups(Mxfp8{}, x, rows, cols, codes, scales);
}
