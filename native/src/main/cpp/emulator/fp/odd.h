// Rounding to odd: an inexact result keeps its last bit set, so that rounding it once more to a format with at least
// two bits less is as good as rounding the exact value once.
#pragma once

#include <cstdint>

#include "fp/bits.h"

namespace ridgepoint::emulator {

// `rounded` is the nearest value to an exact one that differs from it by something of the sign of `error`.
template <class T>
inline T to_odd(T rounded, T error) {
    const auto bits = bits_of(rounded);
    const bool inexact = (error > 0) | (error < 0);  // not for NaN, which comes of infinities
    const bool away = (error > 0) == (rounded > 0);
    const auto neighbour = away ? bits + 1 : bits - 1;
    const auto odd = inexact & ((bits & 1) == 0) & (rounded != 0) ? neighbour : bits;
    T result;
    static_assert(sizeof result == sizeof odd, "bits of a T");
    __builtin_memcpy(&result, &odd, sizeof result);
    return result;
}

template <class T>
inline T add_to_odd(T a, T b) {
    const T sum = a + b;
    const T b_part = sum - a;
    const T error = (a - (sum - b_part)) + (b - b_part);
    return to_odd(sum, error);
}

inline float narrow_to_odd(double value) {
    const float nearest = (float)value;
    const double error = value - (double)nearest;
    const uint32_t bits = bits_of(nearest);
    const bool inexact = (error > 0) | (error < 0);
    const bool away = (error > 0) == (value > 0);
    // Overflow to infinity comes back to the largest value, which is odd; a value that vanished becomes the smallest.
    const uint32_t neighbour = away ? bits + 1 : bits - 1;
    return float_of(inexact & ((bits & 1) == 0) ? neighbour : bits);
}

}  // namespace ridgepoint::emulator
