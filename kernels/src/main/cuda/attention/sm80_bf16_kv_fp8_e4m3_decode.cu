// Softmax attention of few bf16 queries to an e4m3 cache with a scale a row, split over the keys, any mask, grouped heads, ragged and paged
// batches. See attention/decode.cuh for shapes and the grid. Rows of q, k, v and o lie on 16 bytes.
#include "attention/decode.cuh"

extern "C" __global__ void __launch_bounds__(128) attention_sm80_bf16_kv_fp8_e4m3_decode_d64(
    const Bf16* q, const E4m3Code* k, const E4m3Code* v, const float* k_scales, const float* v_scales, Bf16* o, float* lse,
    int queries, int keys, const int* query_offsets, const int* key_offsets, const int* block_table, int pages,
    int page_size, int heads, int kv_heads, float scale, int mask, int window, const int* tree_parents, int shares,
    float* sums, float* largest, float* denominators, int64_t rows, int tiles) {
    decode_attention<Bf16, E4m3Code, 64>(q, {k, v, k_scales, v_scales}, o, lse,
                                    {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                                    {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares},
                                    {sums, largest, denominators, rows}, tiles);
}

extern "C" __global__ void __launch_bounds__(128) attention_sm80_bf16_kv_fp8_e4m3_decode_d96(
    const Bf16* q, const E4m3Code* k, const E4m3Code* v, const float* k_scales, const float* v_scales, Bf16* o, float* lse,
    int queries, int keys, const int* query_offsets, const int* key_offsets, const int* block_table, int pages,
    int page_size, int heads, int kv_heads, float scale, int mask, int window, const int* tree_parents, int shares,
    float* sums, float* largest, float* denominators, int64_t rows, int tiles) {
    decode_attention<Bf16, E4m3Code, 96>(q, {k, v, k_scales, v_scales}, o, lse,
                                    {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                                    {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares},
                                    {sums, largest, denominators, rows}, tiles);
}

extern "C" __global__ void __launch_bounds__(128) attention_sm80_bf16_kv_fp8_e4m3_decode_d128(
    const Bf16* q, const E4m3Code* k, const E4m3Code* v, const float* k_scales, const float* v_scales, Bf16* o, float* lse,
    int queries, int keys, const int* query_offsets, const int* key_offsets, const int* block_table, int pages,
    int page_size, int heads, int kv_heads, float scale, int mask, int window, const int* tree_parents, int shares,
    float* sums, float* largest, float* denominators, int64_t rows, int tiles) {
    decode_attention<Bf16, E4m3Code, 128>(q, {k, v, k_scales, v_scales}, o, lse,
                                    {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                                    {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares},
                                    {sums, largest, denominators, rows}, tiles);
}

extern "C" __global__ void __launch_bounds__(128, 3) attention_sm80_bf16_kv_fp8_e4m3_decode_d256(
    const Bf16* q, const E4m3Code* k, const E4m3Code* v, const float* k_scales, const float* v_scales, Bf16* o, float* lse,
    int queries, int keys, const int* query_offsets, const int* key_offsets, const int* block_table, int pages,
    int page_size, int heads, int kv_heads, float scale, int mask, int window, const int* tree_parents, int shares,
    float* sums, float* largest, float* denominators, int64_t rows, int tiles) {
    decode_attention<Bf16, E4m3Code, 256>(q, {k, v, k_scales, v_scales}, o, lse,
                                    {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                                    {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares},
                                    {sums, largest, denominators, rows}, tiles);
}

extern "C" __global__ void __launch_bounds__(256)
    attention_sm80_bf16_kv_fp8_e4m3_decode_merge(float* sums, float* largest, float* denominators, int64_t rows, int shares, int dim, Bf16* o,
                float* lse) {
    merge_shares({sums, largest, denominators, rows}, shares, dim, o, lse);
}
