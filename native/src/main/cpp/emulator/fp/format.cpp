#include "fp/format.h"

#include <algorithm>
#include <cmath>

#include "fp/bits.h"

namespace ridgepoint::emulator {
namespace {

constexpr Format F64{11, 52, 0, true}, F32{8, 23, 0, true}, TF32{8, 10, 13, true}, BF16{8, 7, 0, true},
    F16{5, 10, 0, true}, E5M2{5, 2, 0, true}, E4M3{4, 3, 0, false};

// Whether the part cut off makes the part kept one larger. `half` is half a unit of what is kept.
bool rounds_up(uint64_t kept, uint64_t cut, uint64_t half, bool negative, Rounding rounding) {
    if (cut == 0) return false;
    switch (rounding) {
        case Rounding::Nearest: return cut > half || (cut == half && (kept & 1) != 0);
        case Rounding::NearestAway: return cut >= half;
        case Rounding::Zero: return false;
        case Rounding::Up: return !negative;
        case Rounding::Down: return negative;
    }
    return false;
}

uint64_t overflowed(const Format& format, bool negative, Rounding rounding, Overflow overflow) {
    const bool towards_zero = rounding == Rounding::Zero || (rounding == Rounding::Up && negative) ||
                              (rounding == Rounding::Down && !negative);
    if (overflow == Overflow::ToLargest || towards_zero) return format.largest();
    return format.has_infinity ? format.infinity() : format.nan();
}

}  // namespace

uint64_t Format::largest() const { return has_infinity ? infinity() - 1 : nan() - 1; }

const Format& format_of(Type type) {
    switch (type) {
        case Type::F64: return F64;
        case Type::TF32: return TF32;
        case Type::BF16: case Type::BF16X2: return BF16;
        case Type::F16: case Type::F16X2: return F16;
        case Type::E5M2: case Type::E5M2X2: return E5M2;
        case Type::E4M3: case Type::E4M3X2: return E4M3;
        default: return F32;
    }
}

uint64_t round_to(const Format& format, bool negative, uint64_t significand, int exponent, Rounding rounding,
                  Overflow overflow) {
    const uint64_t sign = (uint64_t)negative << format.sign_position();
    uint64_t magnitude = 0;
    if (significand != 0) {
        const int mantissa = (int)format.mantissa_bits;
        const int top = exponent + 63 - __builtin_clzll(significand);
        // The exponent of the last bit that is kept: subnormals do not go below a fixed one.
        const int unit = std::max(top, 1 - format.bias()) - mantissa;
        const int shift = unit - exponent;
        uint64_t kept;
        if (shift <= 0) {
            kept = significand << -shift;
        } else if (shift > 64) {
            kept = rounds_up(0, 1, 2, negative, rounding);
        } else {
            kept = shift == 64 ? 0 : significand >> shift;
            const uint64_t cut = shift == 64 ? significand : significand & ((1ull << shift) - 1);
            kept += rounds_up(kept, cut, 1ull << (shift - 1), negative, rounding);
        }
        // Adding to the bits below carries into the exponent by itself, also from subnormal to normal.
        const uint64_t hidden = 1ull << mantissa;
        magnitude = kept < hidden ? kept : ((uint64_t)(unit + mantissa + format.bias() - 1) << mantissa) + kept;
        if (magnitude > format.largest()) magnitude = overflowed(format, negative, rounding, overflow);
    }
    return (sign | magnitude) << format.shift;
}

uint64_t encode(const Format& format, double value, Rounding rounding, Overflow overflow) {
    if (value != value) return format.nan() << format.shift;
    const uint64_t bits = bits_of(value);
    const bool negative = bits >> 63;
    const int biased = (int)(bits >> 52 & 0x7ff);
    const uint64_t fraction = bits & ((1ull << 52) - 1);
    if (biased == 0x7ff) {
        const uint64_t infinite = overflow == Overflow::ToLargest ? format.largest()
                                  : format.has_infinity           ? format.infinity()
                                                                  : format.nan();
        return (((uint64_t)negative << format.sign_position()) | infinite) << format.shift;
    }
    const uint64_t significand = biased == 0 ? fraction : fraction | 1ull << 52;
    return round_to(format, negative, significand, std::max(biased, 1) - 1075, rounding, overflow);
}

uint64_t encode_integer(const Format& format, bool negative, uint64_t magnitude, Rounding rounding) {
    return round_to(format, negative, magnitude, 0, rounding, Overflow::ToInfinity);
}

double decode(const Format& format, uint64_t bits) {
    const uint64_t value = bits >> format.shift;
    const uint64_t magnitude = value & format.nan();
    const bool negative = (value >> format.sign_position()) & 1;
    double result;
    if (magnitude > format.largest()) {
        const bool infinite = format.has_infinity && magnitude == format.infinity();
        result = infinite ? double_of(0x7ff0000000000000u) : double_of(0x7fffffffffffffffu);
        return infinite && negative ? -result : result;
    }
    const int biased = (int)(magnitude >> format.mantissa_bits);
    const uint64_t fraction = magnitude & ((1ull << format.mantissa_bits) - 1);
    const uint64_t significand = biased == 0 ? fraction : fraction | 1ull << format.mantissa_bits;
    result = std::ldexp((double)significand, std::max(biased, 1) - format.bias() - (int)format.mantissa_bits);
    return negative ? -result : result;
}

}  // namespace ridgepoint::emulator
