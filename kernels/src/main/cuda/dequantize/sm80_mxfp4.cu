// MXFP4: e2m1 codes, two a byte, [rows, ceil(cols / 2)] under one E8M0 scale 32 neighbours, scales [rows, ceil(cols / 32)]. y [rows, cols].
// Launch: any grid, x along a row, y over rows, blocks of 256.
#include "common/e8m0.cuh"
#include "dequantize/rows.cuh"

struct Mxfp4 {
    static constexpr int code_bytes = kEight / 2;
    static constexpr bool per_column = false;
    const uint8_t* scales;
    int64_t across;

    __device__ Mxfp4(const uint8_t* scales, int64_t cols) : scales(scales), across((cols + 31) / 32) {}
    static __device__ float value(uint32_t code) { return decode<E2m1>(code); }
    __device__ float scale(int64_t row, int64_t col) const { return decode_e8m0(scales[row * across + col / 32]); }
};

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_mxfp4_fp32(const uint8_t* codes, const uint8_t* scales, int64_t rows, int64_t cols, float* y) {
    dequantize_rows(Mxfp4(scales, cols), codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_mxfp4_fp16(const uint8_t* codes, const uint8_t* scales, int64_t rows, int64_t cols, Fp16* y) {
    dequantize_rows(Mxfp4(scales, cols), codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_mxfp4_bf16(const uint8_t* codes, const uint8_t* scales, int64_t rows, int64_t cols, Bf16* y) {
    dequantize_rows(Mxfp4(scales, cols), codes, rows, cols, y);
}
