// Two products a step: pairs of elements lie in the halves of 32 bits, where one instruction multiplies and adds them
// exactly. Which elements form a pair does not matter as long as it is the same in A and B: those that are half a
// register apart.
#include "ops/matrix/integer_tile.h"

#if defined(__AVX2__)
#include "ops/matrix/transpose.h"

namespace ridgepoint::emulator {
namespace {

constexpr unsigned MOST_STEPS = 32;  // pairs in a row of 64
constexpr unsigned COLUMNS = 8;

// Element `i` of the lower and of the upper half of 8 registers, as integers of 16 bits.
__m256i pairs(const IntegerType& type, __m256i packed, unsigned i) {
    const __m128i up = _mm_cvtsi32_si128((int)(16 - type.bits * (i + 1))), down = _mm_cvtsi32_si128((int)(16 - type.bits));
    const __m256i at_top = _mm256_sll_epi16(packed, up);
    return type.has_sign ? _mm256_sra_epi16(at_top, down) : _mm256_srl_epi16(at_top, down);
}

// The pairs of one register: a step for each thread and element of a half.
void unpack(const IntegerType& type, const uint32_t* lanes, __m256i* step, unsigned stride) {
    const ByThread by = by_thread(lanes);
    for (unsigned thread = 0; thread < 4; thread++) {
        for (unsigned i = 0; i < 16 / type.bits; i++, step += stride) *step = pairs(type, by.thread[thread], i);
    }
}

// Rows lie side by side, in BLOCKS of 8.
template <unsigned BLOCKS>
struct Sums {
    __m256i column[COLUMNS][BLOCKS];

    Sums(const IntegerForm& form, const FragmentRegisters& registers) {
        __m256i a[MOST_STEPS][BLOCKS];
        alignas(32) int32_t b[MOST_STEPS][COLUMNS];
        const unsigned steps_a_register = 4 * 16 / form.a.bits;
        const unsigned deep = form.fragment.registers_of_b();
        for (unsigned r = 0; r < deep; r++) {
            const unsigned first = r * steps_a_register;
            for (unsigned block = 0; block < BLOCKS; block++) unpack(form.a, registers.a[r * BLOCKS + block], &a[first][block], BLOCKS);
            unpack(form.b, registers.b[r], (__m256i*)b[first], 1);
        }
        for (unsigned c = 0; c < COLUMNS; c++) {
            __m256i sum[BLOCKS] = {};
            for (unsigned step = 0; step < deep * steps_a_register; step++) {
                const __m256i pair = _mm256_set1_epi32(b[step][c]);
                for (unsigned block = 0; block < BLOCKS; block++) {
                    sum[block] = _mm256_add_epi32(sum[block], _mm256_madd_epi16(a[step][block], pair));
                }
            }
            for (unsigned block = 0; block < BLOCKS; block++) column[c][block] = sum[block];
        }
    }
};

__m256i clamped_sum(__m256i a, __m256i b) {
    const __m256i sum = _mm256_add_epi32(a, b);
    const __m256i beyond = _mm256_andnot_si256(_mm256_xor_si256(a, b), _mm256_xor_si256(a, sum));
    const __m256i limit = _mm256_xor_si256(_mm256_srai_epi32(a, 31), _mm256_set1_epi32(0x7fffffff));
    return _mm256_blendv_epi8(sum, limit, _mm256_srai_epi32(beyond, 31));
}

template <unsigned BLOCKS>
void multiply(const IntegerForm& form, const FragmentRegisters& registers) {
    const Sums<BLOCKS> sums(form, registers);
    ByThread result[2 * BLOCKS];  // registers of C are read before any of D is written
    for (unsigned e = 0; e < 2 * BLOCKS; e++) {
        const ByThread held = by_thread(registers.c[e]);
        for (unsigned thread = 0; thread < 4; thread++) {
            const __m256i sum = sums.column[2 * thread + e % 2][e / 2];
            result[e].thread[thread] = form.clamp ? clamped_sum(held.thread[thread], sum) : _mm256_add_epi32(held.thread[thread], sum);
        }
    }
    for (unsigned e = 0; e < 2 * BLOCKS; e++) to_lanes(result[e], registers.d[e]);
}

}  // namespace

void multiply_integers_quickly(const IntegerForm& form, const FragmentRegisters& registers) {
    form.fragment.rows == 8 ? multiply<1>(form, registers) : multiply<2>(form, registers);
}

}  // namespace ridgepoint::emulator
#endif
