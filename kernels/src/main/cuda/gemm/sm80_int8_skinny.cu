// c = a b^T for up to 64 rows of a, both int8 codes, on tensor cores with int32 sums, which are exact; one scale of all of either; c in
// bf16. See gemm/plain_skinny.cuh for the launch; the name says how many rows of a there may be. Where k is shared, *_sum adds up the
// partial sums.
#include "gemm/plain_skinny.cuh"

extern "C" __global__ void __launch_bounds__(kMmaThreads, 3)
    gemm_sm80_int8_skinny_m8(const Int8* a, const float* aScales, const Int8* b, const float* bScales, Bf16* c,
        int32_t* partials, int m, int64_t n, int64_t k, int64_t share) {
    plain_skinny<8>(a, b, TensorScales{aScales, bScales}, c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(kMmaThreads, 3)
    gemm_sm80_int8_skinny_m16(const Int8* a, const float* aScales, const Int8* b, const float* bScales, Bf16* c,
        int32_t* partials, int m, int64_t n, int64_t k, int64_t share) {
    plain_skinny<16>(a, b, TensorScales{aScales, bScales}, c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(kMmaThreads, 3)
    gemm_sm80_int8_skinny_m32(const Int8* a, const float* aScales, const Int8* b, const float* bScales, Bf16* c,
        int32_t* partials, int m, int64_t n, int64_t k, int64_t share) {
    plain_skinny<32>(a, b, TensorScales{aScales, bScales}, c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(kMmaThreads, 2)
    gemm_sm80_int8_skinny_m64(const Int8* a, const float* aScales, const Int8* b, const float* bScales, Bf16* c,
        int32_t* partials, int m, int64_t n, int64_t k, int64_t share) {
    plain_skinny<64>(a, b, TensorScales{aScales, bScales}, c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_int8_skinny_sum(const float* aScales, const float* bScales, const int32_t* partials, int shares, int64_t count, Bf16* c) {
    sum_shares(partials, shares, count, count, TensorScales{aScales, bScales}, c);
}
