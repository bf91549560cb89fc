// c = a b^T for up to eight rows of e4m3 codes a, b e4m3 codes, one scale of all of either; c in bf16.
// Launch: blocks of 256, a warp a row of b, any grid; the name says how many rows of a there may be.
#include "gemm/code_rows.cuh"

extern "C" __global__ void __launch_bounds__(256, 2)
    gemm_sm80_fp8_e4m3_gemv_m1(const uint8_t* a, const float* aScales, const uint8_t* b, const float* bScales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<1>(Fp8Rows<E4m3>{a, k}, Fp8Rows<E4m3>{b, k}, c, m, n, k, UpconvertedScales<E4m3>{{aScales, bScales}});
}

extern "C" __global__ void __launch_bounds__(256, 2)
    gemm_sm80_fp8_e4m3_gemv_m4(const uint8_t* a, const float* aScales, const uint8_t* b, const float* bScales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<4>(Fp8Rows<E4m3>{a, k}, Fp8Rows<E4m3>{b, k}, c, m, n, k, UpconvertedScales<E4m3>{{aScales, bScales}});
}

extern "C" __global__ void __launch_bounds__(256, 2)
    gemm_sm80_fp8_e4m3_gemv_m8(const uint8_t* a, const float* aScales, const uint8_t* b, const float* bScales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<8>(Fp8Rows<E4m3>{a, k}, Fp8Rows<E4m3>{b, k}, c, m, n, k, UpconvertedScales<E4m3>{{aScales, bScales}});
}
