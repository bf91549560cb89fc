// Arithmetic of f16, bf16 and pairs of them: add sub mul fma abs neg min max.
#include "decode/opcode.h"
#include "fp/half.h"
#include "ops/dispatch.h"
#include "ops/half_vector.h"
#include "ops/rounding.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Half;

bool is_half(Type type) { return type == Type::F16 || type == Type::F16X2 || type == Type::BF16 || type == Type::BF16X2; }

// float has more than twice the bits, so a sum, difference or product rounded to float and then to half is rounded
// well. A fused product needs rounding to odd in between.
// T is float or a vector of them.
template <class> struct Add { template <class T> static T of(T a, T b) { return a + b; } };
template <class> struct Sub { template <class T> static T of(T a, T b) { return a - b; } };
template <class> struct Mul { template <class T> static T of(T a, T b) { return a * b; } };
template <class Lane> struct Fma { template <class T> static T of(T a, T b, T c) { return Lane::fma(a, b, c); } };
struct Neg { static uint16_t of(uint16_t a) { return (uint16_t)(a ^ 0x8000); } };
struct Abs { static uint16_t of(uint16_t a) { return (uint16_t)(a & 0x7fff); } };

template <class Lane>
uint16_t flush_lane(uint16_t a) { return (a & Lane::EXPONENT) == 0 ? (uint16_t)(a & 0x8000) : a; }

// What follows an operation.
enum class Finish { Plain, Saturate, Relu };

template <class Lane, template <class> class F, bool FTZ, Finish FINISH>
struct Arithmetic {
    template <class... S>
    uint16_t operator()(S... s) const {
        float result = F<Lane>::of(Lane::get(FTZ ? flush_lane<Lane>(s) : s)...);
        if (FINISH == Finish::Saturate) result = saturated(result);
        if (FINISH == Finish::Relu) result = result < 0 || result == 0 ? 0.0f : result;
        const uint16_t bits = Lane::put(result);
        return FTZ ? flush_lane<Lane>(bits) : bits;
    }
};

template <class Lane, class F, bool FTZ>
struct Sign {
    uint16_t operator()(uint16_t a) const { return F::of(FTZ ? flush_lane<Lane>(a) : a); }
};

template <class Lane, bool LARGER, bool NAN_WINS, bool XORSIGN, bool FTZ>
struct Extreme {
    uint16_t operator()(uint16_t a, uint16_t b) const {
        if (FTZ) a = flush_lane<Lane>(a), b = flush_lane<Lane>(b);
        const uint16_t sign = XORSIGN ? (uint16_t)((a ^ b) & 0x8000) : (uint16_t)0;
        if (XORSIGN) a &= 0x7fff, b &= 0x7fff;
        const float result = extreme<LARGER, NAN_WINS>(Lane::get(a), Lane::get(b));
        return result != result ? Lane::NOT_A_NUMBER : (uint16_t)(Lane::put(result) | sign);
    }
};

// F on both halves of 32 bits.
template <class F>
struct Pair {
    template <class... S>
    uint32_t operator()(S... s) const {
        return (uint32_t)F()((uint16_t)s...) | (uint32_t)F()((uint16_t)(s >> 16)...) << 16;
    }
};

template <class F, size_t SOURCES>
Exec on(bool packed) {
    typedef uint16_t H;
    typedef uint32_t P;
    if constexpr (SOURCES == 1) return packed ? (Exec)elementwise<Pair<F>, P, P> : (Exec)elementwise<F, H, H>;
    else if constexpr (SOURCES == 2) return packed ? (Exec)elementwise<Pair<F>, P, P, P> : (Exec)elementwise<F, H, H, H>;
    else return packed ? (Exec)elementwise<Pair<F>, P, P, P, P> : (Exec)elementwise<F, H, H, H, H>;
}

struct HalfType {
    Type type;
    bool brain;   // bf16
    bool packed;
};

HalfType half_type(Decoder& d) {
    const Type type = d.type();
    return {type, type == Type::BF16 || type == Type::BF16X2, type == Type::F16X2 || type == Type::BF16X2};
}

template <class Lane, template <class> class F, size_t SOURCES>
Exec arithmetic(bool packed, bool flush, Finish finish) {
#if defined(__AVX2__) && defined(__F16C__)
    if (std::is_same_v<Lane, F16Lane> && !flush && finish == Finish::Plain) {
        return packed ? (Exec)f16_lanes<2, F<F16Lane>, SOURCES> : (Exec)f16_lanes<1, F<F16Lane>, SOURCES>;
    }
#endif
    if (flush) {
        return finish == Finish::Plain      ? on<Arithmetic<Lane, F, true, Finish::Plain>, SOURCES>(packed)
               : finish == Finish::Saturate ? on<Arithmetic<Lane, F, true, Finish::Saturate>, SOURCES>(packed)
                                            : on<Arithmetic<Lane, F, true, Finish::Relu>, SOURCES>(packed);
    }
    return finish == Finish::Plain      ? on<Arithmetic<Lane, F, false, Finish::Plain>, SOURCES>(packed)
           : finish == Finish::Saturate ? on<Arithmetic<Lane, F, false, Finish::Saturate>, SOURCES>(packed)
                                        : on<Arithmetic<Lane, F, false, Finish::Relu>, SOURCES>(packed);
}

template <template <class> class F, size_t SOURCES>
void decode_arithmetic(Decoder& d) {
    d.take("rn");
    const bool flush = d.take("ftz");
    const Finish finish = d.choose<Finish>({{"sat", Finish::Saturate}, {"relu", Finish::Relu}}, Finish::Plain);
    const HalfType half = half_type(d);
    if (half.brain && flush) d.refuse(".ftz is for f16");
    const Exec exec = half.brain ? arithmetic<Bf16Lane, F, SOURCES>(half.packed, flush, finish)
                                 : arithmetic<F16Lane, F, SOURCES>(half.packed, flush, finish);
    emit_uniform(d, KIND, exec, half.type, SOURCES);
}

// fma of bf16 that does not round to nearest. What is rounded to one side twice is rounded well, so double and float do it in
// the processor's mode, and the last step is here.
template <Rounding TOWARDS, Finish FINISH>
struct DirectedFma {
    uint16_t operator()(uint16_t a, uint16_t b, uint16_t c) const {
        const double sum = (double)Bf16Lane::get(a) * (double)Bf16Lane::get(b) + (double)Bf16Lane::get(c);
        const float result = (float)sum;
        const uint32_t bits = bits_of(FINISH == Finish::Relu && (result < 0 || result == 0) ? 0.0f : result);
        const bool negative = (bits >> 31) != 0;
        const bool away = (bits & 0xffff) != 0 && (TOWARDS == Rounding::Up ? !negative : TOWARDS == Rounding::Down ? negative : false);
        return result != result ? BF16_NAN : (uint16_t)((bits >> 16) + (away ? 1 : 0));
    }
};

template <Rounding TOWARDS>
Exec directed_fma(const Decoder& d, bool packed, Finish finish) {
    typedef uint16_t H;
    typedef uint32_t P;
    if (finish == Finish::Saturate) d.refuse(".sat is for f16");
    if (finish == Finish::Relu) {
        typedef DirectedFma<TOWARDS, Finish::Relu> F;
        return packed ? rounded<elementwise<Pair<F>, P, P, P, P>>(d, TOWARDS) : rounded<elementwise<F, H, H, H, H>>(d, TOWARDS);
    }
    typedef DirectedFma<TOWARDS, Finish::Plain> F;
    return packed ? rounded<elementwise<Pair<F>, P, P, P, P>>(d, TOWARDS) : rounded<elementwise<F, H, H, H, H>>(d, TOWARDS);
}

void decode_fma(Decoder& d) {
    const Rounding rounding = d.rounding(Rounding::Nearest);
    if (rounding == Rounding::Nearest) return decode_arithmetic<Fma, 3>(d);
    const Finish finish = d.choose<Finish>({{"sat", Finish::Saturate}, {"relu", Finish::Relu}}, Finish::Plain);
    const HalfType half = half_type(d);
    if (!half.brain) d.refuse("f16 is rounded to nearest");
    const Exec exec = rounding == Rounding::Zero   ? directed_fma<Rounding::Zero>(d, half.packed, finish)
                      : rounding == Rounding::Down ? directed_fma<Rounding::Down>(d, half.packed, finish)
                                                   : directed_fma<Rounding::Up>(d, half.packed, finish);
    emit_uniform(d, KIND, exec, half.type, 3);
}

template <class F>
void decode_sign(Decoder& d) {
    const bool flush = d.take("ftz");
    const HalfType half = half_type(d);
    const Exec exec = flush ? on<Sign<F16Lane, F, true>, 1>(half.packed) : on<Sign<F16Lane, F, false>, 1>(half.packed);
    emit_uniform(d, KIND, exec, half.type, 1);
}

template <class Lane, bool LARGER>
Exec extreme_exec(bool packed, bool nan, bool xorsign, bool flush) {
    const auto with_flush = [&](auto ftz) -> Exec {
        constexpr bool FTZ = decltype(ftz)::value;
        if (nan) return xorsign ? on<Extreme<Lane, LARGER, true, true, FTZ>, 2>(packed) : on<Extreme<Lane, LARGER, true, false, FTZ>, 2>(packed);
        return xorsign ? on<Extreme<Lane, LARGER, false, true, FTZ>, 2>(packed) : on<Extreme<Lane, LARGER, false, false, FTZ>, 2>(packed);
    };
    return flush ? with_flush(std::true_type()) : with_flush(std::false_type());
}

template <bool LARGER>
void decode_extreme(Decoder& d) {
    const bool flush = d.take("ftz"), nan = d.take("NaN"), xorsign = d.take("xorsign");
    if (xorsign) d.require("abs");
    const HalfType half = half_type(d);
    const Exec exec = half.brain ? extreme_exec<Bf16Lane, LARGER>(half.packed, nan, xorsign, flush)
                                 : extreme_exec<F16Lane, LARGER>(half.packed, nan, xorsign, flush);
    emit_uniform(d, KIND, exec, half.type, 2);
}

const Opcode add("add", decode_arithmetic<Add, 2>, is_half);
const Opcode sub("sub", decode_arithmetic<Sub, 2>, is_half);
const Opcode mul("mul", decode_arithmetic<Mul, 2>, is_half);
const Opcode fma("fma", decode_fma, is_half);
const Opcode abs("abs", decode_sign<Abs>, is_half);
const Opcode neg("neg", decode_sign<Neg>, is_half);
const Opcode min("min", decode_extreme<false>, is_half);
const Opcode max("max", decode_extreme<true>, is_half);

}  // namespace
}  // namespace ridgepoint::emulator
