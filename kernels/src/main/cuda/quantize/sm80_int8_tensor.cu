// int8, one scale a tensor, in two launches. x [n], codes [n], scales [1], partials [blocks of the first launch].
// Launch: first quantize_sm80_int8_tensor_absmax_*, then quantize_sm80_int8_tensor_*, any grid, blocks of 256.
#include "quantize/int8_rules.cuh"
#include "quantize/tensor.cuh"

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_absmax_fp32(const float* x, int64_t n, float* partials) {
    tensor_abs_max(x, n, partials);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_absmax_fp16(const Fp16* x, int64_t n, float* partials) {
    tensor_abs_max(x, n, partials);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_absmax_bf16(const Bf16* x, int64_t n, float* partials) {
    tensor_abs_max(x, n, partials);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_fp32(const float* x, int64_t n, const float* partials, int parts, uint8_t* codes, float* scales) {
    quantize_tensor<Int8Divided>(x, n, partials, parts, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_fp16(const Fp16* x, int64_t n, const float* partials, int parts, uint8_t* codes, float* scales) {
    quantize_tensor<Int8Divided>(x, n, partials, parts, codes, scales);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_bf16(const Bf16* x, int64_t n, const float* partials, int parts, uint8_t* codes, float* scales) {
    quantize_tensor<Int8Divided>(x, n, partials, parts, codes, scales);
}
