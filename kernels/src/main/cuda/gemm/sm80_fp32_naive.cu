// The first rung of the fp32 ladder: one thread an element of c, both operands straight from global memory.
// a [m, k], b [n, k], c [m, n], all row-major. Neighbouring threads share a row of a and walk along rows of b.
#include <cstdint>

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_fp32_naive(const float* __restrict__ a, const float* __restrict__ b, float* __restrict__ c, int64_t m,
                         int64_t n, int64_t k) {
    int64_t col = blockIdx.x * static_cast<int64_t>(blockDim.x) + threadIdx.x;
    if (col >= n) {
        return;
    }
    for (int64_t row = blockIdx.y; row < m; row += gridDim.y) {
        float sum = 0;
        for (int64_t i = 0; i < k; i++) {
            sum = fmaf(a[row * k + i], b[col * k + i], sum);
        }
        c[row * n + col] = sum;
    }
}
