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

// How the exact sum of two integers times a power of two becomes a result.
template <bool HALF>
struct Rounder {
    __m256i kept;  // bits of a double that stay

    explicit Rounder(const Accumulation& how)
        : kept(_mm256_set1_epi64x(~((1ll << (52 - (HALF ? 23 : (int)how.result.mantissa_bits))) - 1))) {}

    __m128 cut(__m256d exact) const {
        const __m256i all = _mm256_castpd_si256(exact);
        __m256i bits = _mm256_and_si256(all, kept);
        if (HALF) {
            // Rounding to odd first: then rounding to nearest once more is right.
            const __m256i odd = _mm256_andnot_si256(_mm256_cmpeq_epi64(bits, all), _mm256_set1_epi64x(1ll << 29));
            bits = _mm256_or_si256(bits, odd);
        }
        return _mm256_cvtpd_ps(_mm256_castsi256_pd(bits));
    }

    __m128 four(__m128i first, __m128i second, __m128i unit) const {
        const __m256d sum = _mm256_add_pd(_mm256_cvtepi32_pd(first), _mm256_cvtepi32_pd(second));
        const __m256i biased = _mm256_cvtepi32_epi64(_mm_add_epi32(unit, _mm_set1_epi32(1023)));
        return cut(_mm256_mul_pd(sum, _mm256_castsi256_pd(_mm256_slli_epi64(biased, 52))));
    }

    // (first + second) * 2^unit
    __m256 operator()(__m256i first, __m256i second, __m256i unit) const {
        const __m128 low = four(_mm256_castsi256_si128(first), _mm256_castsi256_si128(second), _mm256_castsi256_si128(unit));
        const __m128 high = four(_mm256_extracti128_si256(first, 1), _mm256_extracti128_si256(second, 1),
                                 _mm256_extracti128_si256(unit, 1));
        const __m256 value = _mm256_set_m128(high, low);
        return HALF ? _mm256_cvtph_ps(_mm256_cvtps_ph(value, _MM_FROUND_TO_NEAREST_INT)) : value;
    }
};

// Eight rows of one column: the bit below which terms are cut, and the sums of what is left in units of it.
struct Rows {
    __m256i unit;
    __m256 scale;    // 2^-unit
    __m256i sum[2];  // two, so that neither can overflow
    int outside;     // rows that the model must do

    Rows(__m128i largest, const float* c, int fraction_bits) {
        const __m256i own = _mm256_cvtepi16_epi32(largest);
        const __m256i clamped = _mm256_min_epi32(_mm256_max_epi32(own, _mm256_set1_epi32(LOWEST)), _mm256_set1_epi32(HIGHEST));
        const __m256i all_zero = _mm256_cmpgt_epi32(_mm256_set1_epi32(NOTHING), own);
        const __m256i inside = _mm256_or_si256(_mm256_cmpeq_epi32(own, clamped), all_zero);
        outside = ~_mm256_movemask_ps(_mm256_castsi256_ps(inside)) & 0xff;
        unit = _mm256_sub_epi32(clamped, _mm256_set1_epi32(fraction_bits));
        scale = _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_sub_epi32(_mm256_set1_epi32(127), unit), 23));
        sum[0] = _mm256_cvttps_epi32(_mm256_mul_ps(_mm256_load_ps(c), scale));
        sum[1] = _mm256_setzero_si256();
    }
    void add(unsigned which, const float* a, __m256 b) {
        const __m256 product = _mm256_mul_ps(_mm256_load_ps(a), b);
        sum[which] = _mm256_add_epi32(sum[which], _mm256_cvttps_epi32(_mm256_mul_ps(product, scale)));
    }
};

// Rows of the mask `outside`, as the model has them; the others as `quick` has them.
__attribute__((noinline)) void mix(const FloatForm& form, const Accumulation& how, FloatTile& tile, unsigned column, unsigned k,
                                   int outside, const float* quick) {
    float mixed[TILE_ROWS];
    for (unsigned row = 0; row < TILE_ROWS; row++) {
        mixed[row] = (outside >> row) & 1 ? block_plainly(form, how, tile, row, column, k) : quick[row];
    }
    std::copy(mixed, mixed + TILE_ROWS, tile.c[column]);
}

template <unsigned BLOCK, bool HALF>
void multiply(const FloatForm& form, const Accumulation& how, FloatTile& tile) {
    Exponents found;
    find_exponents(form, tile, found);
    const Rounder<HALF> round(how);
    const int least_c = least_exponent(form.result);
    for (unsigned column = 0; column < TILE_COLUMNS; column++) {
        for (unsigned k = 0; k < form.fragment.depth; k += BLOCK) {
            __m256i largest = exponents_of_16(tile.c[column], least_c);
#pragma GCC unroll 16
            for (unsigned i = k; i < k + BLOCK; i++) {
                largest = _mm256_max_epi16(largest, _mm256_add_epi16(found.a[i], _mm256_set1_epi16(found.b[i][column])));
            }
            Rows upper(_mm256_castsi256_si128(largest), tile.c[column], how.fraction_bits);
            Rows lower(_mm256_extracti128_si256(largest, 1), tile.c[column] + 8, how.fraction_bits);
#pragma GCC unroll 16
            for (unsigned i = 0; i < BLOCK; i++) {
                const __m256 b = _mm256_set1_ps(tile.b[k + i][column]);
                upper.add(i % 2, tile.a[k + i], b);
                lower.add(i % 2, tile.a[k + i] + 8, b);
            }
            alignas(32) float sums[TILE_ROWS];
            float* const to = (upper.outside | lower.outside) == 0 ? tile.c[column] : sums;
            _mm256_store_ps(to, round(upper.sum[0], upper.sum[1], upper.unit));
            _mm256_store_ps(to + 8, round(lower.sum[0], lower.sum[1], lower.unit));
            if (to == sums) mix(form, how, tile, column, k, upper.outside | lower.outside << 8, sums);
        }
    }
}

template <unsigned BLOCK>
void multiply(const FloatForm& form, const Accumulation& how, FloatTile& tile) {
    how.half_result ? multiply<BLOCK, true>(form, how, tile) : multiply<BLOCK, false>(form, how, tile);
}

}  // namespace

void multiply_quickly(const FloatForm& form, const Accumulation& how, FloatTile& tile) {
    switch (std::min(how.block, form.fragment.depth)) {
        case 4: return multiply<4>(form, how, tile);
        case 8: return multiply<8>(form, how, tile);
        case 16: return multiply<16>(form, how, tile);
        case 32: return multiply<32>(form, how, tile);
        default: return multiply_plainly(form, how, tile);
    }
}

}  // namespace ridgepoint::emulator
#endif
