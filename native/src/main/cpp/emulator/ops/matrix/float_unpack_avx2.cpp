// Fragments to matrices and back with vectors: a transposition for each register puts 8 rows side by side.
#include "ops/matrix/float_tile.h"

#if defined(__AVX2__) && defined(__F16C__)
#include "fp/half.h"
#include "ops/matrix/transpose.h"

namespace ridgepoint::emulator {
namespace {

__m256 of_halves(__m256i low_halves) {
    const __m128i packed = _mm_packus_epi32(_mm256_castsi256_si128(low_halves), _mm256_extracti128_si256(low_halves, 1));
    return _mm256_cvtph_ps(packed);
}

// Element i of each of 8 packed registers, as floats.
template <unsigned BITS>
__m256i field(__m256i packed, unsigned i) {
    return _mm256_and_si256(_mm256_srli_epi32(packed, (int)(i * BITS)), _mm256_set1_epi32((1 << BITS) - 1));
}

__m256 of_minifloats(__m256i codes, const float* table) { return _mm256_i32gather_ps(table, codes, 4); }

struct MinifloatTable {
    float value[256];
    explicit MinifloatTable(Type type) {
        for (unsigned code = 0; code < 256; code++) value[code] = (float)decode(format_of(type), code);
    }
};

const float* table_of(Type type) {
    static const MinifloatTable e4m3(Type::E4M3), e5m2(Type::E5M2);
    return type == Type::E4M3 ? e4m3.value : e5m2.value;
}

__m256 element(Type type, __m256i packed, unsigned i) {
    switch (type) {
        case Type::F16: return of_halves(field<16>(packed, i));
        case Type::BF16:
            return _mm256_castsi256_ps(i == 0 ? _mm256_slli_epi32(packed, 16)
                                              : _mm256_and_si256(packed, _mm256_set1_epi32((int)0xffff0000)));
        case Type::TF32: return _mm256_castsi256_ps(_mm256_and_si256(packed, _mm256_set1_epi32((int)0xffffe000)));
        default: return of_minifloats(field<8>(packed, i), table_of(type));
    }
}

}  // namespace

void unpack_quickly(const FloatForm& form, const FragmentRegisters& registers, FloatTile& tile) {
    const Fragment& fragment = form.fragment;
    for (unsigned r = 0; r < fragment.registers_of_a(); r++) {
        const ByThread lanes = by_thread(registers.a[r]);
        for (unsigned thread = 0; thread < 4; thread++) {
            for (unsigned i = 0; i < fragment.packed; i++) {
                const Place at = fragment.in_a(thread, r, i);
                _mm256_store_ps(&tile.a[at.column][at.row], element(form.a, lanes.thread[thread], i));
            }
        }
    }
    for (unsigned r = 0; r < fragment.registers_of_b(); r++) {
        const ByThread lanes = by_thread(registers.b[r]);
        for (unsigned thread = 0; thread < 4; thread++) {
            for (unsigned i = 0; i < fragment.packed; i++) {
                const Place at = fragment.in_b(thread, r, i);
                _mm256_store_ps(&tile.b[at.row][at.column], element(form.b, lanes.thread[thread], i));
            }
        }
    }
    const bool half = form.result == Type::F16;
    for (unsigned r = 0; r < (half ? 2u : 4u); r++) {
        const ByThread lanes = by_thread(registers.c[r]);
        for (unsigned thread = 0; thread < 4; thread++) {
            for (unsigned i = 0; i < (half ? 2u : 1u); i++) {
                const Place at = Fragment::in_c(thread, half ? 2 * r + i : r);
                const __m256 value = half ? of_halves(field<16>(lanes.thread[thread], i)) : _mm256_castsi256_ps(lanes.thread[thread]);
                _mm256_store_ps(&tile.c[at.column][at.row], value);
            }
        }
    }
}

void pack_quickly(const FloatForm& form, const FloatTile& tile, const FragmentRegisters& registers) {
    if (form.result == Type::F16) return pack_plainly(form, tile, registers);
    for (unsigned r = 0; r < 4; r++) {
        ByThread lanes;
        for (unsigned thread = 0; thread < 4; thread++) {
            const Place at = Fragment::in_c(thread, r);
            lanes.thread[thread] = _mm256_castps_si256(_mm256_load_ps(&tile.c[at.column][at.row]));
        }
        to_lanes(lanes, registers.d[r]);
    }
}

}  // namespace ridgepoint::emulator
#endif
