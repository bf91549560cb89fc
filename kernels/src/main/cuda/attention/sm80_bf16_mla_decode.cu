// Softmax attention of bf16 queries to latent keys of 576 dimensions whose first 512 are the values, any mask, ragged and
// paged batches. See attention/latent.cuh for shapes and the grid. Launch: 128 threads, or 256 for twice the rows; dynamic
// shared memory: 2 * 32 * 576 * 2 bytes, and 4 * 16 * 32 * 4 bytes for every 128 threads. Rows of q, k and o lie on 16 bytes.
#include "attention/latent.cuh"

extern "C" __global__ void __launch_bounds__(256) attention_sm80_bf16_mla_decode(
    const Bf16* q, const Bf16* k, Bf16* o, float* lse, int queries, int keys, const int* query_offsets,
    const int* key_offsets, const int* block_table, int pages, int page_size, int heads, int kv_heads, float scale,
    int mask, int window, const int* tree_parents, int shares, float* sums, float* largest, float* denominators,
    int64_t rows) {
    latent_attention(q, k, o, lse, {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                     {heads, kv_heads, scale, Mask(mask), window, tree_parents, shares},
                     {sums, largest, denominators, rows});
}

extern "C" __global__ void __launch_bounds__(512)
    attention_sm80_bf16_mla_decode_merge(float* sums, float* largest, float* denominators, int64_t rows, int shares,
                                         int dim, Bf16* o, float* lse) {
    merge_shares({sums, largest, denominators, rows}, shares, dim, o, lse);
}
