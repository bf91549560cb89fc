// The product of attention on a tile that lies in cache as fp32; extents are whole vectors, zero-filled. It sums rows
// under weights: values under softmax's, and, for scores, the columns of the keys under a query's elements.
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

// Turns eight vectors, rows of a square, into its columns.
RIDGEPOINT_INLINE void transpose_square(F* v) {
#if defined(__AVX2__)
    __m256 pairs[LANES], fours[LANES];
    for (int i = 0; i < LANES; i += 2) {
        pairs[i] = _mm256_unpacklo_ps((__m256)v[i], (__m256)v[i + 1]);
        pairs[i + 1] = _mm256_unpackhi_ps((__m256)v[i], (__m256)v[i + 1]);
    }
    for (int i = 0; i < LANES; i += 4) {
        for (int j = 0; j < 2; j++) {
            fours[i + 2 * j] = _mm256_shuffle_ps(pairs[i + j], pairs[i + j + 2], 0x44);
            fours[i + 2 * j + 1] = _mm256_shuffle_ps(pairs[i + j], pairs[i + j + 2], 0xEE);
        }
    }
    for (int i = 0; i < 4; i++) {
        v[i] = (F)_mm256_permute2f128_ps(fours[i], fours[i + 4], 0x20);
        v[i + 4] = (F)_mm256_permute2f128_ps(fours[i], fours[i + 4], 0x31);
    }
#else
    for (int i = 0; i < LANES; i++) {
        for (int j = 0; j < i; j++) {
            const float upper = v[j][i];
            v[j][i] = v[i][j];
            v[i][j] = upper;
        }
    }
#endif
}

// columns[d, key] = keys[key, d] for `count` keys, a multiple of eight, `stride` keys a row.
inline void transpose_tile(const float* const* keys, int64_t count, int64_t dim, float* columns, int64_t stride) {
    for (int64_t k = 0; k < count; k += LANES) {
        for (int64_t d = 0; d < dim; d += LANES) {
            F square[LANES];
            for (int i = 0; i < LANES; i++) square[i] = load<F>(keys[k + i] + d);
            transpose_square(square);
            for (int i = 0; i < LANES; i++) store(columns + (d + i) * stride + k, square[i]);
        }
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

template <int ROWS, int WIDTH>
RIDGEPOINT_INLINE void weigh_rows(const float* weights, int64_t stride, const float* const* values, int64_t count,
                                  float* out, int64_t dim) {
    int64_t at = 0;
    for (; at + WIDTH * LANES <= dim; at += WIDTH * LANES) {
        add_weighted<ROWS, WIDTH>(weights, stride, values, count, at, out, dim);
    }
    for (; at < dim; at += LANES) add_weighted<ROWS, 1>(weights, stride, values, count, at, out, dim);
}

// out[row] += sum of weights[row, key] * values[key]. Sums of six rows and two vectors fill the registers.
inline void weigh_tile(const float* weights, int64_t stride, int64_t rows, const float* const* values, int64_t count,
                       float* out, int64_t dim) {
    int64_t row = 0;
    for (; row + 6 <= rows; row += 6) weigh_rows<6, 2>(weights + row * stride, stride, values, count, out + row * dim, dim);
    for (; row + 2 <= rows; row += 2) weigh_rows<2, 4>(weights + row * stride, stride, values, count, out + row * dim, dim);
    if (row < rows) weigh_rows<1, 4>(weights + row * stride, stride, values, count, out + row * dim, dim);
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
