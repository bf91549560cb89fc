// GGUF q4_0: blocks of 18 bytes, fp16 d, then byte j holds element j in its low and j + 16 in its high nibble; y = (code - 8) * d.
// codes: blocks of a row, then of the next; y [rows, cols]. Launch: any grid in x, blocks of 256.
#include "common/gguf.cuh"
#include "dequantize/blocks.cuh"

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_q4_0_fp32(const uint8_t* codes, int64_t rows, int64_t cols, float* y) {
    dequantize_blocks<gguf::Q4_0>(codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_q4_0_fp16(const uint8_t* codes, int64_t rows, int64_t cols, Fp16* y) {
    dequantize_blocks<gguf::Q4_0>(codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_q4_0_bf16(const uint8_t* codes, int64_t rows, int64_t cols, Bf16* y) {
    dequantize_blocks<gguf::Q4_0>(codes, rows, cols, y);
}
