// The sixth rung: operands come by 16 bytes a read, a quarter of the loads, where rows of k begin at such places.
// a [m, k], b [n, k], c [m, n], all row-major. Launch: tiles of c, columns in x, rows in y, again and again; blocks of 256.
#include "gemm/sgemm_outer.cuh"

extern "C" __global__ void __launch_bounds__(kThreads)
    gemm_sm80_fp32_vectorised(const float* __restrict__ a, const float* __restrict__ b, float* __restrict__ c, int64_t m,
                              int64_t n, int64_t k) {
    __shared__ KMajorTile<kSide, kDepth> as, bs;
    int col = threadIdx.x % 16 * 4, row = threadIdx.x / 16 * 4;
    bool vectors = k % 4 == 0;
    int64_t col0 = blockIdx.x * int64_t{kSide};
    for (int64_t row0 = blockIdx.y * int64_t{kSide}; row0 < m; row0 += gridDim.y * int64_t{kSide}) {
        OuterSums<kSide / 2, kSide / 2> sums;
        for (int64_t i = 0; i < k; i += kDepth) {
            if (vectors) {
                as.fill_vectors<kThreads>(a, row0, m, i, k);
                bs.fill_vectors<kThreads>(b, col0, n, i, k);
            } else {
                as.fill<kThreads>(a, row0, m, i, k);
                bs.fill<kThreads>(b, col0, n, i, k);
            }
            __syncthreads();
            sums.add(as, bs, row, col);
            __syncthreads();
        }
        sums.store(c, row0 + row, col0 + col, m, n);
    }
}
