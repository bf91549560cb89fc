// c = a b^T for up to eight rows of bf16 a, b e4m3 under one scale 128 neighbours.
// Launch: blocks of 256, a warp a row of b, any grid; the name says how many rows of a there may be.
#include "gemm/gemv.cuh"
#include "gemm/quantised_rows.cuh"

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_w8a16_fp8_gemv_m1(const Bf16* a, const uint8_t* b, const float* scales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<1>(PlainRows<Bf16>{a, k}, E4m3Weight{b, scales, n, k}, c, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_w8a16_fp8_gemv_m4(const Bf16* a, const uint8_t* b, const float* scales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<4>(PlainRows<Bf16>{a, k}, E4m3Weight{b, scales, n, k}, c, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_w8a16_fp8_gemv_m8(const Bf16* a, const uint8_t* b, const float* scales, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<8>(PlainRows<Bf16>{a, k}, E4m3Weight{b, scales, n, k}, c, m, n, k);
}
