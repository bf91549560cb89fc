// Softmax attention in fp64, for every type of query and cache that a kernel of ours takes. See probe/attention.cuh.
#include "probe/attention.cuh"

extern "C" __global__ void __launch_bounds__(256, 2) probe_sm80_fp64_attention_fp32(
    const float* q, const float* k, const float* v, const float* k_scales, const float* v_scales, double* o,
    double* magnitudes, double* squares, double* scores, int queries, int keys, const int* query_offsets, const int* key_offsets,
    const int* block_table, int pages, int page_size, int heads, int kv_heads, int dim, int value_dim, int value_stride,
    double scale, int mask, int window, const int* tree_parents) {
    reference_attention(q, k, v, k_scales, v_scales, {o, magnitudes, squares, scores},
                        {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                        {heads, kv_heads, dim, value_dim, value_stride, scale, Mask(mask), window, tree_parents});
}

extern "C" __global__ void __launch_bounds__(256, 2) probe_sm80_fp64_attention_bf16(
    const Bf16* q, const Bf16* k, const Bf16* v, const float* k_scales, const float* v_scales, double* o,
    double* magnitudes, double* squares, double* scores, int queries, int keys, const int* query_offsets, const int* key_offsets,
    const int* block_table, int pages, int page_size, int heads, int kv_heads, int dim, int value_dim, int value_stride,
    double scale, int mask, int window, const int* tree_parents) {
    reference_attention(q, k, v, k_scales, v_scales, {o, magnitudes, squares, scores},
                        {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                        {heads, kv_heads, dim, value_dim, value_stride, scale, Mask(mask), window, tree_parents});
}

extern "C" __global__ void __launch_bounds__(256, 2) probe_sm80_fp64_attention_fp16(
    const Fp16* q, const Fp16* k, const Fp16* v, const float* k_scales, const float* v_scales, double* o,
    double* magnitudes, double* squares, double* scores, int queries, int keys, const int* query_offsets, const int* key_offsets,
    const int* block_table, int pages, int page_size, int heads, int kv_heads, int dim, int value_dim, int value_stride,
    double scale, int mask, int window, const int* tree_parents) {
    reference_attention(q, k, v, k_scales, v_scales, {o, magnitudes, squares, scores},
                        {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                        {heads, kv_heads, dim, value_dim, value_stride, scale, Mask(mask), window, tree_parents});
}

extern "C" __global__ void __launch_bounds__(256, 2) probe_sm80_fp64_attention_bf16_kv_int8(
    const Bf16* q, const Int8Code* k, const Int8Code* v, const float* k_scales, const float* v_scales, double* o,
    double* magnitudes, double* squares, double* scores, int queries, int keys, const int* query_offsets, const int* key_offsets,
    const int* block_table, int pages, int page_size, int heads, int kv_heads, int dim, int value_dim, int value_stride,
    double scale, int mask, int window, const int* tree_parents) {
    reference_attention(q, k, v, k_scales, v_scales, {o, magnitudes, squares, scores},
                        {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                        {heads, kv_heads, dim, value_dim, value_stride, scale, Mask(mask), window, tree_parents});
}

extern "C" __global__ void __launch_bounds__(256, 2) probe_sm80_fp64_attention_bf16_kv_fp8_e4m3(
    const Bf16* q, const E4m3Code* k, const E4m3Code* v, const float* k_scales, const float* v_scales, double* o,
    double* magnitudes, double* squares, double* scores, int queries, int keys, const int* query_offsets, const int* key_offsets,
    const int* block_table, int pages, int page_size, int heads, int kv_heads, int dim, int value_dim, int value_stride,
    double scale, int mask, int window, const int* tree_parents) {
    reference_attention(q, k, v, k_scales, v_scales, {o, magnitudes, squares, scores},
                        {queries, keys, query_offsets, key_offsets, block_table, pages, page_size},
                        {heads, kv_heads, dim, value_dim, value_stride, scale, Mask(mask), window, tree_parents});
}
