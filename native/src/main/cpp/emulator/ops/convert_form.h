// What a cvt asks for, and the parts that execute it.
#pragma once

#include <cstdint>

#include "decode/decoder.h"

namespace ridgepoint::emulator {

struct ConvertForm {
    Type to = Type::U32;
    Type from = Type::U32;
    Rounding rounding = Rounding::Nearest;
    bool rounded = false;     // a rounding is written
    bool integral = false;    // rni and so on: to a whole number first
    bool flush = false;       // .ftz
    bool saturate = false;    // .sat
    bool satfinite = false;
    bool relu = false;
    bool is(Rounding mode) const { return rounded && !integral && rounding == mode; }
    bool plain() const { return !flush && !saturate && !satfinite && !relu; }
};

// Why the ISA has no such conversion; null where it has.
const char* refusal(const ConvertForm& form);

// Bits of one value to bits of another: every kind of cvt by one lane. Results of less than 16 bits are extended to a
// register of 16.
uint64_t convert_value(const ConvertForm& form, uint64_t bits);

// Vector code for the forms that kernels use most; null for others.
Exec fast_conversion(const ConvertForm& form);
// Integers to integers, always vector code.
Exec integer_conversion(const Decoder& d, const ConvertForm& form);

}  // namespace ridgepoint::emulator
