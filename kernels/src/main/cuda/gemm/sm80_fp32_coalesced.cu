// The second rung of the fp32 ladder: a warp an element of c, its lanes side by side along k, so that every read is of
// whole sectors; still nothing is read once. a [m, k], b [n, k], c [m, n], all row-major.
// Launch: warps over columns in x, over rows in y, again and again; blocks of 256.
#include <cstdint>

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_fp32_coalesced(const float* __restrict__ a, const float* __restrict__ b, float* __restrict__ c,
                             int64_t m, int64_t n, int64_t k) {
    int lane = threadIdx.x % 32;
    for (int64_t row = blockIdx.y; row < m; row += gridDim.y) {
        for (int64_t col = blockIdx.x * 8 + threadIdx.x / 32; col < n; col += gridDim.x * int64_t{8}) {
            float sum = 0;
            for (int64_t i = lane; i < k; i += 32) {
                sum = fmaf(a[row * k + i], b[col * k + i], sum);
            }
            for (int distance = 16; distance > 0; distance /= 2) {
                sum += __shfl_xor_sync(~0u, sum, distance);
            }
            if (lane == 0) {
                c[row * n + col] = sum;
            }
        }
    }
}
