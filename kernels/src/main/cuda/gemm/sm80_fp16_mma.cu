// c = a b^T in fp16 on tensor cores with fp32 sums: mma.sync, cp.async, swizzled shared memory. See gemm/mma_tile.cuh.
// Launch: a block of 128 threads a tile; tiles in x, shares of k in y; 4 stages of (rows + cols) * 64 bytes of dynamic
// shared memory. After *_share_*, *_sum adds up the partial sums.
#include "gemm/mma_tile.cuh"

extern "C" __global__ void __launch_bounds__(128, 2)
    gemm_sm80_fp16_mma_128x128(const Fp16* a, const Fp16* b, Fp16* c, int64_t m, int64_t n, int64_t k) {
    gemm_mma<Fp16, 128, 128>(a, b, c, m, n, k);
}

extern "C" __global__ void __launch_bounds__(128, 2)
    gemm_sm80_fp16_mma_share_128x128(const Fp16* a, const Fp16* b, float* partials, int64_t m, int64_t n, int64_t k,
                                 int64_t share) {
    gemm_mma_share<Fp16, 128, 128>(a, b, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_fp16_mma_64x64(const Fp16* a, const Fp16* b, Fp16* c, int64_t m, int64_t n, int64_t k) {
    gemm_mma<Fp16, 64, 64>(a, b, c, m, n, k);
}

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_fp16_mma_share_64x64(const Fp16* a, const Fp16* b, float* partials, int64_t m, int64_t n, int64_t k,
                                 int64_t share) {
    gemm_mma_share<Fp16, 64, 64>(a, b, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_fp16_mma_sum(const float* partials, int shares, int64_t count, Fp16* c) {
    gemm_mma_sum(partials, shares, count, c);
}
