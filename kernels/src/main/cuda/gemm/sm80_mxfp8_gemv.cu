// c = a b^T for up to eight rows of mxfp8 a, b mxfp8; c in bf16.
// Launch: blocks of 256, a warp a row of b, any grid; the name says how many rows of a there may be.
#include "gemm/code_rows.cuh"

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_mxfp8_gemv_m1(const uint8_t* a, const uint8_t* aScales, const uint8_t* b, const uint8_t* bScales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<1>(Mxfp8Rows{a, aScales, k}, Mxfp8Rows{b, bScales, k}, c, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_mxfp8_gemv_m4(const uint8_t* a, const uint8_t* aScales, const uint8_t* b, const uint8_t* bScales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<4>(Mxfp8Rows{a, aScales, k}, Mxfp8Rows{b, bScales, k}, c, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256, 3)
    gemm_sm80_mxfp8_gemv_m8(const uint8_t* a, const uint8_t* aScales, const uint8_t* b, const uint8_t* bScales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<8>(Mxfp8Rows{a, aScales, k}, Mxfp8Rows{b, bScales, k}, c, m, n, k);
}
