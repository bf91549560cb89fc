// The number formats of PTX, and the one routine that rounds an exact value to any of them.
#pragma once

#include <cstdint>

#include "decode/types.h"

namespace ridgepoint::emulator {

struct Format {
    unsigned exponent_bits;
    unsigned mantissa_bits;  // without the hidden one
    unsigned shift;          // unused bits below the mantissa in the register: tf32 lies in the upper part of 32
    bool has_infinity;       // e4m3 has none, and a single NaN on each side

    int bias() const { return (1 << (exponent_bits - 1)) - 1; }
    unsigned sign_position() const { return exponent_bits + mantissa_bits; }
    uint64_t largest() const;   // finite, as unshifted bits without sign
    uint64_t infinity() const { return ((1ull << exponent_bits) - 1) << mantissa_bits; }
    uint64_t nan() const { return (1ull << sign_position()) - 1; }  // canonical: all ones below the sign
};

// Of a floating type of one element; packed types answer for an element.
const Format& format_of(Type type);

// What becomes of a value beyond the largest finite one.
enum class Overflow : uint8_t { ToInfinity, ToLargest };

// (-1)^negative * significand * 2^exponent, rounded once. Returns the bits of the register.
uint64_t round_to(const Format& format, bool negative, uint64_t significand, int exponent, Rounding rounding,
                  Overflow overflow);
// Any double, infinities and NaN too.
uint64_t encode(const Format& format, double value, Rounding rounding, Overflow overflow);
uint64_t encode_integer(const Format& format, bool negative, uint64_t magnitude, Rounding rounding);
// Exact: every format fits a double.
double decode(const Format& format, uint64_t bits);

}  // namespace ridgepoint::emulator
