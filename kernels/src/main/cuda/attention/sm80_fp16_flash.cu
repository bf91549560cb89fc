// Softmax attention in fp16 on tensor cores, one pass over the keys, any mask, grouped heads, ragged and paged batches. See
// attention/flash.cuh for shapes and the grid; the name has the dim that is computed with. Dynamic
// shared memory: (64 + 4 * keys of a tile) * dim * 2 bytes, the tile being 64 keys, 32 where dim is 256. Rows of q, k, v and
// o lie on 16 bytes. Three blocks of 64 dimensions fit an SM's registers on every architecture; four would spill on some.
#include "attention/flash.cuh"

extern "C" __global__ void __launch_bounds__(128, 3) attention_sm80_fp16_flash_d64(
    const Fp16* q, const Fp16* k, const Fp16* v, Fp16* o, float* lse, int queries, int keys, const int* query_offsets,
    const int* key_offsets, const int* block_table, int pages, int page_size, int heads, int kv_heads, float scale,
    int mask, int window, const int* tree_parents, int shares, float* sums, float* largest, float* denominators,
    int64_t rows, int key_dim, int value_dim) {
    flash_attention<Fp16, 64>(q, k, v, o, lse,
                              {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                              {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares}, {key_dim, value_dim},
                              {sums, largest, denominators, rows});
}

extern "C" __global__ void __launch_bounds__(128) attention_sm80_fp16_flash_d96(
    const Fp16* q, const Fp16* k, const Fp16* v, Fp16* o, float* lse, int queries, int keys, const int* query_offsets,
    const int* key_offsets, const int* block_table, int pages, int page_size, int heads, int kv_heads, float scale,
    int mask, int window, const int* tree_parents, int shares, float* sums, float* largest, float* denominators,
    int64_t rows, int key_dim, int value_dim) {
    flash_attention<Fp16, 96>(q, k, v, o, lse,
                              {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                              {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares}, {key_dim, value_dim},
                              {sums, largest, denominators, rows});
}

extern "C" __global__ void __launch_bounds__(128) attention_sm80_fp16_flash_d128(
    const Fp16* q, const Fp16* k, const Fp16* v, Fp16* o, float* lse, int queries, int keys, const int* query_offsets,
    const int* key_offsets, const int* block_table, int pages, int page_size, int heads, int kv_heads, float scale,
    int mask, int window, const int* tree_parents, int shares, float* sums, float* largest, float* denominators,
    int64_t rows, int key_dim, int value_dim) {
    flash_attention<Fp16, 128>(q, k, v, o, lse,
                              {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                              {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares}, {key_dim, value_dim},
                              {sums, largest, denominators, rows});
}

extern "C" __global__ void __launch_bounds__(128) attention_sm80_fp16_flash_d256(
    const Fp16* q, const Fp16* k, const Fp16* v, Fp16* o, float* lse, int queries, int keys, const int* query_offsets,
    const int* key_offsets, const int* block_table, int pages, int page_size, int heads, int kv_heads, float scale,
    int mask, int window, const int* tree_parents, int shares, float* sums, float* largest, float* denominators,
    int64_t rows, int key_dim, int value_dim) {
    flash_attention<Fp16, 256>(q, k, v, o, lse,
                              {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                              {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares}, {key_dim, value_dim},
                              {sums, largest, denominators, rows});
}

extern "C" __global__ void __launch_bounds__(256)
    attention_sm80_fp16_flash_merge(float* sums, float* largest, float* denominators, int64_t rows, int shares, int dim,
                                  Fp16* o, float* lse) {
    merge_shares({sums, largest, denominators, rows}, shares, dim, o, lse);
}
