// c = a b^T for up to eight rows of bf16 a, b nvfp4.
// Launch: blocks of 256, a warp a row of b, any grid; the name says how many rows of a there may be.
#include "gemm/code_rows.cuh"

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_nvfp4_gemv_m1(const Bf16* a, const uint8_t* b, const uint8_t* bScales, const float* bTensorScale, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<1>(PlainRows<Bf16>{a, k}, Nvfp4Rows{b, bScales, bTensorScale, k}, c, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_nvfp4_gemv_m4(const Bf16* a, const uint8_t* b, const uint8_t* bScales, const float* bTensorScale, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<4>(PlainRows<Bf16>{a, k}, Nvfp4Rows{b, bScales, bTensorScale, k}, c, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256, 3)
    gemm_sm80_nvfp4_gemv_m8(const Bf16* a, const uint8_t* b, const uint8_t* bScales, const float* bTensorScale, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<8>(PlainRows<Bf16>{a, k}, Nvfp4Rows{b, bScales, bTensorScale, k}, c, m, n, k);
}
