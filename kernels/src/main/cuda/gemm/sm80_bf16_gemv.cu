// c = a b^T for up to eight rows of a, all bf16.
// Launch: blocks of 256, a warp a row of b, any grid; the name says how many rows of a there may be.
#include "gemm/gemv.cuh"

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_bf16_gemv_m1(const Bf16* a, const Bf16* b, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<1>(PlainRows<Bf16>{a, k}, PlainRows<Bf16>{b, k}, c, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_bf16_gemv_m4(const Bf16* a, const Bf16* b, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<4>(PlainRows<Bf16>{a, k}, PlainRows<Bf16>{b, k}, c, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_bf16_gemv_m8(const Bf16* a, const Bf16* b, Bf16* c, int m, int64_t n, int64_t k) {
    gemv<8>(PlainRows<Bf16>{a, k}, PlainRows<Bf16>{b, k}, c, m, n, k);
}
