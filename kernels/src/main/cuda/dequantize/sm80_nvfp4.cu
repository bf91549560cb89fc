// NVFP4: e2m1 codes, two a byte, [rows, ceil(cols / 2)] under one e4m3 scale 16 neighbours, [rows, ceil(cols / 16)], under
// one fp32 scale a tensor. y [rows, cols] = code * (scale * tensor scale).
// Launch: any grid, x along a row, y over rows, blocks of 256.
#include "dequantize/rows.cuh"

struct Nvfp4 {
    static constexpr int code_bytes = kEight / 2;
    static constexpr bool per_column = false;
    const uint8_t* scales;
    float tensor_scale;
    int64_t across;

    __device__ Nvfp4(const uint8_t* scales, const float* tensor_scale, int64_t cols)
        : scales(scales), tensor_scale(*tensor_scale), across((cols + 15) / 16) {}
    static __device__ float value(uint32_t code) { return decode<E2m1>(code); }
    __device__ float scale(int64_t row, int64_t col) const {
        return __fmul_rn(decode<E4m3>(scales[row * across + col / 16]), tensor_scale);
    }
};

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_nvfp4_fp32(const uint8_t* codes, const uint8_t* scales, const float* tensor_scale, int64_t rows, int64_t cols, float* y) {
    dequantize_rows(Nvfp4(scales, tensor_scale, cols), codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_nvfp4_fp16(const uint8_t* codes, const uint8_t* scales, const float* tensor_scale, int64_t rows, int64_t cols, Fp16* y) {
    dequantize_rows(Nvfp4(scales, tensor_scale, cols), codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_nvfp4_bf16(const uint8_t* codes, const uint8_t* scales, const float* tensor_scale, int64_t rows, int64_t cols, Bf16* y) {
    dequantize_rows(Nvfp4(scales, tensor_scale, cols), codes, rows, cols, y);
}
