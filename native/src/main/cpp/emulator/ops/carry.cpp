// Arithmetic in many words: add.cc addc sub.cc subc mad.cc madc, with the carry flag as a predicate.
#include "decode/opcode.h"
#include "ops/dispatch.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Integer;

template <class T>
struct Sum {
    T value;
    bool carry;
};

// Subtraction's carry is its borrow.
struct Plus {
    template <class T> static Sum<T> of(T a, T b, bool carry) {
        const T first = (T)(a + b), second = (T)(first + carry);
        return {second, first < a || second < first};
    }
};
struct Minus {
    template <class T> static Sum<T> of(T a, T b, bool borrow) {
        return {(T)(a - b - borrow), a < b || (borrow && a == b)};
    }
};

struct Low { template <class T> static T of(T a, T b) { return (T)(a * b); } };
struct High {
    static uint16_t of(uint16_t a, uint16_t b) { return (uint16_t)(((uint32_t)a * b) >> 16); }
    static int16_t of(int16_t a, int16_t b) { return (int16_t)(((int32_t)a * b) >> 16); }
    static uint32_t of(uint32_t a, uint32_t b) { return (uint32_t)(((uint64_t)a * b) >> 32); }
    static int32_t of(int32_t a, int32_t b) { return (int32_t)(((int64_t)a * b) >> 32); }
    static uint64_t of(uint64_t a, uint64_t b) { return (uint64_t)(((unsigned __int128)a * b) >> 64); }
    static int64_t of(int64_t a, int64_t b) { return (int64_t)(((__int128)a * b) >> 64); }
};

// operands: result, carry out, carry in, then the values.
template <class F, class T, class Get>
Flow chain(Warp& warp, const Op& op, LaneMask active, Get get) {
    const LaneMask in = warp.predicate(op.operand[2]);
    T* to = warp.write<T>(op.operand[0]);
    LaneMask out = 0;
    for_active(active, [&](unsigned lane) {
        const auto [a, b] = get(lane);
        const Sum<T> sum = F::of(a, b, (in >> lane) & 1);
        to[lane] = sum.value;
        out |= (LaneMask)sum.carry << lane;
    });
    warp.set_predicate(op.operand[1], out, active);
    return Flow::Next;
}

template <class F, class T>
Flow sum(Warp& warp, const Op& op, LaneMask active) {
    const T* a = warp.read<T>(op.operand[3]);
    const T* b = warp.read<T>(op.operand[4]);
    return chain<F, T>(warp, op, active, [=](unsigned lane) { return std::pair<T, T>(a[lane], b[lane]); });
}

template <class Part, class S>
Flow product_sum(Warp& warp, const Op& op, LaneMask active) {
    typedef std::make_unsigned_t<S> T;
    const S* a = warp.read<S>(op.operand[3]);
    const S* b = warp.read<S>(op.operand[4]);
    const T* c = warp.read<T>(op.operand[5]);
    return chain<Plus, T>(warp, op, active,
                          [=](unsigned lane) { return std::pair<T, T>((T)Part::of(a[lane], b[lane]), c[lane]); });
}

// READS: the forms that take the flag in. SETS: the forms registered with .cc, which the root has taken already.
template <class F, bool READS, bool SETS>
void decode_sum(Decoder& d) {
    const bool sets = SETS || d.take("cc");
    const Type type = d.type();
    d.expect_operands(3);
    if (bits(type) == 16 && sets) d.refuse("16 bits leave no carry");
    const Exec exec = for_width(d, type, [](auto t) -> Exec { return sum<F, decltype(t)>; });
    const Ref in = READS ? d.carry_in() : d.constant(0, Type::Pred);
    const Ref a = d.source(1, type), b = d.source(2, type), to = d.destination(0, type);
    d.emit(KIND, exec, {to, sets ? d.carry_out() : d.temporary(Type::Pred), in, a, b});
}

template <class Part>
Exec product(const Decoder& d, Type type) {
    switch (type) {
        case Type::U16: return product_sum<Part, uint16_t>;
        case Type::S16: return product_sum<Part, int16_t>;
        case Type::U32: return product_sum<Part, uint32_t>;
        case Type::S32: return product_sum<Part, int32_t>;
        case Type::U64: return product_sum<Part, uint64_t>;
        case Type::S64: return product_sum<Part, int64_t>;
        default: d.refuse("needs an integer of 16, 32 or 64 bits");
    }
}

template <class Part>
void emit_mad(Decoder& d, bool reads, bool sets) {
    const Type type = d.type();
    d.expect_operands(4);
    if (bits(type) == 16 && sets) d.refuse("16 bits leave no carry");
    const Exec exec = product<Part>(d, type);
    const Ref in = reads ? d.carry_in() : d.constant(0, Type::Pred);
    const Ref a = d.source(1, type), b = d.source(2, type), c = d.source(3, type), to = d.destination(0, type);
    d.emit(KIND, exec, {to, sets ? d.carry_out() : d.temporary(Type::Pred), in, a, b, c});
}

template <class Part>
void decode_mad_cc(Decoder& d) {
    emit_mad<Part>(d, false, true);
}

void decode_madc(Decoder& d) {
    const bool low = d.take("lo");
    if (!low) d.require("hi");
    const bool sets = d.take("cc");
    low ? emit_mad<Low>(d, true, sets) : emit_mad<High>(d, true, sets);
}

const Opcode add_cc("add.cc", decode_sum<Plus, false, true>);
const Opcode addc("addc", decode_sum<Plus, true, false>);
const Opcode sub_cc("sub.cc", decode_sum<Minus, false, true>);
const Opcode subc("subc", decode_sum<Minus, true, false>);
const Opcode mad_lo_cc("mad.lo.cc", decode_mad_cc<Low>);
const Opcode mad_hi_cc("mad.hi.cc", decode_mad_cc<High>);
const Opcode madc("madc", decode_madc);

}  // namespace
}  // namespace ridgepoint::emulator
