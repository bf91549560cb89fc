// Softmax attention in fp16 of queries and keys that are turned by their positions first, as attention/sm80_fp16_flash.cu else.
// See attention/flash.cuh for shapes and the grid, attention/turned.cuh for positions and angles.
#include "attention/flash.cuh"

extern "C" __global__ void __launch_bounds__(128, 3) attention_sm80_fp16_rope_flash_d64(
    const Fp16* q, const Fp16* k, const Fp16* v, Fp16* o, float* lse, int queries, int keys, const int* query_offsets,
    const int* key_offsets, const int* block_table, int pages, int page_size, int heads, int kv_heads, float scale,
    int mask, int window, const int* tree_parents, int shares, float* sums, float* largest, float* denominators,
    int64_t rows, int key_dim, int value_dim, const int* positions, const float* cos_sin, int rotary_dim,
    int interleaved) {
    flash_attention<Fp16, 64>(q, k, v, o, lse,
                              {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                              {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares}, {key_dim, value_dim},
                              {sums, largest, denominators, rows},
                              Rope{positions, cos_sin, rotary_dim, interleaved != 0});
}

extern "C" __global__ void __launch_bounds__(128) attention_sm80_fp16_rope_flash_d96(
    const Fp16* q, const Fp16* k, const Fp16* v, Fp16* o, float* lse, int queries, int keys, const int* query_offsets,
    const int* key_offsets, const int* block_table, int pages, int page_size, int heads, int kv_heads, float scale,
    int mask, int window, const int* tree_parents, int shares, float* sums, float* largest, float* denominators,
    int64_t rows, int key_dim, int value_dim, const int* positions, const float* cos_sin, int rotary_dim,
    int interleaved) {
    flash_attention<Fp16, 96>(q, k, v, o, lse,
                              {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                              {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares}, {key_dim, value_dim},
                              {sums, largest, denominators, rows},
                              Rope{positions, cos_sin, rotary_dim, interleaved != 0});
}

extern "C" __global__ void __launch_bounds__(128) attention_sm80_fp16_rope_flash_d128(
    const Fp16* q, const Fp16* k, const Fp16* v, Fp16* o, float* lse, int queries, int keys, const int* query_offsets,
    const int* key_offsets, const int* block_table, int pages, int page_size, int heads, int kv_heads, float scale,
    int mask, int window, const int* tree_parents, int shares, float* sums, float* largest, float* denominators,
    int64_t rows, int key_dim, int value_dim, const int* positions, const float* cos_sin, int rotary_dim,
    int interleaved) {
    flash_attention<Fp16, 128>(q, k, v, o, lse,
                              {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                              {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares}, {key_dim, value_dim},
                              {sums, largest, denominators, rows},
                              Rope{positions, cos_sin, rotary_dim, interleaved != 0});
}

extern "C" __global__ void __launch_bounds__(128) attention_sm80_fp16_rope_flash_d256(
    const Fp16* q, const Fp16* k, const Fp16* v, Fp16* o, float* lse, int queries, int keys, const int* query_offsets,
    const int* key_offsets, const int* block_table, int pages, int page_size, int heads, int kv_heads, float scale,
    int mask, int window, const int* tree_parents, int shares, float* sums, float* largest, float* denominators,
    int64_t rows, int key_dim, int value_dim, const int* positions, const float* cos_sin, int rotary_dim,
    int interleaved) {
    flash_attention<Fp16, 256>(q, k, v, o, lse,
                              {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                              {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares}, {key_dim, value_dim},
                              {sums, largest, denominators, rows},
                              Rope{positions, cos_sin, rotary_dim, interleaved != 0});
}

extern "C" __global__ void __launch_bounds__(256)
    attention_sm80_fp16_rope_flash_merge(float* sums, float* largest, float* denominators, int64_t rows, int shares,
                                          int dim, Fp16* o, float* lse) {
    merge_shares({sums, largest, denominators, rows}, shares, dim, o, lse);
}
