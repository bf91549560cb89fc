// Arguments of attention, as dev.ridgepoint.kernels.operand.OperandSpecs lays the buffers out.
#pragma once

#include <cstdint>

namespace ridgepoint {

// Types are named "fp32", "fp16", "bf16"; q, k and v may also be "int8", "fp8_e4m3", "fp8_e5m2".
// Masks are "full", "causal", "sliding", "local", "tree".
struct AttentionTypes {
    const char* query;
    const char* cache;
    const char* output;
    const char* mask;
};

struct AttentionArgs {
    int64_t sequences;
    int64_t q_heads;
    int64_t kv_heads;
    int64_t head_dim;
    int64_t value_dim;
    int64_t window;
    // Tokens a page; 0 where the cache is one piece.
    int64_t page_size;
    // Pages a row of the block table.
    int64_t pages_a_row;
    // Longest sequence of queries and of keys.
    int64_t longest_q;
    int64_t longest_kv;
    // The first value_dim elements of a key are its value.
    bool kv_shared;

    // First token of each sequence and one beyond the last: [sequences + 1].
    const int32_t* q_offsets;
    const int32_t* kv_offsets;

    const void* q;
    const void* k;
    const void* v;
    // Scales, or null: one for all of q; for k and v one a token and head, or one for all.
    const float* q_scale;
    const float* k_scales;
    const float* v_scales;
    bool one_scale;
    const int32_t* block_table;
    const int32_t* tree_parents;
    void* o;
};

}  // namespace ridgepoint
