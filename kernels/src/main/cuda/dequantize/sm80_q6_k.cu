// GGUF q6_k: blocks of 210 bytes for 256 elements: low nibbles, upper bit pairs, sixteen signed scales, fp16 d;
// y = (d * scale) * (code - 32).
// codes: blocks of a row, then of the next; y [rows, cols]. Launch: any grid in x, blocks of 256.
#include "common/gguf.cuh"
#include "dequantize/blocks.cuh"

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_q6_k_fp32(const uint8_t* codes, int64_t rows, int64_t cols, float* y) {
    dequantize_blocks<gguf::Q6_K>(codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_q6_k_fp16(const uint8_t* codes, int64_t rows, int64_t cols, Fp16* y) {
    dequantize_blocks<gguf::Q6_K>(codes, rows, cols, y);
}

extern "C" __global__ void __launch_bounds__(256)
    dequantize_sm80_q6_k_bf16(const uint8_t* codes, int64_t rows, int64_t cols, Bf16* y) {
    dequantize_blocks<gguf::Q6_K>(codes, rows, cols, y);
}
