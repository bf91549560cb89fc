// Floats to codes of eight and four bits and back, bit for bit as the PTX conversions, the same on every architecture.
#pragma once

#include <cstdint>

// A float type of a sign, exponent and significand; saturates, and NaN becomes `nan`.
struct E4m3 {
    static constexpr int significand = 3;
    static constexpr int bias = 7;
    static constexpr uint32_t sign = 0x80, largest = 0x7e, nan = 0x7f;
    static constexpr float max = 448;
};

struct E5m2 {
    static constexpr int significand = 2;
    static constexpr int bias = 15;
    static constexpr uint32_t sign = 0x80, largest = 0x7b, nan = 0x7f;
    static constexpr float max = 57344;
};

struct E2m1 {
    static constexpr int significand = 1;
    static constexpr int bias = 1;
    static constexpr uint32_t sign = 0x8, largest = 0x7, nan = 0x7;
    static constexpr float max = 6;
};

// To nearest, ties to even, in plain arithmetic.
template <class Type>
__device__ uint32_t encode(float x) {
    constexpr int dropped = 23 - Type::significand;
    constexpr uint32_t smallest_normal = uint32_t(128 - Type::bias) << 23;
    // A power of two whose last place is the type's smallest step: adding it rounds a subnormal.
    constexpr uint32_t anchor = uint32_t(151 - Type::bias - Type::significand) << 23;
    uint32_t bits = __float_as_uint(x);
    uint32_t magnitude = bits & 0x7fffffff;
    uint32_t code;
    if (magnitude < smallest_normal) {
        code = __float_as_uint(__fadd_rn(__uint_as_float(magnitude), __uint_as_float(anchor))) - anchor;
    } else {
        // Just under half a step, and half a step where the kept bits are odd; a carry runs on into the exponent.
        uint32_t rounded = magnitude + (1u << (dropped - 1)) - 1 + (magnitude >> dropped & 1);
        code = (rounded >> dropped) - (uint32_t(127 - Type::bias) << Type::significand);
        code = code < Type::largest ? code : Type::largest;
    }
    if (magnitude > 0x7f800000) {
        return Type::nan;
    }
    return code | (bits >> 31) * Type::sign;
}

// To nearest, ties to even, within [-128, 127]; NaN becomes 0.
__device__ inline uint32_t encode_int8(float x) {
    uint32_t code;
    asm("cvt.rni.sat.s8.f32 %0, %1;" : "=r"(code) : "f"(x));
    return code & 0xff;
}

// fp8 codes are halves with bits missing: moved into place they are the value times a power of two.
__device__ inline float half_bits(uint32_t bits) {
    float value;
    asm("cvt.f32.f16 %0, %1;" : "=f"(value) : "h"(static_cast<uint16_t>(bits)));
    return value;
}

template <class Type>
__device__ float decode(uint32_t code);

template <>
__device__ inline float decode<E4m3>(uint32_t code) {
    float value = half_bits((code & 0x80) << 8 | (code & 0x7f) << 7) * 256;
    return (code & 0x7f) == 0x7f ? __uint_as_float(0x7fc00000) : value;
}

template <>
__device__ inline float decode<E5m2>(uint32_t code) {
    return half_bits(code << 8);
}

template <>
__device__ inline float decode<E2m1>(uint32_t code) {
    return half_bits((code & 0x8) << 12 | (code & 0x7) << 9) * 16384;
}
