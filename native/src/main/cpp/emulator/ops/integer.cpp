// Integer arithmetic: add sub mul mad div rem abs neg min max sad, and pairs of 16 bits.
#include <algorithm>
#include <limits>
#include <type_traits>

#include "decode/opcode.h"
#include "ops/dispatch.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Integer;

template <class T>
using Unsigned = std::make_unsigned_t<T>;

template <class T>
struct Twice;
template <> struct Twice<uint16_t> { typedef uint32_t type; };
template <> struct Twice<int16_t> { typedef int32_t type; };
template <> struct Twice<uint32_t> { typedef uint64_t type; };
template <> struct Twice<int32_t> { typedef int64_t type; };
template <> struct Twice<uint64_t> { typedef unsigned __int128 type; };
template <> struct Twice<int64_t> { typedef __int128 type; };
template <class T>
using Wide = typename Twice<T>::type;

int32_t saturated(int64_t value) {
    return (int32_t)std::clamp<int64_t>(value, std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max());
}

struct Add { template <class T> T operator()(T a, T b) const { return (T)(a + b); } };
struct Sub { template <class T> T operator()(T a, T b) const { return (T)(a - b); } };
struct AddSaturated { int32_t operator()(int32_t a, int32_t b) const { return saturated((int64_t)a + b); } };
struct SubSaturated { int32_t operator()(int32_t a, int32_t b) const { return saturated((int64_t)a - b); } };
struct MulLow { template <class T> T operator()(T a, T b) const { return (T)((Unsigned<T>)a * (uint64_t)(Unsigned<T>)b); } };
struct MulHigh { template <class T> T operator()(T a, T b) const { return (T)(((Wide<T>)a * b) >> (8 * sizeof(T))); } };
struct MulWide { template <class T> Wide<T> operator()(T a, T b) const { return (Wide<T>)a * b; } };
struct MadLow { template <class T> T operator()(T a, T b, T c) const { return (T)(MulLow()(a, b) + c); } };
struct MadHigh { template <class T> T operator()(T a, T b, T c) const { return (T)(MulHigh()(a, b) + c); } };
struct MadWide { template <class T> Wide<T> operator()(T a, T b, Wide<T> c) const { return (Wide<T>)a * b + c; } };
struct MadHighSaturated {
    int32_t operator()(int32_t a, int32_t b, int32_t c) const { return saturated((int64_t)MulHigh()(a, b) + c); }
};
struct Mul24Low {
    template <class T> T operator()(T a, T b) const { return (T)(low24(a) * low24(b)); }
    static uint32_t low24(uint32_t v) { return v & 0xffffff; }
    static int32_t low24(int32_t v) { return (int32_t)((uint32_t)v << 8) >> 8; }
};
struct Mul24High {
    template <class T> T operator()(T a, T b) const { return (T)(((Wide<T>)Mul24Low::low24(a) * Mul24Low::low24(b)) >> 16); }
};
struct Mad24Low { template <class T> T operator()(T a, T b, T c) const { return (T)(Mul24Low()(a, b) + c); } };
struct Mad24High { template <class T> T operator()(T a, T b, T c) const { return (T)(Mul24High()(a, b) + c); } };
struct Mad24HighSaturated {
    int32_t operator()(int32_t a, int32_t b, int32_t c) const { return saturated((int64_t)Mul24High()(a, b) + c); }
};
struct Abs { template <class T> T operator()(T a) const { return (T)(a < 0 ? 0 - a : a); } };
struct Neg { template <class T> T operator()(T a) const { return (T)(0 - a); } };
struct Min { template <class T> T operator()(T a, T b) const { return a < b ? a : b; } };
struct Max { template <class T> T operator()(T a, T b) const { return a > b ? a : b; } };
template <class F>
struct Relu { template <class T> T operator()(T a, T b) const { return Max()(F()(a, b), (T)0); } };
struct Sad { template <class T> T operator()(T a, T b, T c) const { return (T)(c + (a < b ? b - a : a - b)); } };

// Division by zero is not defined by the ISA: all ones and the dividend, as hardware answers.
template <class T>
bool overflows(T a, T b) { return std::is_signed_v<T> && b == (T)-1 && a == std::numeric_limits<T>::min(); }
struct Div {
    template <class T> T operator()(T a, T b) const { return b == 0 ? (T)-1 : overflows(a, b) ? a : (T)(a / b); }
};
struct Rem {
    template <class T> T operator()(T a, T b) const { return b == 0 ? a : overflows(a, b) ? (T)0 : (T)(a % b); }
};

// F on each 16-bit half of 32 bits.
template <class F, class Half>
struct Halves {
    uint32_t operator()(uint32_t a, uint32_t b) const {
        const uint16_t low = (uint16_t)F()((Half)(uint16_t)a, (Half)(uint16_t)b);
        const uint16_t high = (uint16_t)F()((Half)(uint16_t)(a >> 16), (Half)(uint16_t)(b >> 16));
        return (uint32_t)low | (uint32_t)high << 16;
    }
};

template <class F>
Exec binary(const Decoder& d, Type type) {
    if (type == Type::U16X2) return elementwise<Halves<F, uint16_t>, uint32_t, uint32_t, uint32_t>;
    if (type == Type::S16X2) return elementwise<Halves<F, int16_t>, uint32_t, uint32_t, uint32_t>;
    return binary_integer<F>(d, type);
}

void need_s32(const Decoder& d, Type type, const char* what) {
    if (type != Type::S32) d.refuse(std::string(".") + what + " needs .s32");
}

template <class Plain, class Saturated>
void decode_sum(Decoder& d) {
    const bool saturate = d.take("sat");
    const Type type = d.type();
    if (saturate) need_s32(d, type, "sat");
    emit_uniform(d, KIND, saturate ? (Exec)elementwise<Saturated, int32_t, int32_t, int32_t> : binary<Plain>(d, type), type, 2);
}

template <class F>
void decode_extreme(Decoder& d) {
    const bool relu = d.take("relu");
    const Type type = d.type();
    if (relu && !is_signed(type)) d.refuse(".relu needs a signed type");
    emit_uniform(d, KIND, relu ? binary<Relu<F>>(d, type) : binary<F>(d, type), type, 2);
}

template <class F>
void decode_binary(Decoder& d) {
    const Type type = d.type();
    emit_uniform(d, KIND, binary_integer<F>(d, type), type, 2);
}

template <class F>
void decode_unary(Decoder& d) {
    const Type type = d.type();
    emit_uniform(d, KIND, unary_integer<F>(d, type), type, 1);
}

void decode_sad(Decoder& d) {
    const Type type = d.type();
    emit_uniform(d, KIND, ternary_integer<Sad>(d, type), type, 3);
}

Type widened(const Decoder& d, Type type) {
    switch (type) {
        case Type::U16: return Type::U32;
        case Type::S16: return Type::S32;
        case Type::U32: return Type::U64;
        case Type::S32: return Type::S64;
        default: d.refuse(".wide needs 16 or 32 bits");
    }
}

void decode_mul(Decoder& d) {
    const bool low = d.take("lo"), high = d.take("hi"), wide = d.take("wide");
    if (low + high + wide != 1) d.refuse("needs one of .lo, .hi, .wide");
    const Type type = d.type();
    if (!wide) return emit_uniform(d, KIND, low ? binary_integer<MulLow>(d, type) : binary_integer<MulHigh>(d, type), type, 2);
    d.expect_operands(3);
    const Type result = widened(d, type);
    const Exec exec = type == Type::U16   ? (Exec)elementwise<MulWide, uint32_t, uint16_t, uint16_t>
                      : type == Type::S16 ? (Exec)elementwise<MulWide, int32_t, int16_t, int16_t>
                      : type == Type::U32 ? (Exec)elementwise<MulWide, uint64_t, uint32_t, uint32_t>
                                          : (Exec)elementwise<MulWide, int64_t, int32_t, int32_t>;
    const Ref a = d.source(1, type), b = d.source(2, type);
    d.emit(KIND, exec, {d.destination(0, result), a, b});
}

void decode_mad(Decoder& d) {
    const bool low = d.take("lo"), high = d.take("hi"), wide = d.take("wide"), saturate = d.take("sat");
    if (low + high + wide != 1) d.refuse("needs one of .lo, .hi, .wide");
    const Type type = d.type();
    if (saturate && !(high && type == Type::S32)) d.refuse(".sat needs .hi.s32");
    if (saturate) return emit_uniform(d, KIND, elementwise<MadHighSaturated, int32_t, int32_t, int32_t, int32_t>, type, 3);
    if (!wide) return emit_uniform(d, KIND, low ? ternary_integer<MadLow>(d, type) : ternary_integer<MadHigh>(d, type), type, 3);
    d.expect_operands(4);
    const Type result = widened(d, type);
    const Exec exec = type == Type::U16   ? (Exec)elementwise<MadWide, uint32_t, uint16_t, uint16_t, uint32_t>
                      : type == Type::S16 ? (Exec)elementwise<MadWide, int32_t, int16_t, int16_t, int32_t>
                      : type == Type::U32 ? (Exec)elementwise<MadWide, uint64_t, uint32_t, uint32_t, uint64_t>
                                          : (Exec)elementwise<MadWide, int64_t, int32_t, int32_t, int64_t>;
    const Ref a = d.source(1, type), b = d.source(2, type), c = d.source(3, result);
    d.emit(KIND, exec, {d.destination(0, result), a, b, c});
}

template <class F>
Exec exec24(Type type, size_t sources) {
    if constexpr (std::is_invocable_v<F, uint32_t, uint32_t, uint32_t>) {
        (void)sources;
        return type == Type::U32 ? (Exec)elementwise<F, uint32_t, uint32_t, uint32_t, uint32_t>
                                 : (Exec)elementwise<F, int32_t, int32_t, int32_t, int32_t>;
    } else {
        return type == Type::U32 ? (Exec)elementwise<F, uint32_t, uint32_t, uint32_t>
                                 : (Exec)elementwise<F, int32_t, int32_t, int32_t>;
    }
}

template <class Low, class High, size_t SOURCES>
void decode_24(Decoder& d) {
    const bool low = d.take("lo");
    if (!low) d.require("hi");
    const bool saturate = SOURCES == 3 && d.take("sat");
    const Type type = d.type();
    if (saturate && (low || type != Type::S32)) d.refuse(".sat needs .hi.s32");
    if (saturate) return emit_uniform(d, KIND, elementwise<Mad24HighSaturated, int32_t, int32_t, int32_t, int32_t>, type, 3);
    if (type != Type::U32 && type != Type::S32) d.refuse("needs .u32 or .s32");
    emit_uniform(d, KIND, low ? exec24<Low>(type, SOURCES) : exec24<High>(type, SOURCES), type, SOURCES);
}

const Opcode add("add", decode_sum<Add, AddSaturated>, is_integer);
const Opcode sub("sub", decode_sum<Sub, SubSaturated>, is_integer);
const Opcode mul("mul", decode_mul, is_integer);
const Opcode mad("mad", decode_mad, is_integer);
const Opcode mul24("mul24", decode_24<Mul24Low, Mul24High, 2>);
const Opcode mad24("mad24", decode_24<Mad24Low, Mad24High, 3>);
const Opcode div("div", decode_binary<Div>, is_integer);
const Opcode rem("rem", decode_binary<Rem>);
const Opcode abs("abs", decode_unary<Abs>, is_integer);
const Opcode neg("neg", decode_unary<Neg>, is_integer);
const Opcode min("min", decode_extreme<Min>, is_integer);
const Opcode max("max", decode_extreme<Max>, is_integer);
const Opcode sad("sad", decode_sad);

}  // namespace
}  // namespace ridgepoint::emulator
