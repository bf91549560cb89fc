// Which spellings of cvt the ISA has. Of some 13,000 that can be written, NVIDIA's assembler takes 844; the list is in
// convert_spellings_test.cpp.
#include "ops/convert_form.h"

namespace ridgepoint::emulator {
namespace {

bool is_packed_eight(Type type) { return type == Type::E4M3X2 || type == Type::E5M2X2; }
bool is_packed_half(Type type) { return type == Type::F16X2 || type == Type::BF16X2; }
bool is_packed(Type type) { return is_packed_eight(type) || is_packed_half(type); }
bool is_number(Type type) {
    switch (type) {
        case Type::U8: case Type::S8: case Type::U16: case Type::S16: case Type::U32: case Type::S32: case Type::U64:
        case Type::S64: case Type::F16: case Type::BF16: case Type::F32: case Type::F64: return true;
        default: return false;
    }
}

// Whether `to` has every number of `from`, both integers.
bool holds(Type to, Type from) {
    return is_signed(to) == is_signed(from) ? bits(to) >= bits(from) : is_signed(to) && bits(to) > bits(from);
}

const char* refusal_of_packed(const ConvertForm& f) {
    if (f.flush || f.saturate) return "pairs take neither .ftz nor .sat";
    if (is_packed_eight(f.from)) {
        if (f.to != Type::F16X2) return "pairs of 8 bits become .f16x2";
        if (!f.is(Rounding::Nearest) || f.satfinite) return "pairs of 8 bits become .f16x2 by .rn, without .satfinite";
        return nullptr;
    }
    if (is_packed_eight(f.to)) {
        if (f.from != Type::F32 && f.from != Type::F16X2) return "pairs of 8 bits are made of .f32 or .f16x2";
        return f.is(Rounding::Nearest) && f.satfinite ? nullptr : "pairs of 8 bits are made by .rn.satfinite";
    }
    if (f.from != Type::F32) return "pairs are made of .f32";
    return f.is(Rounding::Nearest) || f.is(Rounding::Zero) ? nullptr : "pairs are made by .rn or .rz";
}

const char* refusal_of_tf32(const ConvertForm& f) {
    if (f.to != Type::TF32 || f.from != Type::F32) return ".tf32 is made of .f32 and becomes nothing else";
    if (f.flush || f.saturate) return ".tf32 takes neither .ftz nor .sat";
    if (f.is(Rounding::NearestAway)) return f.relu ? ".rna takes no .relu" : nullptr;
    if (!f.is(Rounding::Nearest) && !f.is(Rounding::Zero)) return ".tf32 is made by .rn, .rz or .rna";
    return f.satfinite ? ".satfinite takes .rna" : nullptr;
}

// Between two numbers: what rounding there must or may be.
const char* refusal_of_rounding(const ConvertForm& f) {
    const bool float_to = is_float(f.to), float_from = is_float(f.from);
    if (!float_to && !float_from) return f.rounded ? "integers are not rounded" : nullptr;
    if (!float_to) return f.integral ? nullptr : "needs an integer rounding";
    if (!float_from || bits(f.to) < bits(f.from)) return f.rounded && !f.integral ? nullptr : "needs a rounding";
    if (f.to == f.from) return f.rounded == f.integral ? nullptr : "a type becomes itself by an integer rounding";
    if (f.integral) return "an integer rounding wants an integer, or the same type";
    const bool brain = f.to == Type::BF16 || f.from == Type::BF16;
    return brain || !f.rounded ? nullptr : "nothing is lost that could be rounded";
}

const char* refusal_of_numbers(const ConvertForm& f) {
    const bool brain = f.to == Type::BF16 || f.from == Type::BF16;
    if (brain && (bits(f.to) == 8 || bits(f.from) == 8)) return "not between .bf16 and 8 bits";
    if (f.rounding == Rounding::NearestAway) return ".rna makes .tf32";
    if (const char* why = refusal_of_rounding(f)) return why;
    if (f.flush && f.to != Type::F32 && f.from != Type::F32) return ".ftz wants an .f32";
    if (f.saturate && brain) return ".bf16 takes no .sat";
    if (f.saturate && !is_float(f.to) && !is_float(f.from) && holds(f.to, f.from)) return ".sat where every number fits";
    if (!f.satfinite && !f.relu) return nullptr;
    const bool to_half = f.from == Type::F32 && bits(f.to) == 16 && is_float(f.to);
    if (!to_half || f.flush || f.saturate) return ".relu and .satfinite are for .f32 to 16 bits, alone";
    return f.is(Rounding::Nearest) || f.is(Rounding::Zero) ? nullptr : ".relu and .satfinite take .rn or .rz";
}

}  // namespace

const char* refusal(const ConvertForm& form) {
    if (is_packed(form.to) || is_packed(form.from)) return refusal_of_packed(form);
    if (form.to == Type::TF32 || form.from == Type::TF32) return refusal_of_tf32(form);
    if (!is_number(form.to) || !is_number(form.from)) return "converts numbers";
    return refusal_of_numbers(form);
}

}  // namespace ridgepoint::emulator
