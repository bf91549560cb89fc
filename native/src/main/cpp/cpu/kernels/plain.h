// The plain types: how a vector's neighbours are read as fp32 and written from it, to nearest and ties to even.
#pragma once

#include "vec.h"

namespace ridgepoint::RIDGEPOINT_ISA {

// Bits: a vector's bytes of elements as signed integers; without their sign they order as the numbers do. INFINITY_BITS and
// what is above are no finite numbers.
struct Fp32 {
    typedef float Stored;
    typedef I Bits;
    static constexpr int32_t MAGNITUDE = 0x7FFFFFFF;
    static constexpr int32_t INFINITY_BITS = 0x7F800000;
    static RIDGEPOINT_INLINE F read(const Stored* from) { return load<F>(from); }
    static RIDGEPOINT_INLINE void write(Stored* to, F v) { store(to, v); }
    // The value of a number's bits without sign.
    static RIDGEPOINT_INLINE float value(int32_t bits) {
        float value;
        std::memcpy(&value, &bits, sizeof value);
        return value;
    }
    // Two vectors that hold no NaN.
    static RIDGEPOINT_INLINE void write_numbers(Stored* to, F a, F b) {
        store(to, a);
        store(to + LANES, b);
    }
};

struct Bf16 {
    typedef uint16_t Stored;
    typedef Shorts Bits;
    static constexpr int16_t MAGNITUDE = 0x7FFF;
    static constexpr int16_t INFINITY_BITS = 0x7F80;
    static RIDGEPOINT_INLINE F read(const Stored* from) {
        return floats(load_shorts(from) << 16);
    }
    static RIDGEPOINT_INLINE float value(int32_t bits) { return Fp32::value(bits << 16); }
    static RIDGEPOINT_INLINE void write(Stored* to, F v) {
        I raw = bits(v);
        I kept = v == v ? rounded(raw) : raw | 0x400000;
        store_shorts(to, (I)((U)kept >> 16));
    }
    static RIDGEPOINT_INLINE void write_numbers(Stored* to, F a, F b) {
#if defined(RIDGEPOINT_V3)
        const __m256i low = (__m256i)((U)rounded(bits(a)) >> 16);
        const __m256i high = (__m256i)((U)rounded(bits(b)) >> 16);
        store(to, _mm256_permute4x64_epi64(_mm256_packus_epi32(low, high), 0xD8));
#else
        store_shorts(to, (I)((U)rounded(bits(a)) >> 16));
        store_shorts(to + LANES, (I)((U)rounded(bits(b)) >> 16));
#endif
    }

  private:
    static RIDGEPOINT_INLINE I rounded(I raw) { return raw + 0x7FFF + ((raw >> 16) & 1); }
};

struct Fp16 {
    typedef uint16_t Stored;
    typedef Shorts Bits;
    static constexpr int16_t MAGNITUDE = 0x7FFF;
    static constexpr int16_t INFINITY_BITS = 0x7C00;
#if defined(RIDGEPOINT_V4)
    static RIDGEPOINT_INLINE F read(const Stored* from) { return (F)_mm512_cvtph_ps((__m256i)load<H>(from)); }
    static RIDGEPOINT_INLINE void write(Stored* to, F v) {
        store(to, (H)_mm512_cvtps_ph((__m512)v, _MM_FROUND_TO_NEAREST_INT));
    }
#elif defined(__F16C__)
    static RIDGEPOINT_INLINE F read(const Stored* from) { return (F)_mm256_cvtph_ps((__m128i)load<H>(from)); }
    static RIDGEPOINT_INLINE void write(Stored* to, F v) {
        store(to, (H)_mm256_cvtps_ph((__m256)v, _MM_FROUND_TO_NEAREST_INT));
    }
#else
    static RIDGEPOINT_INLINE F read(const Stored* from) {
        I code = load_shorts(from);
        I mag = code & 0x7FFF;
        I number = bits(floats(mag << 13) * 0x1p112f);
        I special = 0x7F800000 | mag << 13 | (mag > 0x7C00 ? splat(0x400000) : splat(0));
        return floats((mag >= 0x7C00 ? special : number) | (code & 0x8000) << 16);
    }
    static RIDGEPOINT_INLINE void write(Stored* to, F v) {
        I raw = bits(v);
        I mag = raw & 0x7FFFFFFF;
        I small = bits(floats(mag) + 0.5f) - 0x3F000000;
        I normal = ((mag + 0xFFF + ((mag >> 13) & 1)) >> 13) - (112 << 10);
        I finite = min(mag < 0x38800000 ? small : normal, splat(0x7C00));
        I nan = 0x7E00 | ((mag >> 13) & 0x3FF);
        I code = (mag > 0x7F800000 ? nan : finite) | (I)((U)raw >> 16 & 0x8000);
        store_shorts(to, code);
    }
#endif
    static RIDGEPOINT_INLINE float value(int32_t bits) {
#if defined(__F16C__)
        return _cvtsh_ss((uint16_t)bits);
#else
        const Stored some[LANES] = {(Stored)bits};
        return read(some)[0];
#endif
    }
    static RIDGEPOINT_INLINE void write_numbers(Stored* to, F a, F b) {
        write(to, a);
        write(to + LANES, b);
    }
};

// A vector, or fewer: what is missing reads as 0 and is not written.
template <class P>
RIDGEPOINT_INLINE F read(const typename P::Stored* from, Whole) {
    return P::read(from);
}

template <class P>
RIDGEPOINT_INLINE F read(const typename P::Stored* from, int64_t count) {
    typename P::Stored some[LANES] = {};
    std::memcpy(some, from, (size_t)count * sizeof *from);
    return P::read(some);
}

template <class P>
RIDGEPOINT_INLINE void write(typename P::Stored* to, F v, Whole) {
    P::write(to, v);
}

template <class P>
RIDGEPOINT_INLINE void write(typename P::Stored* to, F v, int64_t count) {
    typename P::Stored some[LANES];
    P::write(some, v);
    std::memcpy(to, some, (size_t)count * sizeof *to);
}

// One half; through a vector it would wait for a store to reach a wider load.
RIDGEPOINT_INLINE float read_half(const uint8_t* from) {
    uint16_t code;
    std::memcpy(&code, from, sizeof code);
#if defined(__F16C__)
    return _cvtsh_ss(code);
#else
    return read<Fp16>(&code, 1)[0];
#endif
}

RIDGEPOINT_INLINE void write_half(uint8_t* to, float value) {
    uint16_t code;
#if defined(__F16C__)
    code = (uint16_t)_cvtss_sh(value, _MM_FROUND_TO_NEAREST_INT);
#else
    write<Fp16>(&code, splat(value), 1);
#endif
    std::memcpy(to, &code, sizeof code);
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
