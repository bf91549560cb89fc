// The accumulation of accumulation.h for 16 rows at a time.
//
// A product of two factors fits a float exactly, and cutting it at a bit is a conversion to an integer after scaling by
// a power of two. That holds while exponents stay away from the ends of a float's range; elements that do not, and
// those with infinities or NaN, are done by the model.
#include "ops/matrix/float_tile.h"

#if defined(__AVX2__) && defined(__F16C__)
#include <immintrin.h>

#include <algorithm>

namespace ridgepoint::emulator {
namespace {

// Exponents in 16 bits. Zero and infinity stand so far out that the sum of two still shows what they are:
// anything with a zero in it is below NOTHING, anything with an infinity or NaN is above any number.
constexpr int16_t ZERO = -8000;
constexpr int16_t SPECIAL = 16000;
constexpr int NOTHING = -7000;
constexpr int LOWEST = -100;
constexpr int HIGHEST = 120;

__m256i exponents(__m256 values, int least) {
    const __m256i bits = _mm256_castps_si256(values);
    const __m256i magnitude = _mm256_and_si256(bits, _mm256_set1_epi32(0x7fffffff));
    const __m256i biased = _mm256_srli_epi32(magnitude, 23);
    __m256i exponent = _mm256_max_epi32(_mm256_sub_epi32(biased, _mm256_set1_epi32(127)), _mm256_set1_epi32(least));
    const __m256i zero = _mm256_cmpeq_epi32(magnitude, _mm256_setzero_si256());
    const __m256i special = _mm256_cmpeq_epi32(biased, _mm256_set1_epi32(255));
    exponent = _mm256_blendv_epi8(exponent, _mm256_set1_epi32(ZERO), zero);
    return _mm256_blendv_epi8(exponent, _mm256_set1_epi32(SPECIAL), special);
}

__m256i exponents_of_16(const float* values, int least) {
    const __m256i packed = _mm256_packs_epi32(exponents(_mm256_load_ps(values), least),
                                              exponents(_mm256_load_ps(values + 8), least));
    return _mm256_permute4x64_epi64(packed, 0xd8);
}

struct Exponents {
    __m256i a[TILE_DEPTH];
    alignas(32) int16_t b[TILE_DEPTH][TILE_COLUMNS];
};

void find_exponents(const FloatForm& form, const FloatTile& tile, Exponents& found) {
    const int least_a = least_exponent(form.a), least_b = least_exponent(form.b);
    for (unsigned k = 0; k < form.fragment.depth; k++) found.a[k] = exponents_of_16(tile.a[k], least_a);
    for (unsigned k = 0; k < form.fragment.depth; k += 2) {
        _mm256_store_si256((__m256i*)found.b[k], exponents_of_16(tile.b[k], least_b));
    }
}

// How an exact sum becomes a result.
struct Rounder {
    __m256i kept;     // bits of a double that stay
    bool half;

    explicit Rounder(const Accumulation& how)
        : kept(_mm256_set1_epi64x(~((1ll << (52 - (how.half_result ? 23 : (int)how.result.mantissa_bits))) - 1))),
          half(how.half_result) {}

    __m128 cut(__m256d exact) const {
        const __m256i all = _mm256_castpd_si256(exact);
        __m256i bits = _mm256_and_si256(all, kept);
        if (half) {
            // Rounding to odd first: then rounding to nearest once more is right.
            const __m256i odd = _mm256_andnot_si256(_mm256_cmpeq_epi64(bits, all), _mm256_set1_epi64x(1ll << 29));
            bits = _mm256_or_si256(bits, odd);
        }
        return _mm256_cvtpd_ps(_mm256_castsi256_pd(bits));
    }

    // (first + second) * 2^unit
    __m256 operator()(__m256i first, __m256i second, __m256i unit) const {
        const auto part = [&](int which) {
            const auto half_of = [&](__m256i v) { return which ? _mm256_extracti128_si256(v, 1) : _mm256_castsi256_si128(v); };
            const __m256d sum = _mm256_add_pd(_mm256_cvtepi32_pd(half_of(first)), _mm256_cvtepi32_pd(half_of(second)));
            const __m256i biased = _mm256_add_epi64(_mm256_cvtepi32_epi64(half_of(unit)), _mm256_set1_epi64x(1023));
            return cut(_mm256_mul_pd(sum, _mm256_castsi256_pd(_mm256_slli_epi64(biased, 52))));
        };
        const __m256 value = _mm256_set_m128(part(1), part(0));
        return half ? _mm256_cvtph_ps(_mm256_cvtps_ph(value, _MM_FROUND_TO_NEAREST_INT)) : value;
    }
};

// Eight rows of a column, one block of products.
__m256 sum_block(const FloatTile& tile, unsigned rows, unsigned column, unsigned k, unsigned end, __m256i unit,
                 const Rounder& round) {
    const __m256 scale = _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_sub_epi32(_mm256_set1_epi32(127), unit), 23));
    __m256i sums[2] = {_mm256_cvttps_epi32(_mm256_mul_ps(_mm256_load_ps(&tile.c[column][rows]), scale)),
                       _mm256_setzero_si256()};
    for (; k < end; k += 2) {
        for (unsigned odd = 0; odd < 2; odd++) {
            const __m256 product = _mm256_mul_ps(_mm256_load_ps(&tile.a[k + odd][rows]), _mm256_set1_ps(tile.b[k + odd][column]));
            sums[odd] = _mm256_add_epi32(sums[odd], _mm256_cvttps_epi32(_mm256_mul_ps(product, scale)));
        }
    }
    return round(sums[0], sums[1], unit);
}

}  // namespace

void multiply_quickly(const FloatForm& form, const Accumulation& how, FloatTile& tile) {
    Exponents found;
    find_exponents(form, tile, found);
    const Rounder round(how);
    const unsigned depth = form.fragment.depth;
    const int least_c = least_exponent(form.result);
    for (unsigned column = 0; column < TILE_COLUMNS; column++) {
        for (unsigned k = 0; k < depth; k += how.block) {
            const unsigned end = std::min(k + how.block, depth);
            __m256i largest = exponents_of_16(tile.c[column], least_c);
            for (unsigned i = k; i < end; i++) {
                largest = _mm256_max_epi16(largest, _mm256_add_epi16(found.a[i], _mm256_set1_epi16(found.b[i][column])));
            }
            for (unsigned rows = 0; rows < TILE_ROWS; rows += 8) {
                const __m256i own = _mm256_cvtepi16_epi32(rows == 0 ? _mm256_castsi256_si128(largest)
                                                                    : _mm256_extracti128_si256(largest, 1));
                const __m256i too_high = _mm256_cmpgt_epi32(own, _mm256_set1_epi32(HIGHEST));
                const __m256i too_low = _mm256_and_si256(_mm256_cmpgt_epi32(_mm256_set1_epi32(LOWEST), own),
                                                         _mm256_cmpgt_epi32(own, _mm256_set1_epi32(NOTHING)));
                const int outside = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_or_si256(too_high, too_low)));
                const __m256i clamped = _mm256_min_epi32(_mm256_max_epi32(own, _mm256_set1_epi32(LOWEST)), _mm256_set1_epi32(HIGHEST));
                const __m256i unit = _mm256_sub_epi32(clamped, _mm256_set1_epi32(how.fraction_bits));
                const __m256 sum = sum_block(tile, rows, column, k, end, unit, round);
                float plain[8];
                for (unsigned i = 0; outside != 0 && i < 8; i++) {
                    if ((outside >> i) & 1) plain[i] = block_plainly(form, how, tile, rows + i, column, k);
                }
                _mm256_store_ps(&tile.c[column][rows], sum);
                for (unsigned i = 0; outside != 0 && i < 8; i++) {
                    if ((outside >> i) & 1) tile.c[column][rows + i] = plain[i];
                }
            }
        }
    }
}

}  // namespace ridgepoint::emulator
#endif
