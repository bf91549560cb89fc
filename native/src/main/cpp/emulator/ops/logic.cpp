// Logic and shifts: and or xor not cnot shl shr shf lop3.
#include "decode/opcode.h"
#include "ops/dispatch.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Logic;

struct And { template <class T> T operator()(T a, T b) const { return (T)(a & b); } };
struct Or { template <class T> T operator()(T a, T b) const { return (T)(a | b); } };
struct Xor { template <class T> T operator()(T a, T b) const { return (T)(a ^ b); } };
struct Not { template <class T> T operator()(T a) const { return (T)~a; } };
struct CNot { template <class T> T operator()(T a) const { return (T)(a == 0); } };

// Shift amounts are 32 bits and clamp at the width.
struct ShiftLeft {
    template <class T> T operator()(T a, uint32_t by) const { return by < 8 * sizeof(T) ? (T)(a << by) : (T)0; }
};
struct ShiftRight {
    template <class T> T operator()(T a, uint32_t by) const {
        const uint32_t last = 8 * sizeof(T) - 1;
        return by <= last ? (T)(a >> by) : std::is_signed_v<T> ? (T)(a >> last) : (T)0;
    }
};

struct Wrap { static uint32_t amount(uint32_t by) { return by & 31; } };
struct Clamp { static uint32_t amount(uint32_t by) { return by < 32 ? by : 32; } };
template <class Amount>
struct FunnelLeft {
    uint32_t operator()(uint32_t a, uint32_t b, uint32_t by) const {
        return (uint32_t)((((uint64_t)b << 32 | a) << Amount::amount(by)) >> 32);
    }
};
template <class Amount>
struct FunnelRight {
    uint32_t operator()(uint32_t a, uint32_t b, uint32_t by) const {
        return (uint32_t)(((uint64_t)b << 32 | a) >> Amount::amount(by));
    }
};

// One operation on masks of 32 lanes at once: logic on predicates.
template <class F, size_t SOURCES>
Flow on_predicates(Warp& warp, const Op& op, LaneMask active) {
    const LaneMask a = warp.predicate(op.operand[1]);
    if constexpr (SOURCES == 1) {
        warp.set_predicate(op.operand[0], F()(a), active);
    } else {
        warp.set_predicate(op.operand[0], F()(a, warp.predicate(op.operand[2])), active);
    }
    return Flow::Next;
}

template <class F>
void decode_binary(Decoder& d) {
    const Type type = d.type();
    const Exec exec = type == Type::Pred ? (Exec)on_predicates<F, 2> : for_width(d, type, [](auto t) -> Exec {
        return elementwise<F, decltype(t), decltype(t), decltype(t)>;
    });
    emit_uniform(d, KIND, exec, type, 2);
}

template <class F>
void decode_unary(Decoder& d) {
    const Type type = d.type();
    const Exec exec = type == Type::Pred ? (Exec)on_predicates<F, 1> : for_width(d, type, [](auto t) -> Exec {
        return elementwise<F, decltype(t), decltype(t)>;
    });
    emit_uniform(d, KIND, exec, type, 1);
}

template <class F>
void decode_shift(Decoder& d) {
    const Type type = d.type();
    d.expect_operands(3);
    const Exec exec = for_integer(d, type, [](auto t) -> Exec { return elementwise<F, decltype(t), decltype(t), uint32_t>; });
    const Ref a = d.source(1, type), by = d.source(2, Type::U32);
    d.emit(KIND, exec, {d.destination(0, type), a, by});
}

void decode_funnel(Decoder& d) {
    const bool left = d.take("l");
    if (!left) d.require("r");
    const bool clamp = d.take("clamp");
    if (!clamp) d.require("wrap");
    d.require("b32");
    const Exec exec = left ? clamp ? (Exec)elementwise<FunnelLeft<Clamp>, uint32_t, uint32_t, uint32_t, uint32_t>
                                   : (Exec)elementwise<FunnelLeft<Wrap>, uint32_t, uint32_t, uint32_t, uint32_t>
                           : clamp ? (Exec)elementwise<FunnelRight<Clamp>, uint32_t, uint32_t, uint32_t, uint32_t>
                                   : (Exec)elementwise<FunnelRight<Wrap>, uint32_t, uint32_t, uint32_t, uint32_t>;
    emit_uniform(d, KIND, exec, Type::B32, 3);
}

// Bit i of the table is the answer for inputs (a, b, c) that spell i.
Flow lop3(Warp& warp, const Op& op, LaneMask active) {
    const uint32_t* a = warp.read<uint32_t>(op.operand[1]);
    const uint32_t* b = warp.read<uint32_t>(op.operand[2]);
    const uint32_t* c = warp.read<uint32_t>(op.operand[3]);
    uint32_t row[8];
    for (unsigned i = 0; i < 8; i++) row[i] = (op.immediate >> i) & 1 ? ~0u : 0u;
    // Shannon's expansion: choose by c, then by b, then by a.
    each_lane(warp.write<uint32_t>(op.operand[0]), active, [&](unsigned i) {
        const auto choose = [](uint32_t by, uint32_t zero, uint32_t one) { return zero ^ (by & (zero ^ one)); };
        const uint32_t low = choose(b[i], choose(c[i], row[0], row[1]), choose(c[i], row[2], row[3]));
        const uint32_t high = choose(b[i], choose(c[i], row[4], row[5]), choose(c[i], row[6], row[7]));
        return choose(a[i], low, high);
    });
    return Flow::Next;
}

// operand 0 = (operand 1 != 0) F operand 2, a predicate.
template <class F>
Flow nonzero(Warp& warp, const Op& op, LaneMask active) {
    const uint32_t* value = warp.read<uint32_t>(op.operand[1]);
    const LaneMask mask = mask_of([=](unsigned i) { return value[i] != 0; });
    warp.set_predicate(op.operand[0], F()(mask, warp.predicate(op.operand[2])), active);
    return Flow::Next;
}

void emit_lop3(Decoder& d, Ref to) {
    const Ref a = d.source(1, Type::B32), b = d.source(2, Type::B32), c = d.source(3, Type::B32);
    const int64_t table = d.immediate(4);
    if (table < 0 || table > 255) d.refuse("the table must lie in 0 to 255");
    d.emit(KIND, lop3, {to, a, b, c}).immediate = (uint64_t)table;
}

void decode_lop3(Decoder& d) {
    const Exec also = d.choose<Exec>({{"or", nonzero<Or>}, {"and", nonzero<And>}}, nullptr);
    d.require("b32");
    if (also == nullptr) {
        d.expect_operands(5);
        return emit_lop3(d, d.destination(0, Type::B32));
    }
    d.expect_operands(6);
    const ptx::Operand& results = d.operand(0);
    if (results.kind != ptx::Operand::Kind::Pair) d.refuse("needs two results");
    const Ref other = d.source(5, Type::Pred);
    const Ref to = d.destination(results.elements[0], Type::B32);
    emit_lop3(d, to);
    d.emit(KIND, also, {d.destination(results.elements[1], Type::Pred), to, other});
}

const Opcode and_("and", decode_binary<And>);
const Opcode or_("or", decode_binary<Or>);
const Opcode xor_("xor", decode_binary<Xor>);
const Opcode not_("not", decode_unary<Not>);
const Opcode cnot("cnot", decode_unary<CNot>);
const Opcode shl("shl", decode_shift<ShiftLeft>);
const Opcode shr("shr", decode_shift<ShiftRight>);
const Opcode shf("shf", decode_funnel);
const Opcode lop3_("lop3", decode_lop3);

}  // namespace
}  // namespace ridgepoint::emulator
