// The accumulation of accumulation.h for 16 rows at a time.
//
// A product of two factors fits a float exactly, and cutting it at a bit is a conversion to an integer after scaling by
// a power of two. That holds while exponents stay away from the ends of a float's range; elements that do not, and
// those with infinities or NaN, are done by the model.
#include "ops/matrix/float_tile.h"

#if defined(__AVX2__) && defined(__F16C__)
#include <immintrin.h>

#include <algorithm>
#include <optional>

namespace ridgepoint::emulator {
namespace {

// Exponents in 16 bits. Zero and infinity stand so far out that the sum of two still shows what they are:
// anything with a zero in it is below NOTHING, anything with an infinity or NaN is above any number.
constexpr int16_t ZERO = -8000;
constexpr int16_t SPECIAL = 16000;
constexpr int NOTHING = -7000;
constexpr int BIAS = 127;
constexpr int LOWEST = -100 + BIAS;
constexpr int HIGHEST = 120 + BIAS;
constexpr int LEAST_HALF = -14 + BIAS;

// What decides an exponent, of two vectors of floats: their upper halves, in turn. Of these formats only tf32 has bits
// below that matter to a number of exponent zero.
__m256i upper_halves(const float* first, const float* second, bool tf32) {
    __m256i a = _mm256_castps_si256(_mm256_load_ps(first)), b = _mm256_castps_si256(_mm256_load_ps(second));
    if (tf32) {
        const __m256i low = _mm256_set1_epi32(0xe000);
        a = _mm256_or_si256(a, _mm256_slli_epi32(_mm256_and_si256(a, low), 3));
        b = _mm256_or_si256(b, _mm256_slli_epi32(_mm256_and_si256(b, low), 3));
    }
    return _mm256_blend_epi16(_mm256_srli_epi32(a, 16), b, 0xaa);
}

// Biased exponents of 16 numbers by their upper halves; `least` is biased too.
__m256i exponents(__m256i halves, int least) {
    const __m256i magnitude = _mm256_and_si256(halves, _mm256_set1_epi16(0x7fff));
    const __m256i biased = _mm256_srli_epi16(magnitude, 7);
    const __m256i zero = _mm256_cmpeq_epi16(magnitude, _mm256_setzero_si256());
    const __m256i special = _mm256_cmpeq_epi16(biased, _mm256_set1_epi16(255));
    const __m256i exponent = _mm256_max_epi16(biased, _mm256_set1_epi16((int16_t)least));
    return _mm256_blendv_epi8(_mm256_blendv_epi8(exponent, _mm256_set1_epi16(ZERO), zero), _mm256_set1_epi16(SPECIAL), special);
}

// Of A, biased, rows 0 and 8, 1 and 9, and so on in turn; of B, without bias, twice in 32 bits.
struct Exponents {
    __m256i a[TILE_DEPTH];
    alignas(32) int32_t b[TILE_DEPTH][TILE_COLUMNS];

    Exponents(const FloatForm& form, const FloatTile& tile) {
        const bool tf32 = form.a == Type::TF32;
        const int least_a = least_exponent(form.a) + BIAS, least_b = least_exponent(form.b) + BIAS;
        for (unsigned k = 0; k < form.fragment.depth; k++) a[k] = exponents(upper_halves(tile.a[k], tile.a[k] + 8, tf32), least_a);
        for (unsigned k = 0; k < form.fragment.depth; k += 2) {
            const __m256i both = _mm256_sub_epi16(exponents(upper_halves(tile.b[k], tile.b[k + 1], tf32), least_b), _mm256_set1_epi16(BIAS));
            _mm256_store_si256((__m256i*)b[k], _mm256_blend_epi16(both, _mm256_slli_epi32(both, 16), 0xaa));
            _mm256_store_si256((__m256i*)b[k + 1], _mm256_blend_epi16(_mm256_srli_epi32(both, 16), both, 0xaa));
        }
    }

    // The largest of the products from `first` on, for every row.
    template <unsigned BLOCK>
    __m256i largest(unsigned first, unsigned column) const {
        __m256i found = _mm256_set1_epi16(2 * ZERO);
#pragma GCC unroll 16
        for (unsigned k = first; k < first + BLOCK; k++) {
            found = _mm256_max_epi16(found, _mm256_add_epi16(a[k], _mm256_set1_epi32(b[k][column])));
        }
        return found;
    }
};

// How exact sums become numbers of the result's bits, cut towards zero, or to odd for f16: rounding those to nearest
// once more is right.
template <bool HALF>
class Rounder {
  public:
    explicit Rounder(const Accumulation& how) {
        const int dropped = HALF ? 0 : 23 - (int)how.result.mantissa_bits;
        kept_ = _mm256_set1_epi32(-(1 << dropped));
        kept_of_double_ = _mm256_set1_epi64x(-(1ll << (29 + dropped)));
    }

    // sum * unit, for sums of less than 2^31 - 2^6.
    __m256 narrow(__m256i sum, __m256 unit) const {
        const __m256 nearest = _mm256_cvtepi32_ps(sum);
        const __m256i back = _mm256_cvttps_epi32(nearest);
        const __m256i away = _mm256_cmpgt_epi32(_mm256_abs_epi32(back), _mm256_abs_epi32(sum));
        __m256i bits = _mm256_and_si256(_mm256_add_epi32(_mm256_castps_si256(nearest), away), kept_);
        if (HALF) bits = _mm256_or_si256(bits, _mm256_andnot_si256(_mm256_cmpeq_epi32(back, sum), _mm256_set1_epi32(1)));
        return scaled(_mm256_castsi256_ps(bits), unit);
    }

    // (first + second) * unit, for any.
    __m256 wide(__m256i first, __m256i second, __m256 unit) const {
        const __m128 low = four(_mm256_castsi256_si128(first), _mm256_castsi256_si128(second));
        const __m128 high = four(_mm256_extracti128_si256(first, 1), _mm256_extracti128_si256(second, 1));
        return scaled(_mm256_set_m128(high, low), unit);
    }

  private:
    __m128 four(__m128i first, __m128i second) const {
        const __m256i all = _mm256_castpd_si256(_mm256_add_pd(_mm256_cvtepi32_pd(first), _mm256_cvtepi32_pd(second)));
        __m256i bits = _mm256_and_si256(all, kept_of_double_);
        if (HALF) {
            const __m256i odd = _mm256_andnot_si256(_mm256_cmpeq_epi64(bits, all), _mm256_set1_epi64x(1ll << 29));
            bits = _mm256_or_si256(bits, odd);
        }
        return _mm256_cvtpd_ps(_mm256_castsi256_pd(bits));
    }
    static __m256 scaled(__m256 value, __m256 unit) {
        const __m256 result = _mm256_mul_ps(value, unit);
        return HALF ? _mm256_cvtph_ps(_mm256_cvtps_ph(result, _MM_FROUND_TO_NEAREST_INT)) : result;
    }

    __m256i kept_, kept_of_double_;  // bits of a float and of a double that stay
};

// Biased exponents of eight accumulators; zero has none. Subnormals of f16 stand at its least; those of f32 are so low
// that the model does their rows.
template <bool HALF>
__m256i exponents_of_c(__m256i bits) {
    const __m256i biased = _mm256_srli_epi32(_mm256_slli_epi32(bits, 1), 24);
    if (!HALF) return biased;
    const __m256i zero = _mm256_cmpeq_epi32(biased, _mm256_setzero_si256());
    return _mm256_andnot_si256(zero, _mm256_max_epi32(biased, _mm256_set1_epi32(LEAST_HALF)));
}

// Eight rows of one column: the bit below which terms are cut, and the sums of what is left in units of it.
template <bool HALF>
struct Rows {
    __m256i products;  // their largest exponents, biased
    __m256i own;       // the largest of products and accumulators
    __m256i clamped;   // that, where the sums below are right
    __m256 scale;      // 1 / unit
    __m256 unit;
    __m256i sum[2];    // two, so that neither can overflow

    Rows(__m256i of_products, const float* c, int fraction_bits) : products(of_products) {
        const __m256i bits = _mm256_castps_si256(_mm256_load_ps(c));
        own = _mm256_max_epi32(products, exponents_of_c<HALF>(bits));
        clamped = _mm256_min_epi32(_mm256_max_epi32(own, _mm256_set1_epi32(LOWEST)), _mm256_set1_epi32(HIGHEST));
        unit = power(_mm256_sub_epi32(clamped, _mm256_set1_epi32(fraction_bits)));
        scale = power(_mm256_sub_epi32(_mm256_set1_epi32(2 * BIAS + fraction_bits), clamped));
        sum[0] = _mm256_cvttps_epi32(_mm256_mul_ps(_mm256_castsi256_ps(bits), scale));
        sum[1] = _mm256_setzero_si256();
    }
    void add(unsigned which, const float* a, __m256 b) {
        const __m256 product = _mm256_mul_ps(_mm256_load_ps(a), b);
        sum[which] = _mm256_add_epi32(sum[which], _mm256_cvttps_epi32(_mm256_mul_ps(product, scale)));
    }
    // A product is below 4 x 2^25, so the sum of eight and an accumulator is narrow.
    template <unsigned BLOCK>
    __m256 total(const Rounder<HALF>& round) const {
        return BLOCK <= 8 ? round.narrow(_mm256_add_epi32(sum[0], sum[1]), unit) : round.wide(sum[0], sum[1], unit);
    }
    __m256i inside() const { return _mm256_cmpeq_epi32(own, clamped); }
    // Rows that the model must do. Where all terms are zero, any unit is right.
    int outside(const float* c) const {
        const __m256i no_products = _mm256_cmpgt_epi32(_mm256_set1_epi32(NOTHING), products);
        const __m256i no_c = _mm256_castps_si256(_mm256_cmp_ps(_mm256_load_ps(c), _mm256_setzero_ps(), _CMP_EQ_OQ));
        const __m256i right = _mm256_or_si256(inside(), _mm256_and_si256(no_products, no_c));
        return ~_mm256_movemask_ps(_mm256_castsi256_ps(right)) & 0xff;
    }

  private:
    static __m256 power(__m256i biased) { return _mm256_castsi256_ps(_mm256_slli_epi32(biased, 23)); }
};

// Rows of the mask `outside`, as the model has them; the others as they are here.
__attribute__((noinline)) void mix(const FloatForm& form, const Accumulation& how, FloatTile& tile, std::optional<FactorNumbers>& factors,
                                   unsigned column, unsigned k, int outside, __m256 first, __m256 second) {
    if (!factors) factors.emplace(form, tile);
    alignas(32) float mixed[TILE_ROWS];
    _mm256_store_ps(mixed, first);
    _mm256_store_ps(mixed + 8, second);
    for (unsigned row = 0; row < TILE_ROWS; row++) {
        if ((outside >> row) & 1) mixed[row] = block_plainly(form, how, *factors, tile.c[column][row], row, column, k);
    }
    std::copy(mixed, mixed + TILE_ROWS, tile.c[column]);
}

template <unsigned BLOCK, bool HALF>
void multiply(const FloatForm& form, const Accumulation& how, FloatTile& tile) {
    const Exponents exponents(form, tile);
    const Rounder<HALF> round(how);
    std::optional<FactorNumbers> factors;  // for the model; most tiles do not need it
    for (unsigned column = 0; column < TILE_COLUMNS; column++) {
        float* const c = tile.c[column];
        for (unsigned k = 0; k < form.fragment.depth; k += BLOCK) {
            const __m256i largest = exponents.largest<BLOCK>(k, column);
            Rows<HALF> upper(_mm256_srai_epi32(_mm256_slli_epi32(largest, 16), 16), c, how.fraction_bits);
            Rows<HALF> lower(_mm256_srai_epi32(largest, 16), c + 8, how.fraction_bits);
#pragma GCC unroll 8
            for (unsigned i = 0; i < BLOCK; i += 2) {
                for (unsigned which = 0; which < 2; which++) {
                    const __m256 b = _mm256_set1_ps(tile.b[k + i + which][column]);
                    upper.add(which, tile.a[k + i + which], b);
                    lower.add(which, tile.a[k + i + which] + 8, b);
                }
            }
            const __m256 first = upper.template total<BLOCK>(round), second = lower.template total<BLOCK>(round);
            const __m256i inside = _mm256_and_si256(upper.inside(), lower.inside());
            const int outside = _mm256_movemask_epi8(inside) == -1 ? 0 : upper.outside(c) | lower.outside(c + 8) << 8;
            if (outside != 0) {
                mix(form, how, tile, factors, column, k, outside, first, second);
            } else {
                _mm256_store_ps(c, first);
                _mm256_store_ps(c + 8, second);
            }
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
