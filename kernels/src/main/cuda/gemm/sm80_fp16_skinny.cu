// c = a b^T for up to 64 rows of a, all fp16, on tensor cores with fp32 sums. See gemm/plain_skinny.cuh for the launch; the name says
// how many rows of a there may be. Where k is shared, *_sum adds up the partial sums.
#include "gemm/plain_skinny.cuh"

extern "C" __global__ void __launch_bounds__(kMmaThreads, 3)
    gemm_sm80_fp16_skinny_m8(const Fp16* a, const Fp16* b, Fp16* c, float* partials, int m, int64_t n, int64_t k,
        int64_t share) {
    plain_skinny<8>(a, b, Unscaled{}, c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(kMmaThreads, 3)
    gemm_sm80_fp16_skinny_m16(const Fp16* a, const Fp16* b, Fp16* c, float* partials, int m, int64_t n, int64_t k,
        int64_t share) {
    plain_skinny<16>(a, b, Unscaled{}, c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(kMmaThreads, 3)
    gemm_sm80_fp16_skinny_m32(const Fp16* a, const Fp16* b, Fp16* c, float* partials, int m, int64_t n, int64_t k,
        int64_t share) {
    plain_skinny<32>(a, b, Unscaled{}, c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(kMmaThreads, 2)
    gemm_sm80_fp16_skinny_m64(const Fp16* a, const Fp16* b, Fp16* c, float* partials, int m, int64_t n, int64_t k,
        int64_t share) {
    plain_skinny<64>(a, b, Unscaled{}, c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_fp16_skinny_sum(const float* partials, int shares, int64_t count, Fp16* c) {
    sum_shares(partials, shares, count, count, Unscaled{}, c);
}
