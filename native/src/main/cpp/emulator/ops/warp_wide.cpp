// What the lanes of a warp do together: shfl vote match redux elect activemask.
#include <algorithm>

#include "decode/opcode.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "ops/dispatch.h"
#include "ops/members.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::WarpWide;

using ptx::Operand;

// Waits for the lanes of the member mask, the last operand of every .sync instruction.
bool gathered(Warp& warp, LaneMask active, Ref members) {
    const LaneMask wanted = own_members(warp, active, warp.read<uint32_t>(members));
    if (!warp.gather(active, wanted)) return false;
    if (Observer* observer = warp.cta().worker().observer) observer->warp_synchronised(warp, active);
    return true;
}

// --- shfl ---

enum class Shuffle : uint64_t { Up, Down, Butterfly, Index };

struct Source {
    unsigned lane;
    bool in_range;
};

// `c` holds the last lane of a segment, and above it the mask that makes segments.
Source source_lane(Shuffle mode, unsigned lane, uint32_t b, uint32_t c) {
    const uint32_t segment = (c >> 8) & 31, by = b & 31, clamp = c & 31;
    const int last = (int)((lane & segment) | (clamp & ~segment));
    const int first = (int)(lane & segment);
    int from = 0;
    bool in_range = false;
    switch (mode) {
        case Shuffle::Up: from = (int)lane - (int)by; in_range = from >= last; break;
        case Shuffle::Down: from = (int)lane + (int)by; in_range = from <= last; break;
        case Shuffle::Butterfly: from = (int)(lane ^ by); in_range = from <= last; break;
        case Shuffle::Index: from = first | (int)(by & ~segment); in_range = from <= last; break;
    }
    return {in_range ? (unsigned)from : lane, in_range};
}

Flow shfl(Warp& warp, const Op& op, LaneMask active) {
    if (!gathered(warp, active, op.operand[5])) return Flow::Blocked;
    const uint32_t* b = warp.read<uint32_t>(op.operand[3]);
    const uint32_t* c = warp.read<uint32_t>(op.operand[4]);
    uint32_t value[LANES];
    std::copy_n(warp.read<uint32_t>(op.operand[2]), LANES, value);
    LaneMask in_range = 0;
    uint32_t* to = warp.write<uint32_t>(op.operand[0]);
    uint32_t result[LANES];
    for_active(active, [&](unsigned lane) {
        const Source source = source_lane((Shuffle)op.immediate, lane, b[lane], c[lane]);
        in_range |= (LaneMask)source.in_range << lane;
        result[lane] = value[source.lane];
    });
    for_active(active, [&](unsigned lane) { to[lane] = result[lane]; });
    warp.set_predicate(op.operand[1], in_range, active);
    return Flow::Next;
}

// A result, or result|predicate.
struct Results {
    Ref value, predicate;
};
Results results(Decoder& d, Type type) {
    const Operand& to = d.operand(0);
    if (to.kind != Operand::Kind::Pair) return {d.destination(to, type), d.temporary(Type::Pred)};
    return {d.destination(to.elements[0], type), d.destination(to.elements[1], Type::Pred)};
}

void decode_shfl(Decoder& d) {
    d.require("sync");
    const Shuffle mode = d.choose<Shuffle>({{"up", Shuffle::Up}, {"down", Shuffle::Down}, {"bfly", Shuffle::Butterfly}}, Shuffle::Index);
    if (mode == Shuffle::Index) d.require("idx");
    d.require("b32");
    d.expect_operands(5);
    const Ref a = d.source(1, Type::B32), b = d.source(2, Type::B32), c = d.source(3, Type::B32), members = d.source(4, Type::B32);
    const Results to = results(d, Type::B32);
    d.emit(KIND, shfl, {to.value, to.predicate, a, b, c, members}).immediate = (uint64_t)mode;
}

// --- vote ---

enum class Vote : uint64_t { All, Any, Uniform };

Flow vote(Warp& warp, const Op& op, LaneMask active) {
    if (!gathered(warp, active, op.operand[2])) return Flow::Blocked;
    const LaneMask yes = warp.predicate(op.operand[1]) & active;
    const bool all = yes == active, none = yes == 0;
    const bool outcome = (Vote)op.immediate == Vote::All ? all : (Vote)op.immediate == Vote::Any ? !none : all || none;
    warp.set_predicate(op.operand[0], outcome ? ALL_LANES : 0, active);
    return Flow::Next;
}

Flow ballot(Warp& warp, const Op& op, LaneMask active) {
    if (!gathered(warp, active, op.operand[2])) return Flow::Blocked;
    const LaneMask yes = warp.predicate(op.operand[1]) & active;
    each_lane(warp.write<uint32_t>(op.operand[0]), active, [=](unsigned) { return yes; });
    return Flow::Next;
}

void decode_vote(Decoder& d) {
    d.require("sync");
    d.expect_operands(3);
    const bool counts = d.take("ballot");
    const Vote mode = d.choose<Vote>({{"all", Vote::All}, {"any", Vote::Any}, {"uni", Vote::Uniform}}, Vote::All);
    d.require(counts ? "b32" : "pred");
    const Ref from = d.source(1, Type::Pred), members = d.source(2, Type::B32);
    if (counts) {
        d.emit(KIND, ballot, {d.destination(0, Type::B32), from, members});
    } else {
        d.emit(KIND, vote, {d.destination(0, Type::Pred), from, members}).immediate = (uint64_t)mode;
    }
}

// --- match ---

template <class T>
LaneMask equal_lanes(const T* value, LaneMask active, unsigned lane) {
    LaneMask equal = 0;
    for_active(active, [&](unsigned other) { equal |= (LaneMask)(value[other] == value[lane]) << other; });
    return equal;
}

template <class T>
Flow match_any(Warp& warp, const Op& op, LaneMask active) {
    if (!gathered(warp, active, op.operand[3])) return Flow::Blocked;
    const T* value = warp.read<T>(op.operand[2]);
    uint32_t result[LANES];
    for_active(active, [&](unsigned lane) { result[lane] = equal_lanes(value, active, lane); });
    uint32_t* to = warp.write<uint32_t>(op.operand[0]);
    for_active(active, [&](unsigned lane) { to[lane] = result[lane]; });
    return Flow::Next;
}

template <class T>
Flow match_all(Warp& warp, const Op& op, LaneMask active) {
    if (!gathered(warp, active, op.operand[3])) return Flow::Blocked;
    const T* value = warp.read<T>(op.operand[2]);
    const bool all = equal_lanes(value, active, lowest(active)) == active;
    each_lane(warp.write<uint32_t>(op.operand[0]), active, [=](unsigned) { return all ? active : 0u; });
    warp.set_predicate(op.operand[1], all ? ALL_LANES : 0, active);
    return Flow::Next;
}

void decode_match(Decoder& d) {
    const bool any = d.take("any");
    if (!any) d.require("all");
    d.require("sync");
    const Type type = d.type();
    d.expect_operands(3);
    if (any && d.operand(0).kind == Operand::Kind::Pair) d.refuse("any has no predicate");
    const Exec exec = bits(type) == 32 ? (any ? match_any<uint32_t> : match_all<uint32_t>) : (any ? match_any<uint64_t> : match_all<uint64_t>);
    const Ref value = d.source(1, type), members = d.source(2, Type::B32);
    const Results to = results(d, Type::B32);
    d.emit(KIND, exec, {to.value, to.predicate, value, members});
}

// --- redux ---

struct Add { template <class T> T operator()(T a, T b) const { return (T)(a + b); } };
struct Min { template <class T> T operator()(T a, T b) const { return std::min(a, b); } };
struct Max { template <class T> T operator()(T a, T b) const { return std::max(a, b); } };
struct And { template <class T> T operator()(T a, T b) const { return (T)(a & b); } };
struct Or { template <class T> T operator()(T a, T b) const { return (T)(a | b); } };
struct Xor { template <class T> T operator()(T a, T b) const { return (T)(a ^ b); } };

template <class F, class T>
Flow redux(Warp& warp, const Op& op, LaneMask active) {
    if (!gathered(warp, active, op.operand[2])) return Flow::Blocked;
    const T* value = warp.read<T>(op.operand[1]);
    T sum = value[lowest(active)];
    for_active(active & (active - 1), [&](unsigned lane) { sum = F()(sum, value[lane]); });
    each_lane(warp.write<T>(op.operand[0]), active, [=](unsigned) { return sum; });
    return Flow::Next;
}

void decode_redux(Decoder& d) {
    d.require("sync");
    const Type type = d.type();
    d.expect_operands(3);
    Exec exec = nullptr;
    if (type == Type::S32) {
        exec = d.choose<Exec>({{"add", redux<Add, int32_t>}, {"min", redux<Min, int32_t>}, {"max", redux<Max, int32_t>}}, nullptr);
    } else if (type == Type::U32) {
        exec = d.choose<Exec>({{"add", redux<Add, uint32_t>}, {"min", redux<Min, uint32_t>}, {"max", redux<Max, uint32_t>}}, nullptr);
    } else if (type == Type::B32) {
        exec = d.choose<Exec>({{"and", redux<And, uint32_t>}, {"or", redux<Or, uint32_t>}, {"xor", redux<Xor, uint32_t>}}, nullptr);
    }
    if (exec == nullptr) d.refuse("this reduction is not supported");
    const Ref value = d.source(1, type), members = d.source(2, Type::B32);
    d.emit(KIND, exec, {d.destination(0, type), value, members});
}

// --- elect, activemask ---

Flow elect(Warp& warp, const Op& op, LaneMask active) {
    if (!gathered(warp, active, op.operand[2])) return Flow::Blocked;
    const unsigned leader = lowest(active);
    each_lane(warp.write<uint32_t>(op.operand[0]), active, [=](unsigned) { return (uint32_t)leader; });
    warp.set_predicate(op.operand[1], 1u << leader, active);
    return Flow::Next;
}

void decode_elect(Decoder& d) {
    d.require("sync");
    d.expect_operands(2);
    const Ref members = d.source(1, Type::B32);
    const Results to = results(d, Type::B32);
    d.emit(KIND, elect, {to.value, to.predicate, members});
}

Flow activemask(Warp& warp, const Op& op, LaneMask active) {
    each_lane(warp.write<uint32_t>(op.operand[0]), active, [=](unsigned) { return active; });
    return Flow::Next;
}

void decode_activemask(Decoder& d) {
    d.require("b32");
    d.expect_operands(1);
    d.emit(KIND, activemask, {d.destination(0, Type::B32)});
}

const Opcode shfl_("shfl", decode_shfl);
const Opcode vote_("vote", decode_vote);
const Opcode match_("match", decode_match);
const Opcode redux_("redux", decode_redux);
const Opcode elect_("elect", decode_elect);
const Opcode activemask_("activemask", decode_activemask);

}  // namespace
}  // namespace ridgepoint::emulator
