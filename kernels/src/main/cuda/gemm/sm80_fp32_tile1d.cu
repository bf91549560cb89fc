// The fourth rung: a thread makes eight elements of one column of c, so that one read of b serves eight products.
// a [m, k], b [n, k], c [m, n], all row-major. Launch: tiles of 64 x 64, columns in x, rows in y, again and again; blocks
// of 512.
#include "gemm/sgemm_tile.cuh"

constexpr int kSide = 64, kDepth = 8, kRows = 8, kThreads = kSide * kSide / kRows;

extern "C" __global__ void __launch_bounds__(kThreads)
    gemm_sm80_fp32_tile1d(const float* __restrict__ a, const float* __restrict__ b, float* __restrict__ c, int64_t m,
                          int64_t n, int64_t k) {
    __shared__ KMajorTile<kSide, kDepth> as, bs;
    int col = threadIdx.x % kSide, row = threadIdx.x / kSide * kRows;
    int64_t col0 = blockIdx.x * int64_t{kSide};
    for (int64_t row0 = blockIdx.y * int64_t{kSide}; row0 < m; row0 += gridDim.y * int64_t{kSide}) {
        float sums[kRows] = {};
        for (int64_t i = 0; i < k; i += kDepth) {
            as.fill<kThreads>(a, row0, m, i, k);
            bs.fill<kThreads>(b, col0, n, i, k);
            __syncthreads();
#pragma unroll
            for (int step = 0; step < kDepth; step++) {
                float right = bs.at[step][col];
#pragma unroll
                for (int r = 0; r < kRows; r++) {
                    sums[r] = fmaf(as.at[step][row + r], right, sums[r]);
                }
            }
            __syncthreads();
        }
#pragma unroll
        for (int r = 0; r < kRows; r++) {
            if (row0 + row + r < m && col0 + col < n) {
                c[(row0 + row + r) * n + col0 + col] = sums[r];
            }
        }
    }
}
