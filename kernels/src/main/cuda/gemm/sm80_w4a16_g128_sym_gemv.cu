// c = a b^T for up to eight rows of bf16 a, b four bits, symmetric, in GPTQ's words. See gemm/int4_gemv.cuh for the launch; the
// name says how many rows of a there may be. Where k is shared, *_sum adds up the partial sums.
#include "gemm/int4_gemv.cuh"
#include "gemm/int4_weight.cuh"

extern "C" __global__ void __launch_bounds__(kInt4Threads, 2)
    gemm_sm80_w4a16_g128_sym_gemv_m1(const Bf16* a, const uint32_t* b, const Fp16* scales, Bf16* c, float* partials,
        int m, int64_t n, int64_t k, int64_t share) {
    int4_gemv<1>(a, Int4Weight<GptqSymmetric>{b, scales, nullptr, n, k}, c, partials, m, share);
}

extern "C" __global__ void __launch_bounds__(kInt4Threads, 2)
    gemm_sm80_w4a16_g128_sym_gemv_m4(const Bf16* a, const uint32_t* b, const Fp16* scales, Bf16* c, float* partials,
        int m, int64_t n, int64_t k, int64_t share) {
    int4_gemv<4>(a, Int4Weight<GptqSymmetric>{b, scales, nullptr, n, k}, c, partials, m, share);
}

extern "C" __global__ void __launch_bounds__(kInt4Threads, 2)
    gemm_sm80_w4a16_g128_sym_gemv_m8(const Bf16* a, const uint32_t* b, const Fp16* scales, Bf16* c, float* partials,
        int m, int64_t n, int64_t k, int64_t share) {
    int4_gemv<8>(a, Int4Weight<GptqSymmetric>{b, scales, nullptr, n, k}, c, partials, m, share);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_w4a16_g128_sym_gemv_sum(const float* partials, int shares, int64_t count, Bf16* c) {
    sum_shares(partials, shares, count, count, Unscaled{}, c);
}
