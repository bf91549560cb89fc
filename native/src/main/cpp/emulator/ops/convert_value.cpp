// cvt of one value, by way of exact numbers: slow, plain, and complete.
#include <cmath>
#include <limits>

#include "fp/bits.h"
#include "fp/format.h"
#include "ops/convert_form.h"

namespace ridgepoint::emulator {
namespace {

uint64_t low_bits(uint64_t value, unsigned count) { return count == 64 ? value : value & ((1ull << count) - 1); }

int64_t sign_extended(uint64_t value, unsigned count) { return (int64_t)(value << (64 - count)) >> (64 - count); }

double whole(double value, Rounding rounding) {
    switch (rounding) {
        case Rounding::Zero: return std::trunc(value);
        case Rounding::Down: return std::floor(value);
        case Rounding::Up: return std::ceil(value);
        default: return std::nearbyint(value);
    }
}

// Out of range goes to the nearest end. NaN becomes 0, or 2^(bits-1) where 64 bits are on either side.
uint64_t to_integer(const ConvertForm& form, double value) {
    const unsigned width = bits(form.to);
    if (value != value) return form.from == Type::F64 || width == 64 ? 1ull << (width - 1) : 0;
    const double rounded = whole(value, form.rounding);
    if (is_signed(form.to)) {
        const double limit = std::ldexp(1, (int)width - 1);
        if (rounded >= limit) return (1ull << (width - 1)) - 1;
        if (rounded < -limit) return (uint64_t)-1 << (width - 1);
        return (uint64_t)(int64_t)rounded;
    }
    if (rounded >= std::ldexp(1, (int)width)) return low_bits(~0ull, width);
    return rounded <= 0 ? 0 : (uint64_t)rounded;
}

uint64_t to_float(const ConvertForm& form, double value) {
    const Format& format = format_of(form.to);
    if (form.integral) value = whole(value, form.rounding);
    if (form.saturate) value = saturated(value);
    if (form.relu && value <= 0) value = 0;
    const uint64_t result = encode(format, value, form.rounding, form.satfinite ? Overflow::ToLargest : Overflow::ToInfinity);
    return form.flush && form.to == Type::F32 ? bits_of(flushed(float_of((uint32_t)result))) : result;
}

uint64_t from_integer(const ConvertForm& form, uint64_t value) {
    const bool negative = is_signed(form.from) && sign_extended(value, bits(form.from)) < 0;
    const uint64_t magnitude = negative ? 0 - (uint64_t)sign_extended(value, bits(form.from)) : low_bits(value, bits(form.from));
    const uint64_t result = encode_integer(format_of(form.to), negative, magnitude, form.rounding);
    if (!form.saturate) return result;
    return encode(format_of(form.to), saturated(decode(format_of(form.to), result)), Rounding::Nearest, Overflow::ToInfinity);
}

}  // namespace

uint64_t convert_value(const ConvertForm& form, uint64_t bits) {
    if (!is_float(form.from)) return from_integer(form, bits);
    double value = decode(format_of(form.from), low_bits(bits, emulator::bits(form.from)));
    if (form.flush && form.from == Type::F32) value = (double)flushed((float)value);
    return is_float(form.to) ? to_float(form, value) : to_integer(form, value);
}

}  // namespace ridgepoint::emulator
