// Rounding to odd: an inexact result keeps its last bit set, so that rounding it once more to a format with at least
// two bits less is as good as rounding the exact value once.
#pragma once

#include <cstdint>

#include "fp/bits.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

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

#if defined(__AVX2__)
inline __m256 add_to_odd(__m256 a, __m256 b) {
    const __m256 sum = a + b, b_part = sum - a;
    const __m256 error = (a - (sum - b_part)) + (b - b_part);
    const __m256i bits = _mm256_castps_si256(sum), one = _mm256_set1_epi32(1);
    const __m256i towards_zero = _mm256_srai_epi32(_mm256_xor_si256(bits, _mm256_castps_si256(error)), 31);
    const __m256i inexact = _mm256_castps_si256(_mm256_cmp_ps(error, _mm256_setzero_ps(), _CMP_NEQ_OQ));
    const __m256i even = _mm256_cmpeq_epi32(_mm256_and_si256(bits, one), _mm256_setzero_si256());
    const __m256i step = _mm256_and_si256(_mm256_or_si256(towards_zero, one), _mm256_and_si256(inexact, even));
    return _mm256_castsi256_ps(_mm256_add_epi32(bits, step));
}
#endif

// Overflow to infinity comes back to the largest value, which is odd; a value that vanished becomes the smallest.
inline float narrow_to_odd(double value) {
    const float nearest = (float)value;
    const double error = value - (double)nearest;
    const uint32_t bits = bits_of(nearest), sign_of_error = (uint32_t)(bits_of(error) >> 32);
    return float_of(bits + detail::step_to_odd<uint32_t>(bits, (bits ^ sign_of_error) >> 31, error));
}

}  // namespace ridgepoint::emulator
