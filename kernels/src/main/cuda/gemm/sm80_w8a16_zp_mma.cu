// c = a b^T of bf16 a and b of eight bits with zero points in GPTQ's words, dequantised to bf16 on the way to shared memory.
// See gemm/gemm_mma.cuh for the launch.
#include "gemm/dequantised_stages.cuh"
#include "gemm/gemm_mma.cuh"
#include "gemm/gptq_bytes.cuh"

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_w8a16_zp_mma_64x64(const Bf16* a, const uint32_t* b, const Fp16* scales, const uint32_t* zeros, Bf16* c, float* partials, int64_t m,
        int64_t n, int64_t k, int64_t share, const int* order, const GroupTile* tiles, int choices, int down) {
    Dequantised<GptqBytesWeight> weight{{b, scales, zeros, n, k}};
    gemm_mma<64, 64>(a, weight, Unscaled{}, c, partials, {m, n, k, share}, {order, tiles, choices}, down);
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_w8a16_zp_mma_sum(const float* partials, int shares, int64_t count, int64_t of_product, Bf16* c) {
    sum_shares(partials, shares, count, of_product, Unscaled{}, c);
}

extern "C" __global__ void __launch_bounds__(kGroupThreads)
    gemm_sm80_w8a16_zp_mma_groups(const int* routing, int count, int experts, int tile_rows, int* order, GroupTile* tiles, int tile_count) {
    group_rows(routing, count, experts, tile_rows, order, tiles, tile_count);
}

extern "C" __global__ void __launch_bounds__(128)
    gemm_sm80_w8a16_zp_mma_64x64_epilogue(const Bf16* a, const uint32_t* b, const Fp16* scales, const uint32_t* zeros, Bf16* c, int64_t m,
        int64_t n, int64_t k, const int* order, const GroupTile* tiles, int choices, int down,
        const Bf16* bias, int function) {
    Dequantised<GptqBytesWeight> weight{{b, scales, zeros, n, k}};
    gemm_mma<64, 64>(a, weight, Unscaled{}, c, nullptr, {m, n, k, k}, {order, tiles, choices}, down,
        BiasEpilogue<Bf16>{bias, n, function});
}

extern "C" __global__ void __launch_bounds__(256)
    gemm_sm80_w8a16_zp_mma_sum_epilogue(const float* partials, int shares, int64_t count, int64_t of_product, Bf16* c, const Bf16* bias, int64_t n, int function) {
    sum_shares(partials, shares, count, of_product, Unscaled{}, c, BiasEpilogue<Bf16>{bias, n, function});
}
