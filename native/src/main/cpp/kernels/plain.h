// The plain types: how eight neighbours are read as fp32 and written from it, to nearest and ties to even.
#pragma once

#include "vec.h"

namespace ridgepoint::RIDGEPOINT_ISA {

struct Fp32 {
    typedef float Stored;
    static RIDGEPOINT_INLINE F read(const Stored* from) { return load<F>(from); }
    static RIDGEPOINT_INLINE void write(Stored* to, F v) { store(to, v); }
};

struct Bf16 {
    typedef uint16_t Stored;
    static RIDGEPOINT_INLINE F read(const Stored* from) {
        return floats((I)__builtin_convertvector(load<H>(from), U) << 16);
    }
    static RIDGEPOINT_INLINE void write(Stored* to, F v) {
        I raw = bits(v);
        I rounded = raw + 0x7FFF + ((raw >> 16) & 1);
        I kept = v == v ? rounded : raw | 0x400000;
        store(to, __builtin_convertvector((U)kept >> 16, H));
    }
};

struct Fp16 {
    typedef uint16_t Stored;
#if defined(__F16C__)
    static RIDGEPOINT_INLINE F read(const Stored* from) { return (F)_mm256_cvtph_ps((__m128i)load<H>(from)); }
    static RIDGEPOINT_INLINE void write(Stored* to, F v) {
        store(to, (H)_mm256_cvtps_ph((__m256)v, _MM_FROUND_TO_NEAREST_INT));
    }
#else
    static RIDGEPOINT_INLINE F read(const Stored* from) {
        I code = (I)__builtin_convertvector(load<H>(from), U);
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
        store(to, __builtin_convertvector((U)code, H));
    }
#endif
};

// The same for fewer than eight: what is missing reads as 0 and is not written.
template <class P>
RIDGEPOINT_INLINE F read_some(const typename P::Stored* from, int64_t count) {
    typename P::Stored some[LANES] = {};
    std::memcpy(some, from, (size_t)count * sizeof *from);
    return P::read(some);
}

template <class P>
RIDGEPOINT_INLINE void write_some(typename P::Stored* to, F v, int64_t count) {
    typename P::Stored some[LANES];
    P::write(some, v);
    std::memcpy(to, some, (size_t)count * sizeof *to);
}

// Eight, or what is left of a stretch.
template <class P>
RIDGEPOINT_INLINE F read_up_to(const typename P::Stored* from, int64_t left) {
    return left >= LANES ? P::read(from) : read_some<P>(from, left);
}

template <class P>
RIDGEPOINT_INLINE void write_up_to(typename P::Stored* to, F v, int64_t left) {
    if (left >= LANES) {
        P::write(to, v);
    } else {
        write_some<P>(to, v, left);
    }
}

RIDGEPOINT_INLINE float read_half(const uint8_t* from) {
    uint16_t code;
    std::memcpy(&code, from, sizeof code);
    return read_some<Fp16>(&code, 1)[0];
}

RIDGEPOINT_INLINE void write_half(uint8_t* to, float value) {
    uint16_t code;
    write_some<Fp16>(&code, splat(value), 1);
    std::memcpy(to, &code, sizeof code);
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
