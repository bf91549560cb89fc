// The two products of attention on a tile of keys that lies in cache as fp32; extents are whole vectors, zero-filled.
#pragma once

#include "vec.h"

namespace ridgepoint::RIDGEPOINT_ISA {

// The sums of eight vectors, in order.
RIDGEPOINT_INLINE F sums_of(const F* v) {
#if defined(__AVX2__)
    __m256 ab = _mm256_hadd_ps((__m256)v[0], (__m256)v[1]);
    __m256 cd = _mm256_hadd_ps((__m256)v[2], (__m256)v[3]);
    __m256 ef = _mm256_hadd_ps((__m256)v[4], (__m256)v[5]);
    __m256 gh = _mm256_hadd_ps((__m256)v[6], (__m256)v[7]);
    __m256 abcd = _mm256_hadd_ps(ab, cd);
    __m256 efgh = _mm256_hadd_ps(ef, gh);
    __m256 low = _mm256_permute2f128_ps(abcd, efgh, 0x20);
    __m256 high = _mm256_permute2f128_ps(abcd, efgh, 0x31);
    return (F)_mm256_add_ps(low, high);
#else
    F sums;
    for (int i = 0; i < LANES; i++) {
        float sum = 0;
        for (int j = 0; j < LANES; j++) sum += v[i][j];
        sums[i] = sum;
    }
    return sums;
#endif
}

// Scores of ROWS queries with eight keys: ROWS * 8 dot products over `dim`.
template <int ROWS>
RIDGEPOINT_INLINE void dot_eight_keys(const float* q, const float* const* keys, int64_t dim, float* scores, int64_t stride) {
    constexpr int KEYS = LANES / ROWS;
    for (int first = 0; first < LANES; first += KEYS) {
        F sums[LANES] = {};
        for (int64_t d = 0; d < dim; d += LANES) {
            F query[ROWS];
            for (int r = 0; r < ROWS; r++) query[r] = load<F>(q + r * dim + d);
            for (int j = 0; j < KEYS; j++) {
                const F key = load<F>(keys[first + j] + d);
                for (int r = 0; r < ROWS; r++) sums[r * KEYS + j] += query[r] * key;
            }
        }
        const F all = sums_of(sums);
        for (int r = 0; r < ROWS; r++) std::memcpy(scores + r * stride + first, (const float*)&all + r * KEYS, KEYS * 4);
    }
}

// scores[row, key] = q[row] . key for `keys_count` keys, a multiple of eight.
inline void score_tile(const float* q, int64_t rows, int64_t dim, const float* const* keys, int64_t keys_count,
                       float* scores, int64_t stride) {
    for (int64_t k = 0; k < keys_count; k += LANES) {
        int64_t row = 0;
        for (; row + 2 <= rows; row += 2) dot_eight_keys<2>(q + row * dim, keys + k, dim, scores + row * stride + k, stride);
        if (row < rows) dot_eight_keys<1>(q + row * dim, keys + k, dim, scores + row * stride + k, stride);
    }
}

// out[row, WIDTH vectors from `at`] += weights[row] . values.
template <int ROWS, int WIDTH>
RIDGEPOINT_INLINE void add_weighted(const float* weights, int64_t stride, const float* const* values, int64_t count,
                                    int64_t at, float* out, int64_t dim) {
    F sums[ROWS][WIDTH];
    for (int r = 0; r < ROWS; r++) {
        for (int w = 0; w < WIDTH; w++) sums[r][w] = load<F>(out + r * dim + at + w * LANES);
    }
    for (int64_t k = 0; k < count; k++) {
        const float* value = values[k] + at;
        F v[WIDTH];
        for (int w = 0; w < WIDTH; w++) v[w] = load<F>(value + w * LANES);
        for (int r = 0; r < ROWS; r++) {
            const F weight = splat(weights[r * stride + k]);
            for (int w = 0; w < WIDTH; w++) sums[r][w] += weight * v[w];
        }
    }
    for (int r = 0; r < ROWS; r++) {
        for (int w = 0; w < WIDTH; w++) store(out + r * dim + at + w * LANES, sums[r][w]);
    }
}

template <int ROWS>
RIDGEPOINT_INLINE void weigh_rows(const float* weights, int64_t stride, const float* const* values, int64_t count,
                                  float* out, int64_t dim) {
    int64_t at = 0;
    for (; at + 4 * LANES <= dim; at += 4 * LANES) add_weighted<ROWS, 4>(weights, stride, values, count, at, out, dim);
    for (; at < dim; at += LANES) add_weighted<ROWS, 1>(weights, stride, values, count, at, out, dim);
}

// out[row] += sum of weights[row, key] * values[key].
inline void weigh_tile(const float* weights, int64_t stride, int64_t rows, const float* const* values, int64_t count,
                       float* out, int64_t dim) {
    int64_t row = 0;
    for (; row + 2 <= rows; row += 2) weigh_rows<2>(weights + row * stride, stride, values, count, out + row * dim, dim);
    if (row < rows) weigh_rows<1>(weights + row * stride, stride, values, count, out + row * dim, dim);
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
