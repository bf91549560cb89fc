// Bits of floating-point values, and what PTX does to them around every operation: flushing, canonical NaN, clamping.
#pragma once

#include <cstdint>
#include <cstring>

namespace ridgepoint::emulator {

template <class To, class From>
inline To bit_cast(From from) {
    static_assert(sizeof(To) == sizeof(From), "same size");
    To to;
    std::memcpy(&to, &from, sizeof to);
    return to;
}

constexpr uint32_t F32_NAN = 0x7fffffff;
constexpr uint16_t F16_NAN = 0x7fff;
constexpr uint16_t BF16_NAN = 0x7fff;

inline uint32_t bits_of(float value) { return bit_cast<uint32_t>(value); }
inline uint64_t bits_of(double value) { return bit_cast<uint64_t>(value); }
inline float float_of(uint32_t value) { return bit_cast<float>(value); }
inline double double_of(uint64_t value) { return bit_cast<double>(value); }

// Subnormal values become zero of their sign.
inline float flushed(float value) {
    const uint32_t bits = bits_of(value);
    return float_of((bits & 0x7f800000u) == 0 ? bits & 0x80000000u : bits);
}

// Every f32 operation answers the same NaN. f64 keeps the payload the processor chose.
inline float canonical(float value) { return value != value ? float_of(F32_NAN) : value; }
inline double canonical(double value) { return value; }

// To [0, 1]; NaN becomes +0.
template <class T>
inline T saturated(T value) {
    return value > 0 ? (value < 1 ? value : (T)1) : (T)0;
}

// The smaller of two as PTX has it: -0 is below +0; NaN loses, unless it is to win.
template <bool LARGER, bool NAN_WINS, class T>
inline T extreme(T a, T b) {
    const bool a_nan = a != a, b_nan = b != b;
    const bool a_negative = __builtin_signbit(a), b_negative = __builtin_signbit(b);
    // Without short circuits, for the sake of vector code.
    const bool a_below = (a < b) | ((a == b) & a_negative & !b_negative);
    const T of_numbers = a_below != LARGER ? a : b;
    const T of_nans = NAN_WINS ? (a_nan ? a : b) : (a_nan ? b : a);
    return (a_nan | b_nan) ? of_nans : of_numbers;
}

}  // namespace ridgepoint::emulator
