// c = a b^T for up to 64 rows of a, both e4m3 codes that become fp16, exactly, on tensor cores with fp32 sums; one scale of all of
// either; c in bf16. See gemm/plain_skinny.cuh for the launch; the name says how many rows of a there may be. Where k is shared, *_sum
// adds up the partial sums.
#include "gemm/e4m3_skinny.cuh"

extern "C" __global__ void __launch_bounds__(kMmaThreads, 3)
    gemm_sm80_fp8_e4m3_skinny_m8(const Upconverted<E4m3>* a, const float* aScales, const Upconverted<E4m3>* b, const float* bScales, Bf16* c,
        float* partials, int m, int64_t n, int64_t k, int64_t share) {
    plain_skinny<8>(a, b, CodesToHalves<E4m3>::scales(aScales, bScales), c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(kMmaThreads, 3)
    gemm_sm80_fp8_e4m3_skinny_m16(const Upconverted<E4m3>* a, const float* aScales, const Upconverted<E4m3>* b, const float* bScales, Bf16* c,
        float* partials, int m, int64_t n, int64_t k, int64_t share) {
    plain_skinny<16>(a, b, CodesToHalves<E4m3>::scales(aScales, bScales), c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(kMmaThreads, 3)
    gemm_sm80_fp8_e4m3_skinny_m32(const Upconverted<E4m3>* a, const float* aScales, const Upconverted<E4m3>* b, const float* bScales, Bf16* c,
        float* partials, int m, int64_t n, int64_t k, int64_t share) {
    plain_skinny<32>(a, b, CodesToHalves<E4m3>::scales(aScales, bScales), c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(kMmaThreads, 2)
    gemm_sm80_fp8_e4m3_skinny_m64(const Upconverted<E4m3>* a, const float* aScales, const Upconverted<E4m3>* b, const float* bScales, Bf16* c,
        float* partials, int m, int64_t n, int64_t k, int64_t share) {
    plain_skinny<64>(a, b, CodesToHalves<E4m3>::scales(aScales, bScales), c, partials, m, n, k, share);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_fp8_e4m3_skinny_sum(const float* aScales, const float* bScales, const float* partials, int shares, int64_t count, Bf16* c) {
    sum_shares(partials, shares, count, count, CodesToHalves<E4m3>::scales(aScales, bScales), c);
}
