// Eight lanes in the compiler's vector extension: one source for AVX2 and for the baseline.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

// Each instruction set's code lives in a namespace of its own, so that the linker keeps both.
#if defined(__AVX2__) && defined(__FMA__) && defined(__F16C__)
#define RIDGEPOINT_ISA v3
#else
#define RIDGEPOINT_ISA baseline
#endif

#define RIDGEPOINT_INLINE inline __attribute__((always_inline))

namespace ridgepoint::RIDGEPOINT_ISA {

constexpr int LANES = 8;

typedef float F __attribute__((vector_size(32)));
typedef int32_t I __attribute__((vector_size(32)));
typedef uint32_t U __attribute__((vector_size(32)));
typedef uint16_t H __attribute__((vector_size(16)));
typedef uint8_t B __attribute__((vector_size(8)));
typedef int8_t S __attribute__((vector_size(8)));

template <class V, class T>
RIDGEPOINT_INLINE V load(const T* from) {
    V v;
    std::memcpy(&v, from, sizeof v);
    return v;
}

template <class V, class T>
RIDGEPOINT_INLINE void store(T* to, V v) {
    std::memcpy(to, &v, sizeof v);
}

// A difference from 0 keeps the sign of -0, which a sum would lose.
RIDGEPOINT_INLINE F splat(float x) { return x - F{}; }
RIDGEPOINT_INLINE I splat(int32_t x) { return I{} + x; }
RIDGEPOINT_INLINE I bits(F v) { return (I)v; }
RIDGEPOINT_INLINE F floats(I v) { return (F)v; }
RIDGEPOINT_INLINE F magnitude(F v) { return floats(bits(v) & 0x7FFFFFFF); }

RIDGEPOINT_INLINE I min(I a, I b) { return a < b ? a : b; }
RIDGEPOINT_INLINE I max(I a, I b) { return a > b ? a : b; }
// A NaN in the first operand yields the second, as fminf and fmaxf do.
RIDGEPOINT_INLINE F min(F a, F b) { return a < b ? a : b; }
RIDGEPOINT_INLINE F max(F a, F b) { return a > b ? a : b; }

// v within [lo, hi], and 0 where it is NaN: what a conversion to integer that saturates makes of it.
RIDGEPOINT_INLINE F saturate(F v, float lo, float hi) {
    return floats(bits(min(max(v, splat(lo)), splat(hi))) & (v == v));
}

// To nearest, ties to even, of what fits 22 bits: the sum's last place is 1, so the adder rounds.
RIDGEPOINT_INLINE I round_even(F v) {
    constexpr float ANCHOR = 12582912.0f;  // 1.5 * 2^23
    return bits(v + ANCHOR) - bits(splat(ANCHOR));
}

RIDGEPOINT_INLINE I truncate(F v) { return __builtin_convertvector(v, I); }
RIDGEPOINT_INLINE F to_float(I v) { return __builtin_convertvector(v, F); }

// The low byte of every lane.
RIDGEPOINT_INLINE void store_bytes(uint8_t* to, I v) { store(to, __builtin_convertvector((U)v, B)); }

// The low byte of every lane of four vectors, in order.
RIDGEPOINT_INLINE void store_bytes(uint8_t* to, I a, I b, I c, I d) {
#if defined(__AVX2__)
    const I low = splat(0xFF);
    __m256i ab = _mm256_packus_epi32((__m256i)(a & low), (__m256i)(b & low));
    __m256i cd = _mm256_packus_epi32((__m256i)(c & low), (__m256i)(d & low));
    // Packing works within 128-bit halves; this puts the quarters back in order.
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    _mm256_storeu_si256((__m256i*)to, _mm256_permutevar8x32_epi32(_mm256_packus_epi16(ab, cd), order));
#else
    store_bytes(to, a);
    store_bytes(to + 8, b);
    store_bytes(to + 16, c);
    store_bytes(to + 24, d);
#endif
}

RIDGEPOINT_INLINE I load_signed_bytes(const uint8_t* from) { return __builtin_convertvector(load<S>(from), I); }
RIDGEPOINT_INLINE I load_bytes(const uint8_t* from) { return (I)__builtin_convertvector(load<B>(from), U); }

// Eight bytes, or what is left of a stretch and zeros.
RIDGEPOINT_INLINE const uint8_t* up_to(const uint8_t* from, int64_t left, uint8_t* some) {
    if (left >= LANES) return from;
    std::memset(some, 0, LANES);
    std::memcpy(some, from, (size_t)left);
    return some;
}

RIDGEPOINT_INLINE I load_signed_bytes(const uint8_t* from, int64_t left) {
    uint8_t some[LANES];
    return load_signed_bytes(up_to(from, left, some));
}

RIDGEPOINT_INLINE I load_bytes(const uint8_t* from, int64_t left) {
    uint8_t some[LANES];
    return load_bytes(up_to(from, left, some));
}

// Largest lane; for maxima that no lane's NaN can reach.
RIDGEPOINT_INLINE float largest(F v) {
    float max = v[0];
    for (int i = 1; i < LANES; i++) max = v[i] > max ? v[i] : max;
    return max;
}

RIDGEPOINT_INLINE int32_t largest(I v) {
    int32_t max = v[0];
    for (int i = 1; i < LANES; i++) max = v[i] > max ? v[i] : max;
    return max;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
