// Where the tokens of one sequence lie: side by side, in a ragged batch, or in pages.
#pragma once

#include <cstdint>

// How a batch lies in memory; pointers are null where a batch has no such thing.
struct Batch {
    // Of every sequence; 0 where offsets say.
    int queries, keys;
    // First token of each sequence and the end, [sequences + 1].
    const int *query_offsets, *key_offsets;
    // Pages of each sequence, [sequences, pages]; keys of a page lie side by side.
    const int* block_table;
    int pages, page_size;
};

struct Sequence {
    int first_query, queries;
    int first_key, keys;
    const int* table;
    int page_size;

    __device__ Sequence(const Batch& batch, int index) {
        if (batch.query_offsets) {
            first_query = batch.query_offsets[index];
            queries = batch.query_offsets[index + 1] - first_query;
            first_key = batch.key_offsets[index];
            keys = batch.key_offsets[index + 1] - first_key;
        } else {
            first_query = index * batch.queries;
            queries = batch.queries;
            first_key = index * batch.keys;
            keys = batch.keys;
        }
        table = batch.block_table ? batch.block_table + int64_t{index} * batch.pages : nullptr;
        page_size = batch.page_size;
    }

    // The token's place in the cache.
    __device__ int64_t slot(int key) const {
        return table ? int64_t{table[key / page_size]} * page_size + key % page_size : int64_t{first_key} + key;
    }
};
