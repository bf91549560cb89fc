// e5m2, one scale a square of 128 x 128, which is read once. x [rows, cols], codes [rows, cols], scales row-major over
// squares. Launch: squares of a row in x, any number in y, blocks of 256.
#include "quantize/fp8_rules.cuh"
#include "quantize/tile.cuh"

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_fp8_e5m2_128x128_fp32(const float* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    quantize_tile<Fp8Block<E5m2>>(x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_fp8_e5m2_128x128_fp16(const Fp16* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    quantize_tile<Fp8Block<E5m2>>(x, rows, cols, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_fp8_e5m2_128x128_bf16(const Bf16* x, int64_t rows, int64_t cols, uint8_t* codes, float* scales) {
    quantize_tile<Fp8Block<E5m2>>(x, rows, cols, codes, scales);
}
