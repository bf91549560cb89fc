// The two products of attention for the few queries of decode: keys and values are read as they are stored, widened in
// registers and used by every row at once, so that nothing but the cache itself crosses memory.
#pragma once

#include "attention_tile.h"
#include "stored.h"

namespace ridgepoint::RIDGEPOINT_ISA {

// Rows that are worth widening again for; more would rather share a widened tile.
constexpr int64_t FEW_ROWS = 4;

// Where the rows of a tile lie, and the rows that are read after them.
struct StoredRows {
    const uint8_t* const* rows;
    int64_t count;
    const uint8_t* const* next;
    int64_t next_count;
};

// Rows are a head of a token each, too far apart for the processor to guess the next: we name those that come AHEAD rows
// later. A tile's rows share few sets of the first cache, so each is read once and from end to end.
constexpr int64_t AHEAD = 16;

RIDGEPOINT_INLINE void fetch(const StoredRows& s, int64_t row, int64_t bytes) {
    const int64_t beyond = row + AHEAD - s.count;
    if (beyond >= s.next_count) return;
    const uint8_t* from = beyond < 0 ? s.rows[row + AHEAD] : s.next[beyond];
    for (int64_t at = 0; at < bytes; at += 64) __builtin_prefetch(from + at);
}

// Scores of ROWS queries with two keys; `dim` is whole vectors.
template <class T, int ROWS>
RIDGEPOINT_INLINE void dot_two_keys(const float* q, int64_t dim, const void* first, const void* second, float* scores,
                                    int64_t stride) {
    const auto* a = static_cast<const typename T::Stored*>(first);
    const auto* b = static_cast<const typename T::Stored*>(second);
    static_assert(2 * FEW_ROWS <= SUMS, "two keys' sums are taken together");
    F sums[SUMS] = {};
    for (int64_t d = 0; d < dim; d += LANES) {
        const F key_a = T::read(a + d);
        const F key_b = T::read(b + d);
        for (int r = 0; r < ROWS; r++) {
            const F query = load<F>(q + r * dim + d);
            sums[2 * r] += query * key_a;
            sums[2 * r + 1] += query * key_b;
        }
    }
    float all[SUMS];
    sums_of(sums, all);
    for (int r = 0; r < ROWS; r++) std::memcpy(scores + r * stride, all + 2 * r, 2 * sizeof(float));
}

// out[row] += weights[row] . two values.
template <class T, int ROWS>
RIDGEPOINT_INLINE void add_two_values(const float (*weights)[ROWS], const void* first, const void* second, float* out,
                                      int64_t dim) {
    const auto* a = static_cast<const typename T::Stored*>(first);
    const auto* b = static_cast<const typename T::Stored*>(second);
    F of_a[ROWS], of_b[ROWS];
    for (int r = 0; r < ROWS; r++) {
        of_a[r] = splat(weights[0][r]);
        of_b[r] = splat(weights[1][r]);
    }
    for (int64_t d = 0; d < dim; d += LANES) {
        const F value_a = T::read(a + d);
        const F value_b = T::read(b + d);
        for (int r = 0; r < ROWS; r++) {
            float* at = out + r * dim + d;
            store(at, load<F>(at) + of_a[r] * value_a + of_b[r] * value_b);
        }
    }
}

// scores[row, key] = q[row] . key. An odd last key is its own neighbour; its second score lies beyond the last.
template <class T, int ROWS>
void score_stored(const float* q, int64_t dim, const StoredRows& keys, float* scores, int64_t stride) {
    const int64_t bytes = dim * (int64_t)sizeof(typename T::Stored);
    for (int64_t k = 0; k < keys.count; k += 2) {
        fetch(keys, k, bytes);
        fetch(keys, k + 1, bytes);
        const uint8_t* second = keys.rows[k + 1 < keys.count ? k + 1 : k];
        dot_two_keys<T, ROWS>(q, dim, keys.rows[k], second, scores + k, stride);
    }
}

// out[row] += sum of weights[row, key] * values[key]. An odd last value is its own neighbour under no weight.
template <class T, int ROWS>
void weigh_stored(const float* weights, int64_t stride, const StoredRows& values, float* out, int64_t dim) {
    const int64_t bytes = dim * (int64_t)sizeof(typename T::Stored);
    for (int64_t k = 0; k < values.count; k += 2) {
        fetch(values, k, bytes);
        fetch(values, k + 1, bytes);
        const bool two = k + 1 < values.count;
        float of_two[2][ROWS];
        for (int r = 0; r < ROWS; r++) {
            of_two[0][r] = weights[r * stride + k];
            of_two[1][r] = two ? weights[r * stride + k + 1] : 0;
        }
        add_two_values<T, ROWS>(of_two, values.rows[k], values.rows[two ? k + 1 : k], out, dim);
    }
}

typedef void (*ScoreStored)(const float* q, int64_t dim, const StoredRows& keys, float* scores, int64_t stride);
typedef void (*WeighStored)(const float* weights, int64_t stride, const StoredRows& values, float* out, int64_t dim);

// By how many rows there are, from one on.
struct FewRows {
    ScoreStored score[FEW_ROWS];
    WeighStored weigh[FEW_ROWS];
};

template <class T>
constexpr FewRows few_rows() {
    return {{score_stored<T, 1>, score_stored<T, 2>, score_stored<T, 3>, score_stored<T, 4>},
            {weigh_stored<T, 1>, weigh_stored<T, 2>, weigh_stored<T, 3>, weigh_stored<T, 4>}};
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
