// f16 and bf16 lanes to float and back, without branches, so that loops over lanes become vector code.
#pragma once

#include <cstdint>

#include "fp/bits.h"
#include "fp/odd.h"

namespace ridgepoint::emulator {

inline float f16_to_float(uint16_t half) {
    const uint32_t magnitude = half & 0x7fffu;
    // As a float the exponent is 112 too small; multiplying corrects it for subnormal numbers, too.
    const float finite = float_of(magnitude << 13) * 0x1p112f;
    const uint32_t special = 0x7f800000u | magnitude << 13;
    const uint32_t bits = magnitude >= 0x7c00u ? special : bits_of(finite);
    return float_of(bits | (uint32_t)(half & 0x8000u) << 16);
}

// To nearest even; NaN becomes the canonical one.
inline uint16_t float_to_f16(float value) {
    const uint32_t bits = bits_of(value), magnitude = bits & 0x7fffffffu;
    const uint32_t sign = (bits >> 16) & 0x8000u;
    // A subnormal result lands in the low bits of a float of 0.5, rounded by the addition.
    const uint32_t small = bits_of(float_of(magnitude) + 0.5f) - 0x3f000000u;
    const uint32_t normal = (magnitude - 0x38000000u + 0xfffu + ((magnitude >> 13) & 1)) >> 13;
    const uint32_t finite = magnitude < 0x38800000u ? small : normal;
    const uint32_t half = (magnitude >= 0x47800000u ? 0x7c00u : finite) | sign;
    return (uint16_t)(magnitude > 0x7f800000u ? F16_NAN : half);
}

struct F16Lane {
    static float get(uint16_t bits) { return f16_to_float(bits); }
    static uint16_t put(float value) { return float_to_f16(value); }
    // a * b + c, such that put() rounds it as the exact value: products are exact in float.
    static float fma(float a, float b, float c) { return add_to_odd(a * b, c); }
#if defined(__AVX2__)
    static __m256 fma(__m256 a, __m256 b, __m256 c) { return add_to_odd(a * b, c); }
#endif
    static constexpr uint16_t EXPONENT = 0x7c00;
    static constexpr uint16_t NOT_A_NUMBER = F16_NAN;
};

struct Bf16Lane {
    static float get(uint16_t bits) { return float_of((uint32_t)bits << 16); }
    static uint16_t put(float value) {
        const uint32_t bits = bits_of(value);
        const uint32_t nearest = (bits + 0x7fffu + ((bits >> 16) & 1)) >> 16;
        return value != value ? BF16_NAN : (uint16_t)nearest;
    }
    // Products have the exponents of double.
    static float fma(float a, float b, float c) { return narrow_to_odd(add_to_odd((double)a * (double)b, (double)c)); }
    static constexpr uint16_t EXPONENT = 0x7f80;
    static constexpr uint16_t NOT_A_NUMBER = BF16_NAN;
};

}  // namespace ridgepoint::emulator
