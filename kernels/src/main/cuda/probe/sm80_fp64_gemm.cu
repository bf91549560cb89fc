// c = a b^T in fp64, a thread an element: what products too large for the oracle on the CPU are held against. a [.., k] from
// row `first` on, b [n, k], and for each of m rows by n columns the sum of products, of their magnitudes and of their squares.
// Quantised operands are the fp32 numbers that their bytes stand for. Inputs come in the order of the calling convention.
// Launch: blocks of 16 by 16, elements of c in x and rows in y.
#include "probe/elements.cuh"

struct Sums {
    double *c, *magnitudes, *squares;
};

template <class A, class B>
__device__ void reference_gemm(A a, B b, Sums sums, int64_t first, int64_t m, int64_t n, int64_t k) {
    int64_t col = blockIdx.x * int64_t{blockDim.x} + threadIdx.x;
    int64_t step = gridDim.y * int64_t{blockDim.y};
    for (int64_t row = blockIdx.y * int64_t{blockDim.y} + threadIdx.y; row < m && col < n; row += step) {
        double sum = 0, magnitude = 0, square = 0;
        for (int64_t i = 0; i < k; i++) {
            double term = double{a.at(first + row, i)} * double{b.at(col, i)};
            sum += term;
            magnitude += fabs(term);
            square += term * term;
        }
        sums.c[row * n + col] = sum;
        sums.magnitudes[row * n + col] = magnitude;
        sums.squares[row * n + col] = square;
    }
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_fp32(const float* a, const float* b, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<float>{a, k}, PlainMatrix<float>{b, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_tf32(const float* a, const float* b, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<float>{a, k}, PlainMatrix<float>{b, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_bf16(const Bf16* a, const Bf16* b, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, PlainMatrix<Bf16>{b, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_fp16(const Fp16* a, const Fp16* b, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Fp16>{a, k}, PlainMatrix<Fp16>{b, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_int8(const uint8_t* a, const float* a_scale, const uint8_t* b, const float* b_scale, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(ScaledBytes<SignedByte>{a, a_scale, k}, ScaledBytes<SignedByte>{b, b_scale, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_fp8_e4m3(const uint8_t* a, const float* a_scale, const uint8_t* b, const float* b_scale, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(ScaledBytes<Fp8Byte<E4m3>>{a, a_scale, k}, ScaledBytes<Fp8Byte<E4m3>>{b, b_scale, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_fp8_e5m2(const uint8_t* a, const float* a_scale, const uint8_t* b, const float* b_scale, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(ScaledBytes<Fp8Byte<E5m2>>{a, a_scale, k}, ScaledBytes<Fp8Byte<E5m2>>{b, b_scale, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_mxfp8(const uint8_t* a, const uint8_t* a_scales, const uint8_t* b, const uint8_t* b_scales, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(GroupedBytes<Fp8Byte<E4m3>, uint8_t, 32>{a, a_scales, k}, GroupedBytes<Fp8Byte<E4m3>, uint8_t, 32>{b, b_scales, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_w8a16(const Bf16* a, const uint8_t* b, const float* scales, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, GroupedBytes<SignedByte, float, 128>{b, scales, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_w8a16_fp8(const Bf16* a, const uint8_t* b, const float* scales, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, GroupedBytes<Fp8Byte<E4m3>, float, 128>{b, scales, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_w8a16_zp(const Bf16* a, const uint32_t* b, const Fp16* scales, const uint32_t* zeros, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, PackedMatrix<GptqBytes>{b, scales, zeros, n}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_w4a16_g128(const Bf16* a, const uint32_t* b, const Fp16* scales, const uint32_t* zeros, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, PackedMatrix<Awq>{b, scales, zeros, n}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_w4a16_g128_gptq(const Bf16* a, const uint32_t* b, const Fp16* scales, const uint32_t* zeros, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, PackedMatrix<Gptq>{b, scales, zeros, n}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_w4a16_g128_sym(const Bf16* a, const uint32_t* b, const Fp16* scales, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, PackedMatrix<GptqSymmetric>{b, scales, nullptr, n}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_q4_0(const Bf16* a, const uint8_t* b, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, BlockMatrix<gguf::Q4_0>{b, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_q8_0(const Bf16* a, const uint8_t* b, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, BlockMatrix<gguf::Q8_0>{b, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_q4_k(const Bf16* a, const uint8_t* b, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, BlockMatrix<gguf::Q4_K>{b, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_q6_k(const Bf16* a, const uint8_t* b, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, BlockMatrix<gguf::Q6_K>{b, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_mxfp4(const Bf16* a, const uint8_t* b, const uint8_t* scales, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, Mxfp4Matrix{b, scales, k}, {c, magnitudes, squares}, first, m, n, k);
}

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp64_gemm_nvfp4(const Bf16* a, const uint8_t* b, const uint8_t* scales, const float* tensor_scale, double* c, double* magnitudes, double* squares,
                              int64_t first, int64_t m, int64_t n, int64_t k) {
    reference_gemm(PlainMatrix<Bf16>{a, k}, Nvfp4Matrix{b, scales, tensor_scale, k}, {c, magnitudes, squares}, first, m, n, k);
}
