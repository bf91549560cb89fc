// int8 under one scale a tensor that is given. x [n], scale [1], codes [n].
// Launch: quantize_sm80_int8_tensor_static_*, any grid, blocks of 256.
#include "quantize/int8_rules.cuh"
#include "quantize/tensor.cuh"

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_static_fp32(const float* x, int64_t n, const float* scale, uint8_t* codes) {
    quantize_static<Int8Divided>(x, n, scale, codes);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_static_fp16(const Fp16* x, int64_t n, const float* scale, uint8_t* codes) {
    quantize_static<Int8Divided>(x, n, scale, codes);
}

extern "C" __global__ void __launch_bounds__(256)
    quantize_sm80_int8_tensor_static_bf16(const Bf16* x, int64_t n, const float* scale, uint8_t* codes) {
    quantize_static<Int8Divided>(x, n, scale, codes);
}
