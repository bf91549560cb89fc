// f16 and bf16 lanes to float and back, for arithmetic.
#pragma once

#include <cstdint>

#include "fp/bits.h"

#if defined(__F16C__)
#include <immintrin.h>
#endif

namespace ridgepoint::emulator {

#if !defined(__F16C__)
float f16_to_float(uint16_t bits);
uint16_t float_to_f16(float value);  // to nearest even
#else
inline float f16_to_float(uint16_t bits) { return _cvtsh_ss(bits); }
inline uint16_t float_to_f16(float value) {
    const uint16_t bits = (uint16_t)_cvtss_sh(value, _MM_FROUND_TO_NEAREST_INT);
    return value != value ? F16_NAN : bits;
}
#endif

struct F16Lane {
    static float get(uint16_t bits) { return f16_to_float(bits); }
    static uint16_t put(float value) { return float_to_f16(value); }
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
    static constexpr uint16_t EXPONENT = 0x7f80;
    static constexpr uint16_t NOT_A_NUMBER = BF16_NAN;
};

}  // namespace ridgepoint::emulator
