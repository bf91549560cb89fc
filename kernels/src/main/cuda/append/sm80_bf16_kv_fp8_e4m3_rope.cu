// Turns new bf16 keys and values to an e4m3 cache with a scale a row, any batch that
// attention reads. See append/rope.cuh for shapes, extents and the grid.
#include "append/rope.cuh"
#include "quantize/fp8_rules.cuh"

extern "C" __global__ void __launch_bounds__(128) append_sm80_bf16_kv_fp8_e4m3_rope_half(
    const Bf16* k, const Bf16* v, const int* positions, const float* cos_sin, int queries, int keys,
    const int* query_offsets, const int* key_offsets, const int* block_table, int pages, int page_size, int heads,
    int head_dim, int value_dim, int rotary_dim, int lanes, uint8_t* k_cache, uint8_t* v_cache, float* k_scales,
    float* v_scales) {
    append_rope<Coded<Fp8Token<E4m3>>, false>(k, v, positions, cos_sin,
                {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                {heads, head_dim, value_dim, rotary_dim}, lanes, {k_cache, v_cache, k_scales, v_scales});
}

extern "C" __global__ void __launch_bounds__(128) append_sm80_bf16_kv_fp8_e4m3_rope_interleaved(
    const Bf16* k, const Bf16* v, const int* positions, const float* cos_sin, int queries, int keys,
    const int* query_offsets, const int* key_offsets, const int* block_table, int pages, int page_size, int heads,
    int head_dim, int value_dim, int rotary_dim, int lanes, uint8_t* k_cache, uint8_t* v_cache, float* k_scales,
    float* v_scales) {
    append_rope<Coded<Fp8Token<E4m3>>, true>(k, v, positions, cos_sin,
                {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                {heads, head_dim, value_dim, rotary_dim}, lanes, {k_cache, v_cache, k_scales, v_scales});
}
