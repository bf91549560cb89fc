// Rounding to odd: an inexact result keeps its last bit set, so that rounding it once more to a format with at least
// two bits less is as good as rounding the exact value once.
#pragma once

#include "fp/bits.h"

namespace ridgepoint::emulator {

// `rounded` is the nearest value to an exact one that differs from it by something of the sign of `error`.
inline double to_odd(double rounded, double error) {
    const uint64_t bits = bits_of(rounded);
    const bool inexact = error > 0 || error < 0;  // not for NaN, which comes of infinities
    const bool away = (error > 0) == (rounded > 0);
    const uint64_t neighbour = rounded == 0 ? bits : away ? bits + 1 : bits - 1;
    return double_of(inexact && !(bits & 1) ? neighbour : bits);
}

inline double add_to_odd(double a, double b) {
    const double sum = a + b;
    const double b_part = sum - a;
    const double error = (a - (sum - b_part)) + (b - b_part);
    return to_odd(sum, error);
}

// a * b + c of values with at most 26 significant bits each, whose product is exact.
inline double fma_to_odd(double a, double b, double c) { return add_to_odd(a * b, c); }

inline float narrow_to_odd(double value) {
    const float nearest = (float)value;
    const double error = value - (double)nearest;
    const uint32_t bits = bits_of(nearest);
    const bool inexact = error > 0 || error < 0;
    const bool away = (error > 0) == (value > 0);
    // Overflow to infinity comes back to the largest value, which is odd; a value that vanished becomes the smallest.
    const uint32_t neighbour = away ? bits + 1 : bits - 1;
    return float_of(inexact && !(bits & 1) ? neighbour : bits);
}

}  // namespace ridgepoint::emulator
