// Arithmetic of f32 and f64: add sub mul fma mad div rcp sqrt abs neg min max copysign.
#include <cmath>

#include "decode/opcode.h"
#include "fp/bits.h"
#include "ops/dispatch.h"
#include "ops/rounding.h"

namespace ridgepoint::emulator {
namespace {

bool is_f32_or_f64(Type type) { return type == Type::F32 || type == Type::F64; }
InstructionClass kind(Type type) { return type == Type::F64 ? InstructionClass::Float64 : InstructionClass::Float32; }

struct Add { template <class T> T operator()(T a, T b) const { return a + b; } };
struct Sub { template <class T> T operator()(T a, T b) const { return a - b; } };
struct Mul { template <class T> T operator()(T a, T b) const { return a * b; } };
struct Div { template <class T> T operator()(T a, T b) const { return a / b; } };
struct Fma {
    float operator()(float a, float b, float c) const { return __builtin_fmaf(a, b, c); }
    double operator()(double a, double b, double c) const { return __builtin_fma(a, b, c); }
};
struct Reciprocal { template <class T> T operator()(T a) const { return 1 / a; } };
struct Root {
    float operator()(float a) const { return __builtin_sqrtf(a); }
    double operator()(double a) const { return __builtin_sqrt(a); }
};

// F with operands and result flushed, the result canonical, and clamped.
template <class F, bool FTZ, bool SAT>
struct Single {
    template <class... S>
    float operator()(S... s) const {
        const float raw = FTZ ? F()(flushed(s)...) : F()(s...);
        const float result = FTZ ? flushed(raw) : raw;
        return SAT ? saturated(result) : canonical(result);
    }
};

template <class F, size_t SOURCES>
constexpr Exec exec_of() {
    if constexpr (SOURCES == 1) return elementwise<F, float, float>;
    else if constexpr (SOURCES == 2) return elementwise<F, float, float, float>;
    else return elementwise<F, float, float, float, float>;
}
template <class F, size_t SOURCES>
constexpr Exec exec_of_double() {
    if constexpr (SOURCES == 1) return elementwise<F, double, double>;
    else if constexpr (SOURCES == 2) return elementwise<F, double, double, double>;
    else return elementwise<F, double, double, double, double>;
}

template <class F, size_t SOURCES>
Exec single(const Decoder& d, Rounding rounding, bool flush, bool saturate) {
    if (flush) {
        return saturate ? rounded<exec_of<Single<F, true, true>, SOURCES>()>(d, rounding)
                        : rounded<exec_of<Single<F, true, false>, SOURCES>()>(d, rounding);
    }
    return saturate ? rounded<exec_of<Single<F, false, true>, SOURCES>()>(d, rounding)
                    : rounded<exec_of<Single<F, false, false>, SOURCES>()>(d, rounding);
}

// op{.rounding}{.ftz}{.sat}.f32 and op{.rounding}.f64
template <class F, size_t SOURCES>
void decode_rounded(Decoder& d) {
    const Rounding rounding = d.rounding(Rounding::Nearest);
    const bool flush = d.take("ftz"), saturate = d.take("sat");
    const Type type = d.type();
    if (type == Type::F64 && (flush || saturate)) d.refuse(".ftz and .sat are for f32");
    emit_uniform(d, kind(type),
                 type == Type::F64 ? rounded<exec_of_double<F, SOURCES>()>(d, rounding)
                                   : single<F, SOURCES>(d, rounding, flush, saturate),
                 type, SOURCES);
}

// div rcp sqrt: .approx and .full are within bounds that correct rounding meets, too.
template <class F, size_t SOURCES>
void decode_quotient(Decoder& d) {
    if (d.take("approx") && d.instruction().modifiers.back() == "f64") d.require("ftz");
    d.take("full");
    decode_rounded<F, SOURCES>(d);
}

struct Neg { template <class T> T operator()(T a) const { return -a; } };
struct Magnitude {
    float operator()(float a) const { return __builtin_fabsf(a); }
    double operator()(double a) const { return __builtin_fabs(a); }
};

template <class F>
struct FlushedSign { float operator()(float a) const { return F()(flushed(a)); } };

// abs and neg touch only the sign, of a NaN too.
template <class F>
void decode_sign(Decoder& d) {
    const bool flush = d.take("ftz");
    const Type type = d.type();
    emit_uniform(d, kind(type),
                 type == Type::F64 ? (Exec)elementwise<F, double, double>
                 : flush           ? (Exec)elementwise<FlushedSign<F>, float, float>
                                   : (Exec)elementwise<F, float, float>,
                 type, 1);
}

template <bool LARGER, bool NAN_WINS, bool FTZ, bool XORSIGN>
struct Extreme {
    float operator()(float a, float b) const {
        if (FTZ) a = flushed(a), b = flushed(b);
        if (!XORSIGN) return canonical(extreme<LARGER, NAN_WINS>(a, b));
        const uint32_t sign = (bits_of(a) ^ bits_of(b)) & 0x80000000u;
        const float magnitude = extreme<LARGER, NAN_WINS>(__builtin_fabsf(a), __builtin_fabsf(b));
        return magnitude != magnitude ? float_of(F32_NAN) : float_of(bits_of(magnitude) | sign);
    }
    double operator()(double a, double b) const { return extreme<LARGER, false>(a, b); }
};

template <bool LARGER, bool NAN_WINS, bool FTZ>
Exec extreme_exec(bool xorsign) {
    return xorsign ? (Exec)elementwise<Extreme<LARGER, NAN_WINS, FTZ, true>, float, float, float>
                   : (Exec)elementwise<Extreme<LARGER, NAN_WINS, FTZ, false>, float, float, float>;
}

template <bool LARGER>
void decode_extreme(Decoder& d) {
    const bool flush = d.take("ftz"), nan = d.take("NaN"), xorsign = d.take("xorsign");
    if (xorsign) d.require("abs");
    const Type type = d.type();
    if (type == Type::F64) {
        if (flush || nan || xorsign) d.refuse("modifiers are for f32");
        return emit_uniform(d, kind(type), elementwise<Extreme<LARGER, false, false, false>, double, double, double>, type, 2);
    }
    const Exec exec = nan ? (flush ? extreme_exec<LARGER, true, true>(xorsign) : extreme_exec<LARGER, true, false>(xorsign))
                          : (flush ? extreme_exec<LARGER, false, true>(xorsign) : extreme_exec<LARGER, false, false>(xorsign));
    emit_uniform(d, kind(type), exec, type, 2);
}

// The sign of a on the magnitude of b.
struct CopySign {
    float operator()(float a, float b) const { return __builtin_copysignf(b, a); }
    double operator()(double a, double b) const { return __builtin_copysign(b, a); }
};

void decode_copysign(Decoder& d) {
    const Type type = d.type();
    emit_uniform(d, kind(type), type == Type::F64 ? exec_of_double<CopySign, 2>() : exec_of<CopySign, 2>(), type, 2);
}

const Opcode add("add", decode_rounded<Add, 2>, is_f32_or_f64);
const Opcode sub("sub", decode_rounded<Sub, 2>, is_f32_or_f64);
const Opcode mul("mul", decode_rounded<Mul, 2>, is_f32_or_f64);
const Opcode fma("fma", decode_rounded<Fma, 3>, is_f32_or_f64);
const Opcode mad("mad", decode_rounded<Fma, 3>, is_f32_or_f64);
const Opcode div("div", decode_quotient<Div, 2>, is_f32_or_f64);
const Opcode rcp("rcp", decode_quotient<Reciprocal, 1>);
const Opcode sqrt("sqrt", decode_quotient<Root, 1>);
const Opcode abs("abs", decode_sign<Magnitude>, is_f32_or_f64);
const Opcode neg("neg", decode_sign<Neg>, is_f32_or_f64);
const Opcode min("min", decode_extreme<false>, is_f32_or_f64);
const Opcode max("max", decode_extreme<true>, is_f32_or_f64);
const Opcode copysign("copysign", decode_copysign);

}  // namespace
}  // namespace ridgepoint::emulator
