// The third rung: tiles of 32 x 32 in shared memory, so that each element is read once a tile and not once a product.
// a [m, k], b [n, k], c [m, n], all row-major. Launch: tiles of c, columns in x, rows in y, again and again; blocks of
// 32 x 32, a thread an element.
#include <cstdint>

constexpr int kTile = 32;

extern "C" __global__ void __launch_bounds__(1024)
    gemm_sm80_fp32_shared(const float* __restrict__ a, const float* __restrict__ b, float* __restrict__ c, int64_t m,
                          int64_t n, int64_t k) {
    // A column more, so that a column of a tile lies in 32 banks.
    __shared__ float as[kTile][kTile + 1], bs[kTile][kTile + 1];
    int x = threadIdx.x, y = threadIdx.y;
    int64_t col0 = blockIdx.x * int64_t{kTile};
    for (int64_t row0 = blockIdx.y * int64_t{kTile}; row0 < m; row0 += gridDim.y * int64_t{kTile}) {
        float sum = 0;
        for (int64_t i = 0; i < k; i += kTile) {
            bool inside = i + x < k;
            as[y][x] = inside && row0 + y < m ? a[(row0 + y) * k + i + x] : 0;
            bs[y][x] = inside && col0 + y < n ? b[(col0 + y) * k + i + x] : 0;
            __syncthreads();
            for (int step = 0; step < kTile; step++) {
                sum = fmaf(as[y][step], bs[x][step], sum);
            }
            __syncthreads();
        }
        if (row0 + y < m && col0 + x < n) {
            c[(row0 + y) * n + col0 + x] = sum;
        }
    }
}
