// c = a b^T of e4m3 codes that become fp16 in registers, exactly, on tensor cores with fp32 sums; one scale of all of a and one of
// each b; c in bf16. See gemm/gemm_mma.cuh for the launch.
#include "gemm/gemm_mma.cuh"
#include "gemm/upconverted.cuh"

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_fp8_e4m3_mma_128x128(const Upconverted<E4m3>* a, const float* aScales, const Upconverted<E4m3>* b, const float* bScales, Bf16* c, float* partials, int64_t m,
        int64_t n, int64_t k, int64_t share, const int* order, const GroupTile* tiles, int choices, int down) {
    gemm_mma<128, 128>(a, PlainWeight<Upconverted<E4m3>>{b, n, k}, UpconvertedScales<E4m3>{{aScales, bScales}}, c, partials, {m, n, k, share}, {order, tiles, choices}, down);
}

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_fp8_e4m3_mma_64x64(const Upconverted<E4m3>* a, const float* aScales, const Upconverted<E4m3>* b, const float* bScales, Bf16* c, float* partials, int64_t m,
        int64_t n, int64_t k, int64_t share, const int* order, const GroupTile* tiles, int choices, int down) {
    gemm_mma<64, 64>(a, PlainWeight<Upconverted<E4m3>>{b, n, k}, UpconvertedScales<E4m3>{{aScales, bScales}}, c, partials, {m, n, k, share}, {order, tiles, choices}, down);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_fp8_e4m3_mma_sum(const float* aScales, const float* bScales, const float* partials, int shares, int64_t count, int64_t of_product, Bf16* c) {
    sum_shares(partials, shares, count, of_product, UpconvertedScales<E4m3>{{aScales, bScales}}, c);
}

extern "C" __global__ void __launch_bounds__(kGroupThreads)
    gemm_sm80_fp8_e4m3_mma_groups(const int* routing, int count, int experts, int tile_rows, int* order, GroupTile* tiles, int tile_count) {
    group_rows(routing, count, experts, tile_rows, order, tiles, tile_count);
}

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_fp8_e4m3_mma_128x128_epilogue(const Upconverted<E4m3>* a, const float* aScales, const Upconverted<E4m3>* b, const float* bScales, Bf16* c, int64_t m,
        int64_t n, int64_t k, const int* order, const GroupTile* tiles, int choices, int down,
        const Bf16* bias, int function) {
    gemm_mma<128, 128>(a, PlainWeight<Upconverted<E4m3>>{b, n, k}, UpconvertedScales<E4m3>{{aScales, bScales}}, c, nullptr, {m, n, k, k}, {order, tiles, choices}, down,
        BiasEpilogue<Bf16>{bias, n, function});
}

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_fp8_e4m3_mma_64x64_epilogue(const Upconverted<E4m3>* a, const float* aScales, const Upconverted<E4m3>* b, const float* bScales, Bf16* c, int64_t m,
        int64_t n, int64_t k, const int* order, const GroupTile* tiles, int choices, int down,
        const Bf16* bias, int function) {
    gemm_mma<64, 64>(a, PlainWeight<Upconverted<E4m3>>{b, n, k}, UpconvertedScales<E4m3>{{aScales, bScales}}, c, nullptr, {m, n, k, k}, {order, tiles, choices}, down,
        BiasEpilogue<Bf16>{bias, n, function});
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_fp8_e4m3_mma_sum_epilogue(const float* aScales, const float* bScales, const float* partials, int shares, int64_t count, int64_t of_product, Bf16* c, const Bf16* bias, int64_t n, int function) {
    sum_shares(partials, shares, count, of_product, UpconvertedScales<E4m3>{{aScales, bScales}}, c, BiasEpilogue<Bf16>{bias, n, function});
}
