// The conversions that kernels use most, as vector code. Each must answer what convert_value answers.
#include <limits>

#include "exec/lanes.h"
#include "fp/half.h"
#include "ops/convert_form.h"

namespace ridgepoint::emulator {
namespace {

struct Nearest { template <class T> static T of(T a) { return (T)__builtin_nearbyint(a); } static float of(float a) { return __builtin_nearbyintf(a); } };
struct Truncate { template <class T> static T of(T a) { return (T)__builtin_trunc(a); } static float of(float a) { return __builtin_truncf(a); } };
struct Floor { template <class T> static T of(T a) { return (T)__builtin_floor(a); } static float of(float a) { return __builtin_floorf(a); } };
struct Ceiling { template <class T> static T of(T a) { return (T)__builtin_ceil(a); } static float of(float a) { return __builtin_ceilf(a); } };

template <class To, class From>
struct FromInteger { To operator()(From a) const { return (To)a; } };
// 8-bit values in lanes of 16 may have anything above them.
template <class Value, class LaneType>
struct FromByte { float operator()(LaneType a) const { return (float)(Value)a; } };

// f32 to an integer V in a lane L.
template <class V, class L, class Round>
struct ToInteger {
    L operator()(float a) const {
        constexpr float low = (float)std::numeric_limits<V>::min();
        constexpr float high = (float)std::numeric_limits<V>::max();  // rounded up to 2^n for 32 bits
        const float rounded = Round::of(a);
        const float inside = rounded > low ? (rounded < high ? rounded : low) : low;
        const V value = (V)(int64_t)inside;
        return (L)(a != a ? (V)0 : rounded >= high ? std::numeric_limits<V>::max() : value);
    }
};

template <class Round>
struct ToWhole { float operator()(float a) const { return canonical(Round::of(a)); } };
struct Clamp { float operator()(float a) const { return saturated(a); } };

struct HalfToFloat { float operator()(uint16_t a) const { return canonical(f16_to_float(a)); } };
struct FloatToHalf { uint16_t operator()(float a) const { return float_to_f16(a); } };
struct BrainToFloat { float operator()(uint16_t a) const { return canonical(Bf16Lane::get(a)); } };
struct FloatToBrain { uint16_t operator()(float a) const { return Bf16Lane::put(a); } };
struct Widen { double operator()(float a) const { return a != a ? double_of(0x7fffffffffffffffu) : (double)a; } };
struct Narrow { float operator()(double a) const { return canonical((float)a); } };

template <class V, class L>
Exec to_integer(Rounding rounding) {
    switch (rounding) {
        case Rounding::Nearest: return elementwise<ToInteger<V, L, Nearest>, L, float>;
        case Rounding::Zero: return elementwise<ToInteger<V, L, Truncate>, L, float>;
        case Rounding::Down: return elementwise<ToInteger<V, L, Floor>, L, float>;
        case Rounding::Up: return elementwise<ToInteger<V, L, Ceiling>, L, float>;
        default: return nullptr;
    }
}

Exec float_to_integer(const ConvertForm& form) {
    switch (form.to) {
        case Type::S32: return to_integer<int32_t, int32_t>(form.rounding);
        case Type::U32: return to_integer<uint32_t, uint32_t>(form.rounding);
        case Type::S16: return to_integer<int16_t, int16_t>(form.rounding);
        case Type::U16: return to_integer<uint16_t, uint16_t>(form.rounding);
        case Type::S8: return to_integer<int8_t, int16_t>(form.rounding);
        case Type::U8: return to_integer<uint8_t, uint16_t>(form.rounding);
        default: return nullptr;
    }
}

Exec whole_float(Rounding rounding) {
    switch (rounding) {
        case Rounding::Nearest: return elementwise<ToWhole<Nearest>, float, float>;
        case Rounding::Zero: return elementwise<ToWhole<Truncate>, float, float>;
        case Rounding::Down: return elementwise<ToWhole<Floor>, float, float>;
        case Rounding::Up: return elementwise<ToWhole<Ceiling>, float, float>;
        default: return nullptr;
    }
}

Exec integer_to_float(Type from) {
    switch (from) {
        case Type::S8: return elementwise<FromByte<int8_t, int16_t>, float, int16_t>;
        case Type::U8: return elementwise<FromByte<uint8_t, uint16_t>, float, uint16_t>;
        case Type::S16: return elementwise<FromInteger<float, int16_t>, float, int16_t>;
        case Type::U16: return elementwise<FromInteger<float, uint16_t>, float, uint16_t>;
        case Type::S32: return elementwise<FromInteger<float, int32_t>, float, int32_t>;
        case Type::U32: return elementwise<FromInteger<float, uint32_t>, float, uint32_t>;
        case Type::S64: return elementwise<FromInteger<float, int64_t>, float, int64_t>;
        case Type::U64: return elementwise<FromInteger<float, uint64_t>, float, uint64_t>;
        default: return nullptr;
    }
}

Exec integer_to_double(Type from) {
    switch (from) {
        case Type::S32: return elementwise<FromInteger<double, int32_t>, double, int32_t>;
        case Type::U32: return elementwise<FromInteger<double, uint32_t>, double, uint32_t>;
        case Type::S64: return elementwise<FromInteger<double, int64_t>, double, int64_t>;
        case Type::U64: return elementwise<FromInteger<double, uint64_t>, double, uint64_t>;
        default: return nullptr;
    }
}

Exec between_floats(const ConvertForm& form) {
    const bool nearest = form.rounding == Rounding::Nearest;
    if (form.from == Type::F16 && form.to == Type::F32) return elementwise<HalfToFloat, float, uint16_t>;
    if (form.from == Type::BF16 && form.to == Type::F32) return elementwise<BrainToFloat, float, uint16_t>;
    if (form.from == Type::F32 && form.to == Type::F64) return elementwise<Widen, double, float>;
    if (form.from == Type::F32 && form.to == Type::F16 && nearest) return elementwise<FloatToHalf, uint16_t, float>;
    if (form.from == Type::F32 && form.to == Type::BF16 && nearest) return elementwise<FloatToBrain, uint16_t, float>;
    if (form.from == Type::F64 && form.to == Type::F32 && nearest) return elementwise<Narrow, float, double>;
    return nullptr;
}

}  // namespace

Exec fast_conversion(const ConvertForm& form) {
    const bool from_float = is_float(form.from), to_float = is_float(form.to);
    if (form.from == Type::F32 && !to_float && !form.flush) return float_to_integer(form);
    if (form.from == Type::F32 && form.to == Type::F32 && form.saturate && !form.integral && !form.flush) {
        return elementwise<Clamp, float, float>;
    }
    if (!form.plain()) return nullptr;
    if (form.from == Type::F32 && form.to == Type::F32 && form.integral) return whole_float(form.rounding);
    if (from_float && to_float && !form.integral) return between_floats(form);
    if (from_float || form.rounding != Rounding::Nearest) return nullptr;
    return form.to == Type::F32 ? integer_to_float(form.from) : form.to == Type::F64 ? integer_to_double(form.from) : nullptr;
}

}  // namespace ridgepoint::emulator
