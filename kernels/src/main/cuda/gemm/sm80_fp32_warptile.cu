// The eighth rung: a warp's lanes share a tile of 64 x 32, so that they read fewer different numbers for each product.
// a [m, k], b [n, k], c [m, n], all row-major. Launch: tiles of c, columns in x, rows in y, again and again; blocks of
// 256.
#include "gemm/sgemm_outer.cuh"

extern "C" __global__ void __launch_bounds__(kThreads)
    gemm_sm80_fp32_warptile(const float* __restrict__ a, const float* __restrict__ b, float* __restrict__ c, int64_t m,
                            int64_t n, int64_t k) {
    __shared__ KMajorTile<kSide, kDepth> as[2], bs[2];
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    int row = warp / 4 * 64 + lane / 4 * 4, col = warp % 4 * 32 + lane % 4 * 4;
    bool vectors = k % 4 == 0;
    int64_t col0 = blockIdx.x * int64_t{kSide};
    for (int64_t row0 = blockIdx.y * int64_t{kSide}; row0 < m; row0 += gridDim.y * int64_t{kSide}) {
        auto fill = [&](int stage, int64_t at) {
            if (at >= k) {
                return;
            }
            if (vectors) {
                as[stage].fill_vectors<kThreads>(a, row0, m, at, k);
                bs[stage].fill_vectors<kThreads>(b, col0, n, at, k);
            } else {
                as[stage].fill<kThreads>(a, row0, m, at, k);
                bs[stage].fill<kThreads>(b, col0, n, at, k);
            }
        };
        OuterSums<32, 16> sums;
        int stage = 0;
        fill(0, 0);
        for (int64_t i = 0; i < k; i += kDepth) {
            // Behind this barrier the stage is filled, and nobody reads the other one any more.
            __syncthreads();
            fill(1 - stage, i + kDepth);
            sums.add(as[stage], bs[stage], row, col);
            stage = 1 - stage;
        }
        __syncthreads();
        sums.store(c, row0 + row, col0 + col, m, n);
    }
}
