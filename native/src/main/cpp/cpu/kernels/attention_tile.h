// The product of attention on a tile that lies in cache as fp32; extents are whole vectors, zero-filled. It sums rows
// under weights: values under softmax's, and, for scores, the columns of the keys under a query's elements.
#pragma once

#include "vec.h"

namespace ridgepoint::RIDGEPOINT_ISA {

// Sums that are taken together.
constexpr int SUMS = 8;

#if defined(__AVX2__)
// Eight lanes whose sum is that of all lanes.
RIDGEPOINT_INLINE __m256 eight_lanes(F v) {
#if defined(RIDGEPOINT_V4)
    return _mm256_add_ps(_mm512_castps512_ps256((__m512)v), _mm512_extractf32x8_ps((__m512)v, 1));
#else
    return (__m256)v;
#endif
}
#endif

// The sums of eight vectors' lanes, in order.
RIDGEPOINT_INLINE void sums_of(const F* v, float* sums) {
#if defined(__AVX2__)
    __m256 ab = _mm256_hadd_ps(eight_lanes(v[0]), eight_lanes(v[1]));
    __m256 cd = _mm256_hadd_ps(eight_lanes(v[2]), eight_lanes(v[3]));
    __m256 ef = _mm256_hadd_ps(eight_lanes(v[4]), eight_lanes(v[5]));
    __m256 gh = _mm256_hadd_ps(eight_lanes(v[6]), eight_lanes(v[7]));
    __m256 abcd = _mm256_hadd_ps(ab, cd);
    __m256 efgh = _mm256_hadd_ps(ef, gh);
    __m256 low = _mm256_permute2f128_ps(abcd, efgh, 0x20);
    __m256 high = _mm256_permute2f128_ps(abcd, efgh, 0x31);
    _mm256_storeu_ps(sums, _mm256_add_ps(low, high));
#else
    for (int i = 0; i < SUMS; i++) {
        sums[i] = 0;
        for (int j = 0; j < LANES; j++) sums[i] += v[i][j];
    }
#endif
}

// Turns vectors, rows of a square, into its columns.
RIDGEPOINT_INLINE void transpose_square(F* v) {
#if defined(RIDGEPOINT_V4)
    // Squares of four first, then their places.
    __m512 pairs[LANES], fours[LANES];
    for (int i = 0; i < LANES; i += 2) {
        pairs[i] = _mm512_unpacklo_ps((__m512)v[i], (__m512)v[i + 1]);
        pairs[i + 1] = _mm512_unpackhi_ps((__m512)v[i], (__m512)v[i + 1]);
    }
    for (int i = 0; i < LANES; i += 4) {
        for (int j = 0; j < 2; j++) {
            fours[i + 2 * j] = _mm512_shuffle_ps(pairs[i + j], pairs[i + j + 2], 0x44);
            fours[i + 2 * j + 1] = _mm512_shuffle_ps(pairs[i + j], pairs[i + j + 2], 0xEE);
        }
    }
    for (int i = 0; i < 4; i++) {
        const __m512 even_low = _mm512_shuffle_f32x4(fours[i], fours[i + 4], 0x88);
        const __m512 odd_low = _mm512_shuffle_f32x4(fours[i], fours[i + 4], 0xDD);
        const __m512 even_high = _mm512_shuffle_f32x4(fours[i + 8], fours[i + 12], 0x88);
        const __m512 odd_high = _mm512_shuffle_f32x4(fours[i + 8], fours[i + 12], 0xDD);
        v[i] = (F)_mm512_shuffle_f32x4(even_low, even_high, 0x88);
        v[i + 4] = (F)_mm512_shuffle_f32x4(odd_low, odd_high, 0x88);
        v[i + 8] = (F)_mm512_shuffle_f32x4(even_low, even_high, 0xDD);
        v[i + 12] = (F)_mm512_shuffle_f32x4(odd_low, odd_high, 0xDD);
    }
#elif defined(RIDGEPOINT_V3)
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

// columns[d, key] = keys[key, d] for `count` keys, whole vectors, `stride` keys a row.
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

// out[row, WIDTH vectors from `at`] += weights[row] . values, or = where `anew`.
template <int ROWS, int WIDTH>
RIDGEPOINT_INLINE void add_weighted(const float* weights, int64_t stride, const float* const* values, int64_t count,
                                    int64_t at, float* out, int64_t dim, bool anew) {
    F sums[ROWS][WIDTH] = {};
    if (!anew) {
        for (int r = 0; r < ROWS; r++) {
            for (int w = 0; w < WIDTH; w++) sums[r][w] = load<F>(out + r * dim + at + w * LANES);
        }
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
                                  float* out, int64_t dim, bool anew) {
    int64_t at = 0;
    for (; at + WIDTH * LANES <= dim; at += WIDTH * LANES) {
        add_weighted<ROWS, WIDTH>(weights, stride, values, count, at, out, dim, anew);
    }
    for (; at < dim; at += LANES) add_weighted<ROWS, 1>(weights, stride, values, count, at, out, dim, anew);
}

// Rows whose sums, two vectors each, fill the registers.
constexpr int TOGETHER = LANES == 16 ? 8 : 6;

// out[row] += sum of weights[row, key] * values[key], or = where `anew`.
inline void weigh_tile(const float* weights, int64_t stride, int64_t rows, const float* const* values, int64_t count,
                       float* out, int64_t dim, bool anew) {
    int64_t row = 0;
    for (; row + TOGETHER <= rows; row += TOGETHER) {
        weigh_rows<TOGETHER, 2>(weights + row * stride, stride, values, count, out + row * dim, dim, anew);
    }
    for (; row + 2 <= rows; row += 2) {
        weigh_rows<2, 4>(weights + row * stride, stride, values, count, out + row * dim, dim, anew);
    }
    if (row < rows) weigh_rows<1, 4>(weights + row * stride, stride, values, count, out + row * dim, dim, anew);
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
