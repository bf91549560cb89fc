// c = a b^T of fp32 numbers rounded to tf32 beforehand, on tensor cores with fp32 sums. See gemm/gemm_mma.cuh for the launch.
#include "gemm/gemm_mma.cuh"

extern "C" __global__ void __launch_bounds__(128, 2)
    gemm_sm80_tf32_mma_128x128(const Tf32* a, const Tf32* b, float* c, float* partials, int64_t m, int64_t n, int64_t k, int64_t share,
        const int* order, const GroupTile* tiles, int choices, int down) {
    gemm_mma<128, 128>(a, PlainWeight<Tf32>{b, n, k}, Unscaled{}, c, partials, {m, n, k, share}, {order, tiles, choices}, down);
}

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_tf32_mma_64x64(const Tf32* a, const Tf32* b, float* c, float* partials, int64_t m, int64_t n, int64_t k, int64_t share,
        const int* order, const GroupTile* tiles, int choices, int down) {
    gemm_mma<64, 64>(a, PlainWeight<Tf32>{b, n, k}, Unscaled{}, c, partials, {m, n, k, share}, {order, tiles, choices}, down);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_tf32_mma_sum(const float* partials, int shares, int64_t count, int64_t of_product, float* c) {
    sum_shares(partials, shares, count, of_product, Unscaled{}, c);
}

extern "C" __global__ void __launch_bounds__(kGroupThreads)
    gemm_sm80_tf32_mma_groups(const int* routing, int count, int experts, int tile_rows, int* order, GroupTile* tiles, int tile_count) {
    group_rows(routing, count, experts, tile_rows, order, tiles, tile_count);
}

extern "C" __global__ void __launch_bounds__(128, 2)
    gemm_sm80_tf32_mma_128x128_epilogue(const Tf32* a, const Tf32* b, float* c, int64_t m, int64_t n, int64_t k,
        const int* order, const GroupTile* tiles, int choices, int down,
        const float* bias, int function) {
    gemm_mma<128, 128>(a, PlainWeight<Tf32>{b, n, k}, Unscaled{}, c, nullptr, {m, n, k, k}, {order, tiles, choices}, down,
        BiasEpilogue<float>{bias, n, function});
}

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_tf32_mma_64x64_epilogue(const Tf32* a, const Tf32* b, float* c, int64_t m, int64_t n, int64_t k,
        const int* order, const GroupTile* tiles, int choices, int down,
        const float* bias, int function) {
    gemm_mma<64, 64>(a, PlainWeight<Tf32>{b, n, k}, Unscaled{}, c, nullptr, {m, n, k, k}, {order, tiles, choices}, down,
        BiasEpilogue<float>{bias, n, function});
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_tf32_mma_sum_epilogue(const float* partials, int shares, int64_t count, int64_t of_product, float* c, const float* bias, int64_t n, int function) {
    sum_shares(partials, shares, count, of_product, Unscaled{}, c, BiasEpilogue<float>{bias, n, function});
}
