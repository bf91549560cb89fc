// Fragments to matrices and back with vectors: a transposition for each register puts 8 rows side by side.
#include "ops/matrix/float_tile.h"

#if defined(__AVX2__) && defined(__F16C__)
#include <type_traits>

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

// e5m2 is the upper half of an f16.
__m256 of_e5m2(__m256i codes) { return of_halves(_mm256_slli_epi32(codes, 8)); }

// As an f16, a code of e4m3 is 2^8 too small, for subnormal numbers, too; all ones below the sign are NaN.
__m256 of_e4m3(__m256i codes) {
    const __m256i magnitude = _mm256_and_si256(codes, _mm256_set1_epi32(0x7f));
    const __m256i sign = _mm256_slli_epi32(_mm256_sub_epi32(codes, magnitude), 8);
    const __m256 number = _mm256_mul_ps(of_halves(_mm256_or_si256(sign, _mm256_slli_epi32(magnitude, 7))), _mm256_set1_ps(256));
    const __m256i nan = _mm256_cmpeq_epi32(magnitude, _mm256_set1_epi32(0x7f));
    return _mm256_or_ps(number, _mm256_castsi256_ps(nan));
}

template <Type TYPE>
__m256 element(__m256i packed, unsigned i) {
    switch (TYPE) {
        case Type::F16: return of_halves(field<16>(packed, i));
        case Type::BF16:
            return _mm256_castsi256_ps(i == 0 ? _mm256_slli_epi32(packed, 16)
                                              : _mm256_and_si256(packed, _mm256_set1_epi32((int)0xffff0000)));
        case Type::TF32: return _mm256_castsi256_ps(_mm256_and_si256(packed, _mm256_set1_epi32((int)0xffffe000)));
        case Type::F32: return _mm256_castsi256_ps(packed);
        case Type::E4M3: return of_e4m3(field<8>(packed, i));
        default: return of_e5m2(field<8>(packed, i));
    }
}

// One register of a fragment: calls store(thread, i, 8 groups' elements i). Types are constants, so that places are too.
template <Type TYPE, unsigned PACKED, class F>
inline void unpack_register(const uint32_t* lanes, F store) {
    const ByThread by = by_thread(lanes);
    for (unsigned thread = 0; thread < 4; thread++) {
        for (unsigned i = 0; i < PACKED; i++) store(thread, i, element<TYPE>(by.thread[thread], i));
    }
}

template <Type TYPE, unsigned PACKED>
void unpack_a(const FragmentRegisters& registers, unsigned count, FloatTile& tile) {
    constexpr Fragment fragment{TILE_ROWS, TILE_DEPTH, PACKED};
    for (unsigned r = 0; r < count; r++) {
        unpack_register<TYPE, PACKED>(registers.a[r], [&](unsigned thread, unsigned i, __m256 values) {
            const Place at = fragment.in_a(thread, r, i);
            _mm256_store_ps(&tile.a[at.column][at.row], values);
        });
    }
}

template <Type TYPE, unsigned PACKED>
void unpack_b(const FragmentRegisters& registers, unsigned count, FloatTile& tile) {
    constexpr Fragment fragment{TILE_ROWS, TILE_DEPTH, PACKED};
    for (unsigned r = 0; r < count; r++) {
        unpack_register<TYPE, PACKED>(registers.b[r], [&](unsigned thread, unsigned i, __m256 values) {
            const Place at = fragment.in_b(thread, r, i);
            _mm256_store_ps(&tile.b[at.row][at.column], values);
        });
    }
}

template <Type TYPE, unsigned PACKED>
void unpack_c(const FragmentRegisters& registers, FloatTile& tile) {
    for (unsigned r = 0; r < 4 / PACKED; r++) {
        unpack_register<TYPE, PACKED>(registers.c[r], [&](unsigned thread, unsigned i, __m256 values) {
            const Place at = Fragment::in_c(thread, r * PACKED + i);
            _mm256_store_ps(&tile.c[at.column][at.row], values);
        });
    }
}

// Calls body(constant type, constant elements a register) for a factor's type.
template <class F>
void for_factor(Type type, F body) {
    using std::integral_constant;
    switch (type) {
        case Type::F16: return body(integral_constant<Type, Type::F16>(), integral_constant<unsigned, 2>());
        case Type::BF16: return body(integral_constant<Type, Type::BF16>(), integral_constant<unsigned, 2>());
        case Type::TF32: return body(integral_constant<Type, Type::TF32>(), integral_constant<unsigned, 1>());
        case Type::E4M3: return body(integral_constant<Type, Type::E4M3>(), integral_constant<unsigned, 4>());
        default: return body(integral_constant<Type, Type::E5M2>(), integral_constant<unsigned, 4>());
    }
}

}  // namespace

void unpack_quickly(const FloatForm& form, const FragmentRegisters& registers, FloatTile& tile) {
    for_factor(form.a, [&](auto type, auto packed) {
        unpack_a<decltype(type)::value, decltype(packed)::value>(registers, form.fragment.registers_of_a(), tile);
    });
    for_factor(form.b, [&](auto type, auto packed) {
        unpack_b<decltype(type)::value, decltype(packed)::value>(registers, form.fragment.registers_of_b(), tile);
    });
    if (form.result == Type::F16) return unpack_c<Type::F16, 2>(registers, tile);
    unpack_c<Type::F32, 1>(registers, tile);
}

namespace {
// 8 results as f16, each in 32 bits.
__m256i halves(const float* values) {
    return _mm256_cvtepu16_epi32(_mm256_cvtps_ph(_mm256_load_ps(values), _MM_FROUND_TO_NEAREST_INT));
}
}  // namespace

void pack_quickly(const FloatForm& form, const FloatTile& tile, const FragmentRegisters& registers) {
    const bool half = form.result == Type::F16;
    for (unsigned r = 0; r < (half ? 2u : 4u); r++) {
        ByThread lanes;
        for (unsigned thread = 0; thread < 4; thread++) {
            const Place at = Fragment::in_c(thread, half ? 2 * r : r);
            const float* const values = &tile.c[at.column][at.row];
            const float* const next = &tile.c[at.column + (half ? 1 : 0)][at.row];  // of the half above
            lanes.thread[thread] = half ? _mm256_or_si256(halves(values), _mm256_slli_epi32(halves(next), 16))
                                        : _mm256_castps_si256(_mm256_load_ps(values));
        }
        to_lanes(lanes, registers.d[r]);
    }
}

}  // namespace ridgepoint::emulator
#endif
