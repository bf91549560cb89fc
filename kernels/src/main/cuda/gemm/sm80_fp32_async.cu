// The ninth rung: cp.async brings the next tile, an element at a time straight to its transposed place, with no registers
// between; any k, and no other path. a [m, k], b [n, k], c [m, n], all row-major. Launch: tiles of c, columns in x, rows in
// y, again and again; blocks of 256.
#include "common/async.cuh"
#include "gemm/sgemm_outer.cuh"

// Four bytes where `bytes` is 4, else zeros; both ends are 4-byte aligned.
__device__ inline void copy_async_four(void* to, const void* from, int bytes) {
    asm volatile("cp.async.ca.shared.global [%0], [%1], 4, %2;" ::"r"(shared_address(to)), "l"(from), "r"(bytes) : "memory");
}

__device__ inline void fill_async(KMajorTile<kSide, kDepth>& tile, const float* from, int64_t first, int64_t extent,
                                  int64_t col, int64_t k) {
#pragma unroll
    for (int i = threadIdx.x; i < kSide * kDepth; i += kThreads) {
        int64_t row = first + i / kDepth;
        int step = i % kDepth;
        bool there = row < extent && col + step < k;
        copy_async_four(&tile.at[step][i / kDepth], there ? from + row * k + col + step : from, there ? 4 : 0);
    }
}

extern "C" __global__ void __launch_bounds__(kThreads)
    gemm_sm80_fp32_async(const float* __restrict__ a, const float* __restrict__ b, float* __restrict__ c, int64_t m,
                         int64_t n, int64_t k) {
    __shared__ KMajorTile<kSide, kDepth> as[2], bs[2];
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    int row = warp / 4 * 64 + lane / 4 * 4, col = warp % 4 * 32 + lane % 4 * 4;
    int64_t col0 = blockIdx.x * int64_t{kSide};
    for (int64_t row0 = blockIdx.y * int64_t{kSide}; row0 < m; row0 += gridDim.y * int64_t{kSide}) {
        auto fill = [&](int stage, int64_t at) {
            if (at < k) {
                fill_async(as[stage], a, row0, m, at, k);
                fill_async(bs[stage], b, col0, n, at, k);
            }
            commit_copies();
        };
        OuterSums<32, 16> sums;
        int stage = 0;
        fill(0, 0);
        for (int64_t i = 0; i < k; i += kDepth) {
            wait_copies<0>();
            // Behind this barrier everyone sees the stage, and nobody reads the other one any more.
            __syncthreads();
            fill(1 - stage, i + kDepth);
            sums.add(as[stage], bs[stage], row, col);
            stage = 1 - stage;
        }
        __syncthreads();
        sums.store(c, row0 + row, col0 + col, m, n);
    }
}
