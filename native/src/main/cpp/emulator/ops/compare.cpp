// Comparison and selection: setp set selp slct testp.
#include <cmath>

#include "decode/opcode.h"
#include "fp/bits.h"
#include "fp/half.h"
#include "ops/dispatch.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Compare;

using ptx::Operand;

struct Eq { template <class T> static bool of(T a, T b) { return a == b; } };
struct Ne { template <class T> static bool of(T a, T b) { return a != b; } };
struct Lt { template <class T> static bool of(T a, T b) { return a < b; } };
struct Le { template <class T> static bool of(T a, T b) { return a <= b; } };
struct Gt { template <class T> static bool of(T a, T b) { return a > b; } };
struct Ge { template <class T> static bool of(T a, T b) { return a >= b; } };
// != of floats is true for NaN, which PTX calls neu; ne wants two numbers.
template <class T> bool unordered(T a, T b) { return a != a || b != b; }
struct OrderedNe { template <class T> static bool of(T a, T b) { return a < b || a > b; } };
template <class C> struct OrNan { template <class T> static bool of(T a, T b) { return C::of(a, b) || unordered(a, b); } };
struct Numbers { template <class T> static bool of(T a, T b) { return !unordered(a, b); } };
struct AnyNan { template <class T> static bool of(T a, T b) { return unordered(a, b); } };

// How lanes of a type are read for comparison.
template <class T> struct Plain { typedef T Raw; static T get(T a) { return a; } };
struct Flushed { typedef float Raw; static float get(float a) { return flushed(a); } };
template <class Lane> struct Half { typedef uint16_t Raw; static float get(uint16_t a) { return Lane::get(a); } };
struct FlushedHalf {
    typedef uint16_t Raw;
    static float get(uint16_t a) { return F16Lane::get((a & F16Lane::EXPONENT) == 0 ? (uint16_t)(a & 0x8000) : a); }
};

// operand 0 = operand 1 C operand 2, as a predicate.
template <class C, class Reader>
Flow compare(Warp& warp, const Op& op, LaneMask active) {
    const auto* a = warp.read<typename Reader::Raw>(op.operand[1]);
    const auto* b = warp.read<typename Reader::Raw>(op.operand[2]);
    warp.set_predicate(op.operand[0], mask_of([=](unsigned i) { return C::of(Reader::get(a[i]), Reader::get(b[i])); }), active);
    return Flow::Next;
}

template <class Reader>
Exec float_comparison(Decoder& d) {
    return d.choose<Exec>({{"eq", compare<Eq, Reader>}, {"ne", compare<OrderedNe, Reader>}, {"lt", compare<Lt, Reader>},
                           {"le", compare<Le, Reader>}, {"gt", compare<Gt, Reader>}, {"ge", compare<Ge, Reader>},
                           {"equ", compare<OrNan<Eq>, Reader>}, {"neu", compare<Ne, Reader>},
                           {"ltu", compare<OrNan<Lt>, Reader>}, {"leu", compare<OrNan<Le>, Reader>},
                           {"gtu", compare<OrNan<Gt>, Reader>}, {"geu", compare<OrNan<Ge>, Reader>},
                           {"num", compare<Numbers, Reader>}, {"nan", compare<AnyNan, Reader>}}, nullptr);
}

template <class T>
Exec integer_comparison(Decoder& d) {
    typedef Plain<T> R;
    return d.choose<Exec>({{"eq", compare<Eq, R>}, {"ne", compare<Ne, R>}, {"lt", compare<Lt, R>}, {"le", compare<Le, R>},
                           {"gt", compare<Gt, R>}, {"ge", compare<Ge, R>}, {"lo", compare<Lt, R>}, {"ls", compare<Le, R>},
                           {"hi", compare<Gt, R>}, {"hs", compare<Ge, R>}}, nullptr);
}

Exec comparison(Decoder& d, Type type, bool flush) {
    Exec exec = nullptr;
    switch (type) {
        case Type::F32: exec = flush ? float_comparison<Flushed>(d) : float_comparison<Plain<float>>(d); break;
        case Type::F64: exec = float_comparison<Plain<double>>(d); break;
        case Type::F16: exec = flush ? float_comparison<FlushedHalf>(d) : float_comparison<Half<F16Lane>>(d); break;
        case Type::BF16: exec = float_comparison<Half<Bf16Lane>>(d); break;
        default: exec = for_integer(d, type, [&](auto t) -> Exec { return integer_comparison<decltype(t)>(d); });
    }
    if (exec == nullptr) d.refuse("needs a comparison");
    return exec;
}

// --- what combines comparisons with a predicate, and makes results of them ---

struct And { static LaneMask of(LaneMask a, LaneMask b) { return a & b; } };
struct Or { static LaneMask of(LaneMask a, LaneMask b) { return a | b; } };
struct Xor { static LaneMask of(LaneMask a, LaneMask b) { return a ^ b; } };

// operand 0 = (operand 1, inverted where `immediate`) F operand 2
template <class F>
Flow combine(Warp& warp, const Op& op, LaneMask active) {
    const LaneMask inverse = op.immediate != 0 ? ALL_LANES : 0;
    warp.set_predicate(op.operand[0], F::of(warp.predicate(op.operand[1]) ^ inverse, warp.predicate(op.operand[2])), active);
    return Flow::Next;
}

// Halves of pairs.
struct LowHalf { uint16_t operator()(uint32_t a) const { return (uint16_t)a; } };
struct HighHalf { uint16_t operator()(uint32_t a) const { return (uint16_t)(a >> 16); } };
template <class F>
Ref half_of(Decoder& d, Ref pair) {
    const Ref half = d.temporary(Type::B16);
    d.emit(KIND, elementwise<F, uint16_t, uint32_t>, {half, pair});
    return half;
}

struct Form {
    Exec compare;
    Exec combine;  // null: no predicate to combine with
    Type type;
    bool packed;
};

Form take_form(Decoder& d) {
    const Exec combine_with = d.choose<Exec>({{"and", combine<And>}, {"or", combine<Or>}, {"xor", combine<Xor>}}, nullptr);
    const bool flush = d.take("ftz");
    const Type type = d.type();
    const bool packed = type == Type::F16X2 || type == Type::BF16X2;
    const Type element = type == Type::F16X2 ? Type::F16 : type == Type::BF16X2 ? Type::BF16 : type;
    return {comparison(d, element, flush), combine_with, type, packed};
}

// The comparison's bare outcome, then the result and, where there are two, the one of the inverse.
void emit_setp(Decoder& d, const Form& form, Ref bare, Ref a, Ref b, const Operand* first, const Operand* second, Ref with) {
    d.emit(KIND, form.compare, {bare, a, b});
    const Exec join = form.combine != nullptr ? form.combine : combine<And>;
    d.emit(KIND, join, {d.destination(*first, Type::Pred), bare, with});
    if (second != nullptr) d.emit(KIND, join, {d.destination(*second, Type::Pred), bare, with}).immediate = 1;
}

void decode_setp(Decoder& d) {
    const Form form = take_form(d);
    d.expect_operands(form.combine != nullptr ? 4 : 3);
    const Operand& to = d.operand(0);
    const bool two = to.kind == Operand::Kind::Pair;
    const Ref a = d.source(1, form.type), b = d.source(2, form.type);
    if (form.packed) {
        const Ref with = form.combine != nullptr ? d.source(3, Type::Pred) : d.constant(1, Type::Pred);
        const Ref al = half_of<LowHalf>(d, a), bl = half_of<LowHalf>(d, b), ah = half_of<HighHalf>(d, a), bh = half_of<HighHalf>(d, b);
        // One predicate alone is that of the low halves.
        emit_setp(d, form, d.temporary(Type::Pred), al, bl, two ? &to.elements[0] : &to, nullptr, with);
        if (two) emit_setp(d, form, d.temporary(Type::Pred), ah, bh, &to.elements[1], nullptr, with);
    } else if (!two && form.combine == nullptr) {
        d.emit(KIND, form.compare, {d.destination(to, Type::Pred), a, b});
    } else {
        const Ref with = form.combine != nullptr ? d.source(3, Type::Pred) : d.constant(1, Type::Pred);
        emit_setp(d, form, d.temporary(Type::Pred), a, b, two ? &to.elements[0] : &to, two ? &to.elements[1] : nullptr, with);
    }
}

// operand 0 = operand 1 ? value of "true" : 0
template <class T>
Flow as_value(Warp& warp, const Op& op, LaneMask active) {
    const LaneMask mask = warp.predicate(op.operand[1]);
    const T yes = (T)op.immediate;
    each_lane(warp.write<T>(op.operand[0]), active, [=](unsigned i) { return (mask >> i) & 1 ? yes : (T)0; });
    return Flow::Next;
}

// Both halves of a pair, from two predicates.
Flow as_pair(Warp& warp, const Op& op, LaneMask active) {
    const LaneMask low = warp.predicate(op.operand[1]), high = warp.predicate(op.operand[2]);
    const uint32_t yes = (uint32_t)op.immediate;
    each_lane(warp.write<uint32_t>(op.operand[0]), active, [=](unsigned i) {
        return ((low >> i) & 1 ? yes : 0u) | ((high >> i) & 1 ? yes << 16 : 0u);
    });
    return Flow::Next;
}

uint64_t truth(const Decoder& d, Type type) {
    switch (type) {
        case Type::F32: return 0x3f800000;
        case Type::F16: case Type::F16X2: return 0x3c00;
        case Type::BF16: case Type::BF16X2: return 0x3f80;
        case Type::U16: case Type::S16: return 0xffff;
        case Type::U32: case Type::S32: return 0xffffffff;
        default: d.refuse("this result type is not supported");
    }
}

Ref compared(Decoder& d, const Form& form, Ref a, Ref b, Ref with) {
    const Ref bare = d.temporary(Type::Pred);
    d.emit(KIND, form.compare, {bare, a, b});
    if (form.combine == nullptr) return bare;
    const Ref joined = d.temporary(Type::Pred);
    d.emit(KIND, form.combine, {joined, bare, with});
    return joined;
}

// set.cmp{.op}.dtype.stype: like setp, with a number as result. A pair compared into u32 gives a mask of halves.
void decode_set(Decoder& d) {
    const Exec combine_with = d.choose<Exec>({{"and", combine<And>}, {"or", combine<Or>}, {"xor", combine<Xor>}}, nullptr);
    const bool flush = d.take("ftz");
    const Type result = d.type(), type = d.type();
    const bool packed = type == Type::F16X2 || type == Type::BF16X2;
    const Type element = type == Type::F16X2 ? Type::F16 : type == Type::BF16X2 ? Type::BF16 : type;
    const Form form{comparison(d, element, flush), combine_with, type, packed};
    d.expect_operands(form.combine != nullptr ? 4 : 3);
    const Ref a = d.source(1, type), b = d.source(2, type);
    const Ref with = form.combine != nullptr ? d.source(3, Type::Pred) : Ref();
    if (packed) {
        const Ref al = half_of<LowHalf>(d, a), bl = half_of<LowHalf>(d, b), ah = half_of<HighHalf>(d, a), bh = half_of<HighHalf>(d, b);
        const Ref low = compared(d, form, al, bl, with), high = compared(d, form, ah, bh, with);
        const uint64_t yes = bits(result) == 32 && is_integer(result) ? 0xffff : truth(d, result);
        d.emit(KIND, as_pair, {d.destination(0, result), low, high}).immediate = yes;
        return;
    }
    const Ref outcome = compared(d, form, a, b, with);
    const Exec exec = bits(result) == 16 ? (Exec)as_value<uint16_t> : (Exec)as_value<uint32_t>;
    d.emit(KIND, exec, {d.destination(0, result), outcome}).immediate = truth(d, result);
}

template <class T>
Flow select(Warp& warp, const Op& op, LaneMask active) {
    const T* a = warp.read<T>(op.operand[1]);
    const T* b = warp.read<T>(op.operand[2]);
    const LaneMask mask = warp.predicate(op.operand[3]);
    each_lane(warp.write<T>(op.operand[0]), active, [=](unsigned i) { return (mask >> i) & 1 ? a[i] : b[i]; });
    return Flow::Next;
}

void decode_selp(Decoder& d) {
    const Type type = d.type();
    d.expect_operands(4);
    const Exec exec = for_width(d, type, [](auto t) -> Exec { return select<decltype(t)>; });
    const Ref a = d.source(1, type), b = d.source(2, type), by = d.source(3, Type::Pred);
    d.emit(KIND, exec, {d.destination(0, type), a, b, by});
}

// c >= 0 ? a : b
template <class T, class C, bool FTZ>
struct Choose {
    T operator()(T a, T b, C c) const {
        if constexpr (FTZ) c = flushed(c);
        return c >= 0 ? a : b;
    }
};

void decode_slct(Decoder& d) {
    const bool flush = d.take("ftz");
    const Type type = d.type(), by = d.type();
    d.expect_operands(4);
    if (by != Type::S32 && by != Type::F32) d.refuse("chooses by .s32 or .f32");
    const Exec exec = for_width(d, type, [&](auto t) -> Exec {
        typedef decltype(t) T;
        return by == Type::S32 ? (Exec)elementwise<Choose<T, int32_t, false>, T, T, T, int32_t>
               : flush         ? (Exec)elementwise<Choose<T, float, true>, T, T, T, float>
                               : (Exec)elementwise<Choose<T, float, false>, T, T, T, float>;
    });
    const Ref a = d.source(1, type), b = d.source(2, type), c = d.source(3, by);
    d.emit(KIND, exec, {d.destination(0, type), a, b, c});
}

// --- testp ---

struct IsFinite { template <class T> static bool of(T a) { return std::isfinite(a); } };
struct IsInfinite { template <class T> static bool of(T a) { return std::isinf(a); } };
struct IsNumber { template <class T> static bool of(T a) { return a == a; } };
struct IsNan { template <class T> static bool of(T a) { return a != a; } };
struct IsNormal { template <class T> static bool of(T a) { return std::isnormal(a); } };
struct IsSubnormal { template <class T> static bool of(T a) { return std::fpclassify(a) == FP_SUBNORMAL; } };

template <class F, class T>
Flow test(Warp& warp, const Op& op, LaneMask active) {
    const T* a = warp.read<T>(op.operand[1]);
    warp.set_predicate(op.operand[0], mask_of([=](unsigned i) { return F::of(a[i]); }), active);
    return Flow::Next;
}

template <class T>
Exec test_exec(Decoder& d) {
    return d.choose<Exec>({{"finite", test<IsFinite, T>}, {"infinite", test<IsInfinite, T>}, {"number", test<IsNumber, T>},
                           {"notanumber", test<IsNan, T>}, {"normal", test<IsNormal, T>}, {"subnormal", test<IsSubnormal, T>}},
                          nullptr);
}

void decode_testp(Decoder& d) {
    const Type type = d.type();
    d.expect_operands(2);
    const Exec exec = type == Type::F64 ? test_exec<double>(d) : test_exec<float>(d);
    if (exec == nullptr) d.refuse("needs a test");
    const Ref a = d.source(1, type);
    d.emit(KIND, exec, {d.destination(0, Type::Pred), a});
}

const Opcode setp("setp", decode_setp);
const Opcode set("set", decode_set);
const Opcode selp("selp", decode_selp);
const Opcode slct("slct", decode_slct);
const Opcode testp("testp", decode_testp);

}  // namespace
}  // namespace ridgepoint::emulator
