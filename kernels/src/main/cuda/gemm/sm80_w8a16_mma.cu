// c = a b^T of bf16 a and int8 b under one scale 128 neighbours, dequantised to bf16 on the way to shared memory.
// See gemm/gemm_mma.cuh for the launch.
#include "gemm/dequantised_stages.cuh"
#include "gemm/gemm_mma.cuh"
#include "gemm/lifted.cuh"

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_w8a16_mma_64x64(const Bf16* a, const uint8_t* b, const float* scales, Bf16* c, float* partials, int64_t m,
        int64_t n, int64_t k, int64_t share, const int* order, const GroupTile* tiles, int choices, int down) {
    Dequantised<Lifted<Int8Weight>> weight{{{b, scales, n, k}}};
    gemm_mma<64, 64>(a, weight, Lowered{}, c, partials, {m, n, k, share}, {order, tiles, choices}, down);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_w8a16_mma_sum(const float* partials, int shares, int64_t count, int64_t of_product, Bf16* c) {
    sum_shares(partials, shares, count, of_product, Lowered{}, c);
}

extern "C" __global__ void __launch_bounds__(kGroupThreads)
    gemm_sm80_w8a16_mma_groups(const int* routing, int count, int experts, int tile_rows, int* order, GroupTile* tiles, int tile_count) {
    group_rows(routing, count, experts, tile_rows, order, tiles, tile_count);
}

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_w8a16_mma_64x64_epilogue(const Bf16* a, const uint8_t* b, const float* scales, Bf16* c, int64_t m,
        int64_t n, int64_t k, const int* order, const GroupTile* tiles, int choices, int down,
        const Bf16* bias, int function) {
    Dequantised<Lifted<Int8Weight>> weight{{{b, scales, n, k}}};
    gemm_mma<64, 64>(a, weight, Lowered{}, c, nullptr, {m, n, k, k}, {order, tiles, choices}, down,
        BiasEpilogue<Bf16>{bias, n, function});
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_w8a16_mma_sum_epilogue(const float* partials, int shares, int64_t count, int64_t of_product, Bf16* c, const Bf16* bias, int64_t n, int function) {
    sum_shares(partials, shares, count, of_product, Lowered{}, c, BiasEpilogue<Bf16>{bias, n, function});
}
