// Lanes in the compiler's vector extension: one source for sixteen of AVX-512, eight of AVX2 and eight of the baseline.
#pragma once

#include <cstdint>
#include <cstring>

#if defined(__AVX2__)
#include <immintrin.h>
#endif

// Each instruction set's code lives in a namespace of its own, so that the linker keeps all.
#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define RIDGEPOINT_V4
#define RIDGEPOINT_ISA v4
#elif defined(__AVX2__) && defined(__FMA__) && defined(__F16C__)
#define RIDGEPOINT_V3
#define RIDGEPOINT_ISA v3
#else
#define RIDGEPOINT_ISA baseline
#endif
#define RIDGEPOINT_TEXT(name) #name
#define RIDGEPOINT_NAME(name) RIDGEPOINT_TEXT(name)

#define RIDGEPOINT_INLINE inline __attribute__((always_inline))

namespace ridgepoint::RIDGEPOINT_ISA {

#if defined(RIDGEPOINT_V4)
constexpr int LANES = 16;
#else
constexpr int LANES = 8;
#endif

typedef float F __attribute__((vector_size(4 * LANES)));
typedef int32_t I __attribute__((vector_size(4 * LANES)));
typedef uint32_t U __attribute__((vector_size(4 * LANES)));
typedef int16_t Shorts __attribute__((vector_size(4 * LANES)));
typedef uint16_t H __attribute__((vector_size(2 * LANES)));
typedef uint8_t B __attribute__((vector_size(LANES)));
typedef int8_t S __attribute__((vector_size(LANES)));

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

// To nearest, ties to even, of what fits an int32.
RIDGEPOINT_INLINE I nearest(F v) {
#if defined(RIDGEPOINT_V4)
    return (I)_mm512_cvtps_epi32((__m512)v);
#elif defined(RIDGEPOINT_V3)
    return (I)_mm256_cvtps_epi32((__m256)v);
#else
    return round_even(v);
#endif
}

// What kernels that stream do at a time.
constexpr int BLOCK = 4 * LANES;

// Calls body(i, Whole) for each whole vector of a stretch and body(i, left) for what is left of it.
struct Whole {
    constexpr operator int64_t() const { return LANES; }
};

template <class Body>
RIDGEPOINT_INLINE void each_vector(int64_t from, int64_t to, Body body) {
    int64_t i = from;
    for (; i + LANES <= to; i += LANES) body(i, Whole{});
    if (i < to) body(i, to - i);
}

// Compilers convert vectors of bytes one by one, so the processor's own instructions are named.

RIDGEPOINT_INLINE I load_bytes(const uint8_t* from) {
#if defined(RIDGEPOINT_V4)
    return (I)_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i*)from));
#elif defined(RIDGEPOINT_V3)
    return (I)_mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i*)from));
#else
    return (I)__builtin_convertvector(load<B>(from), U);
#endif
}

RIDGEPOINT_INLINE I load_signed_bytes(const uint8_t* from) {
#if defined(RIDGEPOINT_V4)
    return (I)_mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i*)from));
#elif defined(RIDGEPOINT_V3)
    return (I)_mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i*)from));
#else
    return __builtin_convertvector(load<S>(from), I);
#endif
}

RIDGEPOINT_INLINE Shorts load_bytes_as_shorts(const uint8_t* from) {
#if defined(RIDGEPOINT_V4)
    return (Shorts)_mm512_cvtepu8_epi16(_mm256_loadu_si256((const __m256i*)from));
#elif defined(RIDGEPOINT_V3)
    return (Shorts)_mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i*)from));
#else
    typedef uint8_t Bytes __attribute__((vector_size(2 * LANES)));
    return __builtin_convertvector(load<Bytes>(from), Shorts);
#endif
}

RIDGEPOINT_INLINE I load_shorts(const uint16_t* from) {
#if defined(RIDGEPOINT_V4)
    return (I)_mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i*)from));
#elif defined(RIDGEPOINT_V3)
    return (I)_mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i*)from));
#else
    return (I)__builtin_convertvector(load<H>(from), U);
#endif
}

// The low byte of every lane.
RIDGEPOINT_INLINE void store_bytes(uint8_t* to, I v) {
#if defined(RIDGEPOINT_V4)
    _mm_storeu_si128((__m128i*)to, _mm512_cvtepi32_epi8((__m512i)v));
#elif defined(RIDGEPOINT_V3)
    const __m256i pick = _mm256_set1_epi32(0x0C080400);
    const __m256i low = _mm256_shuffle_epi8((__m256i)v, pick);
    store(to, _mm_cvtsi128_si64(_mm_unpacklo_epi32(_mm256_castsi256_si128(low), _mm256_extracti128_si256(low, 1))));
#else
    store(to, __builtin_convertvector((U)v, B));
#endif
}

// Lanes that fit 16 bits.
RIDGEPOINT_INLINE void store_shorts(uint16_t* to, I v) {
#if defined(RIDGEPOINT_V4)
    _mm256_storeu_si256((__m256i*)to, _mm512_cvtepi32_epi16((__m512i)v));
#elif defined(RIDGEPOINT_V3)
    const __m256i packed = _mm256_packus_epi32((__m256i)v, (__m256i)v);
    _mm_storeu_si128((__m128i*)to, _mm256_castsi256_si128(_mm256_permute4x64_epi64(packed, 0x08)));
#else
    store(to, __builtin_convertvector((U)v, H));
#endif
}

#if defined(RIDGEPOINT_V4)
// Packing works within 128-bit quarters; this puts what four vectors gave each of them back in order.
RIDGEPOINT_INLINE __m512i in_order(__m512i packed) {
    return _mm512_permutexvar_epi32(_mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), packed);
}
#elif defined(RIDGEPOINT_V3)
// Packing works within 128-bit halves; this puts the quarters back in order.
RIDGEPOINT_INLINE __m256i in_order(__m256i packed) {
    return _mm256_permutevar8x32_epi32(packed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
}
#endif

// The low byte of every lane of four vectors, in order.
RIDGEPOINT_INLINE void store_bytes(uint8_t* to, I a, I b, I c, I d) {
#if defined(RIDGEPOINT_V3)
    const I low = splat(0xFF);
    __m256i ab = _mm256_packus_epi32((__m256i)(a & low), (__m256i)(b & low));
    __m256i cd = _mm256_packus_epi32((__m256i)(c & low), (__m256i)(d & low));
    _mm256_storeu_si256((__m256i*)to, in_order(_mm256_packus_epi16(ab, cd)));
#else
    store_bytes(to, a);
    store_bytes(to + LANES, b);
    store_bytes(to + 2 * LANES, c);
    store_bytes(to + 3 * LANES, d);
#endif
}

// Lanes of four vectors as signed bytes, saturated, in order.
RIDGEPOINT_INLINE void store_saturated(uint8_t* to, I a, I b, I c, I d) {
#if defined(RIDGEPOINT_V4)
    const __m512i ab = _mm512_packs_epi32((__m512i)a, (__m512i)b);
    const __m512i cd = _mm512_packs_epi32((__m512i)c, (__m512i)d);
    _mm512_storeu_si512(to, in_order(_mm512_packs_epi16(ab, cd)));
#elif defined(RIDGEPOINT_V3)
    __m256i ab = _mm256_packs_epi32((__m256i)a, (__m256i)b);
    __m256i cd = _mm256_packs_epi32((__m256i)c, (__m256i)d);
    _mm256_storeu_si256((__m256i*)to, in_order(_mm256_packs_epi16(ab, cd)));
#else
    const I* all[] = {&a, &b, &c, &d};
    for (int i = 0; i < 4; i++) store_bytes(to + i * LANES, min(max(*all[i], splat(-128)), splat(127)));
#endif
}

// Fewer bytes than lanes; what is missing reads as 0.
RIDGEPOINT_INLINE B some_bytes(const uint8_t* from, int64_t count) {
    B some = {};
    std::memcpy(&some, from, (size_t)count);
    return some;
}

RIDGEPOINT_INLINE I load_signed_bytes(const uint8_t* from, Whole) { return load_signed_bytes(from); }
RIDGEPOINT_INLINE I load_signed_bytes(const uint8_t* from, int64_t count) {
    const B some = some_bytes(from, count);
    return load_signed_bytes((const uint8_t*)&some);
}

RIDGEPOINT_INLINE I load_bytes(const uint8_t* from, Whole) { return load_bytes(from); }
RIDGEPOINT_INLINE I load_bytes(const uint8_t* from, int64_t count) {
    const B some = some_bytes(from, count);
    return load_bytes((const uint8_t*)&some);
}

RIDGEPOINT_INLINE void store_bytes(uint8_t* to, I v, Whole) { store_bytes(to, v); }
RIDGEPOINT_INLINE void store_bytes(uint8_t* to, I v, int64_t count) {
    uint8_t some[LANES];
    store_bytes(some, v);
    std::memcpy(to, some, (size_t)count);
}

// Whether any bit is set.
RIDGEPOINT_INLINE bool any(I v) {
#if defined(RIDGEPOINT_V4)
    return _mm512_test_epi32_mask((__m512i)v, (__m512i)v) != 0;
#elif defined(RIDGEPOINT_V3)
    return !_mm256_testz_si256((__m256i)v, (__m256i)v);
#else
    int32_t all = 0;
    for (int i = 0; i < LANES; i++) all |= v[i];
    return all != 0;
#endif
}

#if defined(RIDGEPOINT_V4)
RIDGEPOINT_INLINE float sum_of_lanes(F v) { return _mm512_reduce_add_ps((__m512)v); }

// Largest lane; floats hold no NaN, shorts are not negative.
RIDGEPOINT_INLINE float largest(F v) { return _mm512_reduce_max_ps((__m512)v); }
RIDGEPOINT_INLINE int32_t largest(I v) { return _mm512_reduce_max_epi32((__m512i)v); }

RIDGEPOINT_INLINE int32_t largest(Shorts v) {
    const __m256i m = _mm256_max_epi16(_mm512_castsi512_si256((__m512i)v), _mm512_extracti64x4_epi64((__m512i)v, 1));
    const __m128i n = _mm_max_epi16(_mm256_castsi256_si128(m), _mm256_extracti128_si256(m, 1));
    return 0xFFFF & ~_mm_cvtsi128_si32(_mm_minpos_epu16(_mm_xor_si128(n, _mm_set1_epi32(-1))));
}
#elif defined(RIDGEPOINT_V3)
RIDGEPOINT_INLINE float sum_of_lanes(F v) {
    __m128 s = _mm_add_ps(_mm256_castps256_ps128((__m256)v), _mm256_extractf128_ps((__m256)v, 1));
    s = _mm_add_ps(s, _mm_movehl_ps(s, s));
    return _mm_cvtss_f32(_mm_add_ss(s, _mm_shuffle_ps(s, s, 1)));
}

// Largest lane; floats hold no NaN, shorts are not negative.
RIDGEPOINT_INLINE float largest(F v) {
    __m128 m = _mm_max_ps(_mm256_castps256_ps128((__m256)v), _mm256_extractf128_ps((__m256)v, 1));
    m = _mm_max_ps(m, _mm_movehl_ps(m, m));
    return _mm_cvtss_f32(_mm_max_ss(m, _mm_shuffle_ps(m, m, 1)));
}

RIDGEPOINT_INLINE int32_t largest(I v) {
    __m128i m = _mm_max_epi32(_mm256_castsi256_si128((__m256i)v), _mm256_extracti128_si256((__m256i)v, 1));
    m = _mm_max_epi32(m, _mm_shuffle_epi32(m, 0x4E));
    return _mm_cvtsi128_si32(_mm_max_epi32(m, _mm_shuffle_epi32(m, 0xB1)));
}

RIDGEPOINT_INLINE int32_t largest(Shorts v) {
    const __m128i m = _mm_max_epi16(_mm256_castsi256_si128((__m256i)v), _mm256_extracti128_si256((__m256i)v, 1));
    const __m128i all = _mm_set1_epi32(-1);
    return 0xFFFF & ~_mm_cvtsi128_si32(_mm_minpos_epu16(_mm_xor_si128(m, all)));
}
#else
template <class V>
RIDGEPOINT_INLINE auto largest_of_lanes(V v) {
    auto max = v[0];
    for (size_t i = 1; i < sizeof(V) / sizeof v[0]; i++) max = v[i] > max ? v[i] : max;
    return max;
}

RIDGEPOINT_INLINE float sum_of_lanes(F v) { return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7])); }
RIDGEPOINT_INLINE float largest(F v) { return largest_of_lanes(v); }
RIDGEPOINT_INLINE int32_t largest(I v) { return largest_of_lanes(v); }
RIDGEPOINT_INLINE int32_t largest(Shorts v) { return largest_of_lanes(v); }
#endif

}  // namespace ridgepoint::RIDGEPOINT_ISA
