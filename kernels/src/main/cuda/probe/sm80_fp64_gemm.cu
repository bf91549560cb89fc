// c = a b^T in fp64, a thread an element: what products too large for the oracle on the CPU are held against. a [.., k] from
// row `first` on, b [n, k], and for each of m rows by n columns the sum of products, of their magnitudes and of their squares.
// Launch: blocks of 16 by 16, elements of c in x and rows in y.
#include "common/plain.cuh"

template <class T>
__device__ void reference_gemm(const T* __restrict__ a, const T* __restrict__ b, double* __restrict__ c,
                               double* __restrict__ magnitudes, double* __restrict__ squares, int64_t first, int64_t m,
                               int64_t n, int64_t k) {
    int64_t col = blockIdx.x * int64_t{blockDim.x} + threadIdx.x;
    int64_t step = gridDim.y * int64_t{blockDim.y};
    for (int64_t row = blockIdx.y * int64_t{blockDim.y} + threadIdx.y; row < m && col < n; row += step) {
        double sum = 0, magnitude = 0, square = 0;
        for (int64_t i = 0; i < k; i++) {
            double term = double{to_float(a[(first + row) * k + i])} * double{to_float(b[col * k + i])};
            sum += term;
            magnitude += fabs(term);
            square += term * term;
        }
        c[row * n + col] = sum;
        magnitudes[row * n + col] = magnitude;
        squares[row * n + col] = square;
    }
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_fp32(const float* a, const float* b, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(a, b, c, magnitudes, squares, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_bf16(const Bf16* a, const Bf16* b, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(a, b, c, magnitudes, squares, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_fp16(const Fp16* a, const Fp16* b, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(a, b, c, magnitudes, squares, first, m, n, k);
}
