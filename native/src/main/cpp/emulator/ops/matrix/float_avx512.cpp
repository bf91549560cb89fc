// mma.sync of f16 and bf16 with sums of f32, 16 rows a vector, from the registers of a warp to its registers.
//
// The arithmetic is that of float_avx2.cpp. What is unusual is left to that: factors that are infinite or NaN, rows with
// exponents near the ends of a float's range, and sums that need more than 32 bits.
#include "ops/matrix/float_tile.h"

#if defined(__x86_64__)
#include <immintrin.h>

#if !defined(__clang__)
// GCC 12's own intrinsics begin with a register of which it does not matter what it holds.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif

// Functions of this file alone are compiled for processors that not all have: they are called where runs_wide() holds.
#define WIDE __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl")))
#define WIDE_INLINE WIDE __attribute__((always_inline)) inline

namespace ridgepoint::emulator {
namespace {

constexpr unsigned SPAN = 8;             // of the depth, in one register: 4 threads with a pair each
constexpr unsigned PAIRS = SPAN / 2;
constexpr int ZERO = -8000;              // an exponent so low that a sum with it still shows it
constexpr int NOTHING = -7000;           // above any sum with that
constexpr int BIAS = 127;
constexpr int LOWEST = -100 + BIAS;      // of the exponents for which everything below stays a normal float
constexpr int HIGHEST = 120 + BIAS;

bool has_wide_vectors() {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
}

// Of each of the 4 threads: 16 rows of a matrix.
struct ByRow {
    __m512i thread[4];
};

// `upper` holds rows 0 to 7, `lower` 8 to 15: lane 4 row + thread.
WIDE_INLINE ByRow by_row(const uint32_t* upper, const uint32_t* lower) {
    const __m512i first = _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
    const __m512i third = _mm512_add_epi32(first, _mm512_set1_epi32(2));
    const __m512i up[2] = {_mm512_loadu_si512(upper), _mm512_loadu_si512(upper + 16)};
    const __m512i low[2] = {_mm512_loadu_si512(lower), _mm512_loadu_si512(lower + 16)};
    const __m512i up01 = _mm512_permutex2var_epi32(up[0], first, up[1]), up23 = _mm512_permutex2var_epi32(up[0], third, up[1]);
    const __m512i low01 = _mm512_permutex2var_epi32(low[0], first, low[1]), low23 = _mm512_permutex2var_epi32(low[0], third, low[1]);
    return {{_mm512_shuffle_i64x2(up01, low01, 0x44), _mm512_shuffle_i64x2(up01, low01, 0xee),
             _mm512_shuffle_i64x2(up23, low23, 0x44), _mm512_shuffle_i64x2(up23, low23, 0xee)}};
}

WIDE_INLINE void to_registers(const ByRow& from, uint32_t* upper, uint32_t* lower) {
    const __m512i first = _mm512_setr_epi32(0, 8, 16, 24, 1, 9, 17, 25, 2, 10, 18, 26, 3, 11, 19, 27);
    const __m512i fifth = _mm512_add_epi32(first, _mm512_set1_epi32(4));
    const __m512i up01 = _mm512_shuffle_i64x2(from.thread[0], from.thread[1], 0x44), up23 = _mm512_shuffle_i64x2(from.thread[2], from.thread[3], 0x44);
    const __m512i low01 = _mm512_shuffle_i64x2(from.thread[0], from.thread[1], 0xee), low23 = _mm512_shuffle_i64x2(from.thread[2], from.thread[3], 0xee);
    _mm512_storeu_si512(upper, _mm512_permutex2var_epi32(up01, first, up23));
    _mm512_storeu_si512(upper + 16, _mm512_permutex2var_epi32(up01, fifth, up23));
    _mm512_storeu_si512(lower, _mm512_permutex2var_epi32(low01, first, low23));
    _mm512_storeu_si512(lower + 16, _mm512_permutex2var_epi32(low01, fifth, low23));
}

// Pairs of a format, as registers pack them.
template <Type TYPE>
struct Pairs {
    static constexpr int MANTISSA_BITS = TYPE == Type::BF16 ? 7 : 10;
    static constexpr int OWN_BIAS = TYPE == Type::BF16 ? BIAS : 15;
    static constexpr int16_t SPECIAL = TYPE == Type::BF16 ? 0x7f80 : 0x7c00;  // infinity; NaN is above

    // Biased exponents of both, and the largest magnitudes seen.
    WIDE_INLINE static __m512i exponents(__m512i pairs, __m512i& largest) {
        const __m512i magnitude = _mm512_and_si512(pairs, _mm512_set1_epi16(0x7fff));
        largest = _mm512_max_epi16(largest, magnitude);
        const __mmask32 zero = _mm512_cmpeq_epi16_mask(magnitude, _mm512_setzero_si512());
        const __m512i exponent = _mm512_max_epi16(_mm512_srli_epi16(magnitude, MANTISSA_BITS), _mm512_set1_epi16(1));
        return _mm512_mask_mov_epi16(exponent, zero, _mm512_set1_epi16(ZERO));
    }
    WIDE_INLINE static __m512 first(__m512i pairs) {
        if (TYPE == Type::BF16) return _mm512_castsi512_ps(_mm512_slli_epi32(pairs, 16));
        return _mm512_cvtph_ps(_mm512_cvtepi32_epi16(pairs));
    }
    WIDE_INLINE static __m512 second(__m512i pairs) {
        if (TYPE == Type::BF16) return _mm512_castsi512_ps(_mm512_and_si512(pairs, _mm512_set1_epi32((int)0xffff0000)));
        return _mm512_cvtph_ps(_mm512_cvtepi32_epi16(_mm512_srli_epi32(pairs, 16)));
    }
};

// A span of A by rows, and of B as it lies in its register: lane 4 column + pair.
template <Type TYPE>
struct Span {
    __m512i exponents_a[PAIRS];
    __m512 first_a[PAIRS], second_a[PAIRS];
    alignas(64) int32_t exponents_b[LANES];  // of both; the sum with those of A is biased as those of floats are
    alignas(64) float first_b[LANES], second_b[LANES];

    // Whether all factors are finite.
    WIDE_INLINE bool read(const uint32_t* upper, const uint32_t* lower, const uint32_t* b) {
        typedef Pairs<TYPE> P;
        __m512i largest = _mm512_setzero_si512();
        const ByRow rows = by_row(upper, lower);
        for (unsigned p = 0; p < PAIRS; p++) {
            exponents_a[p] = P::exponents(rows.thread[p], largest);
            first_a[p] = P::first(rows.thread[p]);
            second_a[p] = P::second(rows.thread[p]);
        }
        for (unsigned i = 0; i < LANES; i += 16) {
            const __m512i columns = _mm512_loadu_si512(b + i);
            const __m512i exponents = P::exponents(columns, largest);
            _mm512_store_si512(exponents_b + i, _mm512_add_epi16(exponents, _mm512_set1_epi16((int16_t)(BIAS - 2 * P::OWN_BIAS))));
            _mm512_store_ps(first_b + i, P::first(columns));
            _mm512_store_ps(second_b + i, P::second(columns));
        }
        return _mm512_cmpge_epi16_mask(largest, _mm512_set1_epi16(P::SPECIAL)) == 0;
    }

    // The larger of `found` and of the exponents of products, which come in pairs.
    WIDE_INLINE __m512i largest(__m512i found, unsigned column) const {
        for (unsigned p = 0; p < PAIRS; p++) {
            found = _mm512_max_epi16(found, _mm512_add_epi16(exponents_a[p], _mm512_set1_epi32(exponents_b[PAIRS * column + p])));
        }
        return found;
    }

    // The sum and the products, in units of 1 / scale, each cut towards zero.
    WIDE_INLINE __m512i sum(__m512i sum, __m512 scale, unsigned column) const {
        for (unsigned p = 0; p < PAIRS; p++) {
            sum = _mm512_add_epi32(sum, cut(first_a[p], first_b[PAIRS * column + p], scale));
            sum = _mm512_add_epi32(sum, cut(second_a[p], second_b[PAIRS * column + p], scale));
        }
        return sum;
    }

  private:
    WIDE_INLINE static __m512i cut(__m512 a, float b, __m512 scale) {
        return _mm512_cvttps_epi32(_mm512_mul_ps(_mm512_mul_ps(a, _mm512_set1_ps(b)), scale));
    }
};

WIDE_INLINE __m512 power(__m512i biased) { return _mm512_castsi512_ps(_mm512_slli_epi32(biased, 23)); }

// A block of SPANS and an accumulator, of one column. False where the model is needed.
template <unsigned SPANS, Type TYPE>
WIDE_INLINE bool add_block(const Span<TYPE>* spans, int fraction_bits, unsigned column, __m512& c) {
    __m512i pairs = _mm512_set1_epi16(2 * ZERO);
    for (unsigned s = 0; s < SPANS; s++) pairs = spans[s].largest(pairs, column);
    const __m512i products = _mm512_srai_epi32(_mm512_max_epi16(pairs, _mm512_rol_epi32(pairs, 16)), 16);
    const __m512i bits = _mm512_castps_si512(c);
    const __m512i own = _mm512_max_epi32(products, _mm512_srli_epi32(_mm512_slli_epi32(bits, 1), 24));
    const __m512i clamped = _mm512_min_epi32(_mm512_max_epi32(own, _mm512_set1_epi32(LOWEST)), _mm512_set1_epi32(HIGHEST));
    const __mmask16 right = _mm512_cmpeq_epi32_mask(own, clamped);
    if (__builtin_expect(right != 0xffff, false)) {
        // Where all terms are zero, any unit is right.
        const __mmask16 no_products = _mm512_cmplt_epi32_mask(products, _mm512_set1_epi32(NOTHING));
        if ((right | _mm512_mask_cmp_ps_mask(no_products, c, _mm512_setzero_ps(), _CMP_EQ_OQ)) != 0xffff) return false;
    }
    const __m512 unit = power(_mm512_sub_epi32(clamped, _mm512_set1_epi32(fraction_bits)));
    const __m512 scale = power(_mm512_sub_epi32(_mm512_set1_epi32(2 * BIAS + fraction_bits), clamped));
    // A product is below 4 x 2^25, so eight and an accumulator fit; twice as many nearly always do.
    __m512i sum = spans[0].sum(_mm512_cvttps_epi32(_mm512_mul_ps(c, scale)), scale, column);
    if (SPANS == 2) {
        const __m512i more = spans[1].sum(_mm512_setzero_si512(), scale, column);
        const __m512i both = _mm512_add_epi32(sum, more);
        const __m512i beyond = _mm512_ternarylogic_epi32(sum, more, both, 0x42);  // signs alike, but for that of both
        if (_mm512_movepi32_mask(beyond) != 0) return false;
        sum = both;
    }
    c = _mm512_mul_ps(_mm512_cvt_roundepi32_ps(sum, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC), unit);
    return true;
}

// DEPTH and BLOCK in spans.
template <Type TYPE, unsigned DEPTH, unsigned BLOCK>
WIDE bool multiply(int fraction_bits, const FragmentRegisters& registers) {
    Span<TYPE> spans[DEPTH];
    for (unsigned s = 0; s < DEPTH; s++) {
        if (!spans[s].read(registers.a[2 * s], registers.a[2 * s + 1], registers.b[s])) return false;
    }
    // Of a thread's two columns, the first and the second.
    ByRow c[2] = {by_row(registers.c[0], registers.c[2]), by_row(registers.c[1], registers.c[3])};
    for (unsigned s = 0; s < DEPTH; s += BLOCK) {
        for (unsigned column = 0; column < TILE_COLUMNS; column++) {
            __m512i& held = c[column % 2].thread[column / 2];
            __m512 sum = _mm512_castsi512_ps(held);
            if (!add_block<BLOCK>(spans + s, fraction_bits, column, sum)) return false;
            held = _mm512_castps_si512(sum);
        }
    }
    to_registers(c[0], registers.d[0], registers.d[2]);
    to_registers(c[1], registers.d[1], registers.d[3]);
    return true;
}

template <Type TYPE>
bool multiply(unsigned depth, unsigned block, int fraction_bits, const FragmentRegisters& registers) {
    if (depth == SPAN) return multiply<TYPE, 1, 1>(fraction_bits, registers);
    return block == SPAN ? multiply<TYPE, 2, 1>(fraction_bits, registers) : multiply<TYPE, 2, 2>(fraction_bits, registers);
}

}  // namespace

bool runs_wide(const FloatForm& form) {
    static const bool has = has_wide_vectors();
    return has && (form.a == Type::F16 || form.a == Type::BF16) && form.result == Type::F32;
}

bool multiply_wide(const FloatForm& form, const Accumulation& how, const FragmentRegisters& registers) {
    const unsigned depth = form.fragment.depth;
    return form.a == Type::F16 ? multiply<Type::F16>(depth, how.block, how.fraction_bits, registers)
                               : multiply<Type::BF16>(depth, how.block, how.fraction_bits, registers);
}

}  // namespace ridgepoint::emulator
#endif
