// c = a b^T for up to eight rows of e5m2 codes a, b e5m2 codes, one scale of all of either; c in bf16.
// Launch: blocks of 256, a warp a row of b, any grid; the name says how many rows of a there may be.
#include "gemm/code_rows.cuh"

extern "C" __global__ void __launch_bounds__(256, 2)
    gemm_sm80_fp8_e5m2_gemv_m1(const uint8_t* a, const float* aScales, const uint8_t* b, const float* bScales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<1>(Fp8Rows<E5m2>{a, k}, Fp8Rows<E5m2>{b, k}, c, m, n, k, UpconvertedScales<E5m2>{{aScales, bScales}});
}

extern "C" __global__ void __launch_bounds__(256, 2)
    gemm_sm80_fp8_e5m2_gemv_m4(const uint8_t* a, const float* aScales, const uint8_t* b, const float* bScales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<4>(Fp8Rows<E5m2>{a, k}, Fp8Rows<E5m2>{b, k}, c, m, n, k, UpconvertedScales<E5m2>{{aScales, bScales}});
}

extern "C" __global__ void __launch_bounds__(256, 2)
    gemm_sm80_fp8_e5m2_gemv_m8(const uint8_t* a, const float* aScales, const uint8_t* b, const float* bScales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<8>(Fp8Rows<E5m2>{a, k}, Fp8Rows<E5m2>{b, k}, c, m, n, k, UpconvertedScales<E5m2>{{aScales, bScales}});
}
