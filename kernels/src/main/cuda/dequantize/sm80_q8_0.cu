// GGUF q8_0: blocks of 34 bytes, fp16 d and 32 signed codes; y = code * d.
// codes: blocks of a row, then of the next; y [rows, cols]. Launch: any grid in x, blocks of 256.
#include "common/gguf.cuh"
#include "dequantize/blocks.cuh"

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_q8_0_fp32(const uint8_t* codes, int64_t rows, int64_t cols, float* y) {
    dequantize_blocks<gguf::Q8_0>(codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_q8_0_fp16(const uint8_t* codes, int64_t rows, int64_t cols, Fp16* y) {
    dequantize_blocks<gguf::Q8_0>(codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_q8_0_bf16(const uint8_t* codes, int64_t rows, int64_t cols, Bf16* y) {
    dequantize_blocks<gguf::Q8_0>(codes, rows, cols, y);
}
