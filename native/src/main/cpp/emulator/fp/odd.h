// Rounding to odd: an inexact result keeps its last bit set, so that rounding it once more to a format with at least
// two bits less is as good as rounding the exact value once.
#pragma once

#include <cstdint>

#include "fp/bits.h"

namespace ridgepoint::emulator {

namespace detail {
// The step from the bits of a rounded value to its odd neighbour on the side of the exact one: a value that is even,
// not exact, and not NaN goes away from zero (+1) or towards it (-1). Selections of integers, for vector code.
template <class U, class E>
inline U step_to_odd(U bits, U sign_difference, E error) {
    const U direction = sign_difference != 0 ? (U)~(U)0 : (U)1;
    const U inexact = error > 0 ? direction : error < 0 ? direction : (U)0;
    return (bits & 1) != 0 ? (U)0 : inexact;
}
}  // namespace detail

inline float add_to_odd(float a, float b) {
    const float sum = a + b, b_part = sum - a;
    const float error = (a - (sum - b_part)) + (b - b_part);
    const uint32_t bits = bits_of(sum);
    return float_of(bits + detail::step_to_odd<uint32_t>(bits, (bits ^ bits_of(error)) >> 31, error));
}

inline double add_to_odd(double a, double b) {
    const double sum = a + b, b_part = sum - a;
    const double error = (a - (sum - b_part)) + (b - b_part);
    const uint64_t bits = bits_of(sum);
    return double_of(bits + detail::step_to_odd<uint64_t>(bits, (bits ^ bits_of(error)) >> 63, error));
}

// Overflow to infinity comes back to the largest value, which is odd; a value that vanished becomes the smallest.
inline float narrow_to_odd(double value) {
    const float nearest = (float)value;
    const double error = value - (double)nearest;
    const uint32_t bits = bits_of(nearest), sign_of_error = (uint32_t)(bits_of(error) >> 32);
    return float_of(bits + detail::step_to_odd<uint32_t>(bits, (bits ^ sign_of_error) >> 31, error));
}

}  // namespace ridgepoint::emulator
