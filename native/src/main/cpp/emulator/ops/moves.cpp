// mov (also packing and unpacking vectors), cvta, isspacep.
#include "core/memory_map.h"
#include "decode/opcode.h"
#include "exec/memory.h"
#include "ops/dispatch.h"
#include "ops/quad.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Move;

using ptx::Operand;

struct Copy { template <class T> T operator()(T a) const { return a; } };

Flow copy_predicate(Warp& warp, const Op& op, LaneMask active) {
    warp.set_predicate(op.operand[0], warp.predicate(op.operand[1]), active);
    return Flow::Next;
}

// Parts of `Part` bits into one value of `Whole`, the first part lowest; and back.
template <class Whole, class Part, unsigned N>
Flow pack(Warp& warp, const Op& op, LaneMask active) {
    const Part* part[N];
    for (unsigned i = 0; i < N; i++) part[i] = warp.read<Part>(op.operand[1 + i]);
    each_lane(warp.write<Whole>(op.operand[0]), active, [&](unsigned lane) {
        Whole value = 0;
        for (unsigned i = 0; i < N; i++) value |= (Whole)part[i][lane] << (i * 8 * sizeof(Part));
        return value;
    });
    return Flow::Next;
}

template <class Whole, class Part, unsigned N>
Flow unpack(Warp& warp, const Op& op, LaneMask active) {
    // A part may be the register that holds the whole.
    Whole value[LANES];
    const Whole* from = warp.read<Whole>(op.operand[N]);
    for (unsigned i = 0; i < LANES; i++) value[i] = from[i];
    for (unsigned i = 0; i < N; i++) {
        each_lane(warp.write<Part>(op.operand[i]), active, [&](unsigned lane) { return (Part)(value[lane] >> (i * 8 * sizeof(Part))); });
    }
    return Flow::Next;
}

// Two words of 64 bits and one of 128.
Flow pack_quad(Warp& warp, const Op& op, LaneMask active) {
    const uint64_t* low = warp.read<uint64_t>(op.operand[1]);
    const uint64_t* high = warp.read<uint64_t>(op.operand[2]);
    each_lane(warp.write<Quad>(op.operand[0]), active, [=](unsigned lane) { return Quad{{low[lane], high[lane]}}; });
    return Flow::Next;
}

Flow unpack_quad(Warp& warp, const Op& op, LaneMask active) {
    const Quad* from = warp.read<Quad>(op.operand[2]);
    for (unsigned i = 0; i < 2; i++) {
        each_lane(warp.write<uint64_t>(op.operand[i]), active, [=](unsigned lane) { return from[lane].word[i]; });
    }
    return Flow::Next;
}

struct Packing {
    Exec pack;
    Exec unpack;
    Type part;
};

Packing packing(const Decoder& d, Type whole, size_t parts) {
    if (whole != Type::B32 && whole != Type::B64 && whole != Type::B128) d.refuse("only .b32, .b64 and .b128 have parts");
    if (bits(whole) == 32 && parts == 2) return {pack<uint32_t, uint16_t, 2>, unpack<uint32_t, uint16_t, 2>, Type::B16};
    if (bits(whole) == 64 && parts == 2) return {pack<uint64_t, uint32_t, 2>, unpack<uint64_t, uint32_t, 2>, Type::B32};
    if (bits(whole) == 64 && parts == 4) return {pack<uint64_t, uint16_t, 4>, unpack<uint64_t, uint16_t, 4>, Type::B16};
    if (whole == Type::B128 && parts == 2) return {pack_quad, unpack_quad, Type::B64};
    d.refuse("a vector of " + std::to_string(parts) + " parts of ." + name(whole) + " is not supported");
}

void decode_pack(Decoder& d, Type type, const std::vector<Operand>& parts) {
    const Packing form = packing(d, type, parts.size());
    Ref part[4];
    for (size_t i = 0; i < parts.size(); i++) part[i] = d.source(parts[i], form.part);
    const Ref to = d.destination(0, type);
    d.emit(KIND, form.pack, {to, part[0], part[1], part[2], part[3]});
}

void decode_unpack(Decoder& d, Type type, const std::vector<Operand>& parts) {
    const Packing form = packing(d, type, parts.size());
    const Ref whole = d.source(1, type);
    Ref part[4];
    for (size_t i = 0; i < parts.size(); i++) part[i] = d.destination(parts[i], form.part);
    if (parts.size() == 2) {
        d.emit(KIND, form.unpack, {part[0], part[1], whole});
    } else {
        d.emit(KIND, form.unpack, {part[0], part[1], part[2], part[3], whole});
    }
}

void decode_mov(Decoder& d) {
    const Type type = d.type();
    d.expect_operands(2);
    const Operand& to = d.operand(0);
    const Operand& from = d.operand(1);
    if (from.kind == Operand::Kind::Vector) return decode_pack(d, type, from.elements);
    if (to.kind == Operand::Kind::Vector) return decode_unpack(d, type, to.elements);
    const Exec exec = type == Type::Pred   ? (Exec)copy_predicate
                      : type == Type::B128 ? (Exec)elementwise<Copy, Quad, Quad>
                                           : for_width(d, type, [](auto t) -> Exec {
        return elementwise<Copy, decltype(t), decltype(t)>;
    });
    const Ref value = d.source(from, type);
    d.emit(KIND, exec, {d.destination(to, type), value});
}

// --- address spaces ---

struct Window {
    uint64_t start;
    Space space;
};

Window window(Decoder& d) {
    return d.choose<Window>({{"global", {0, Space::Global}}, {"const", {0, Space::Global}},
                             {"shared", {SHARED_WINDOW, Space::Shared}}, {"shared::cta", {SHARED_WINDOW, Space::Shared}},
                             {"shared::cluster", {SHARED_WINDOW, Space::Shared}}, {"local", {LOCAL_WINDOW, Space::Local}},
                             {"param", {PARAM_WINDOW, Space::Param}}, {"param::entry", {PARAM_WINDOW, Space::Param}}},
                            Window{0, Space::Generic});
}

struct Plus { uint64_t operator()(uint64_t a, uint64_t b) const { return a + b; } };
struct Minus { uint64_t operator()(uint64_t a, uint64_t b) const { return a - b; } };

void decode_cvta(Decoder& d) {
    const bool from_generic = d.take("to");
    const Window of = window(d);
    if (of.space == Space::Generic) d.refuse("needs a state space");
    d.require("u64");
    d.expect_operands(2);
    const Ref address = d.source(1, Type::U64), start = d.constant(of.start, Type::U64);
    const Exec exec = from_generic ? (Exec)elementwise<Minus, uint64_t, uint64_t, uint64_t> : (Exec)elementwise<Plus, uint64_t, uint64_t, uint64_t>;
    d.emit(KIND, exec, {d.destination(0, Type::U64), address, start});
}

Flow isspacep(Warp& warp, const Op& op, LaneMask active) {
    const uint64_t* address = warp.read<uint64_t>(op.operand[1]);
    LaneMask mask = 0;
    for (unsigned i = 0; i < LANES; i++) mask |= (LaneMask)(space_of(address[i]) == (Space)op.immediate) << i;
    warp.set_predicate(op.operand[0], mask, active);
    return Flow::Next;
}

void decode_isspacep(Decoder& d) {
    const Window of = window(d);
    if (of.space == Space::Generic) d.refuse("needs a state space");
    d.expect_operands(2);
    const Ref address = d.source(1, Type::U64);
    d.emit(KIND, isspacep, {d.destination(0, Type::Pred), address}).immediate = (uint64_t)of.space;
}

const Opcode mov("mov", decode_mov);
const Opcode cvta("cvta", decode_cvta);
const Opcode isspacep_("isspacep", decode_isspacep);

}  // namespace
}  // namespace ridgepoint::emulator
