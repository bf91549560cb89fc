// Barriers and fences: bar barrier bar.warp.sync membar fence nanosleep.
#include <algorithm>
#include <optional>

#include "decode/opcode.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "exec/observer.h"
#include "ops/dispatch.h"
#include "ops/members.h"

namespace ridgepoint::emulator {
namespace {

constexpr InstructionClass KIND = InstructionClass::Barrier;

using ptx::Operand;

enum class Mode : uint8_t { Sync, Arrive, Count, All, Any };

struct BarrierForm {
    Mode mode;
    bool aligned;   // all threads of the warp arrive together, and count as 32
    bool has_count;
    bool inverted;  // of the predicate
};

// --- waiting ---

Barrier& barrier_of(Warp& warp, uint64_t index) { return warp.cta().barriers()[index]; }

bool phase_over(Warp& warp, const Wait& wait) { return barrier_of(warp, wait.a).phase() != wait.b; }

std::string describe(const Warp& warp, const Wait& wait) {
    const Cta& cta = warp.cta();
    const Barrier& barrier = cta.barriers()[wait.a];
    return "barrier " + std::to_string(wait.a) + ": " + std::to_string(barrier.arrived()) + " of " +
           std::to_string(barrier.expected(cta.live_threads())) + " threads have arrived";
}

uint32_t uniform(Warp& warp, Ref ref, LaneMask active) {
    return warp.read<uint32_t>(ref)[lowest(active)];
}

// operands: result (word or predicate), barrier, count, predicate.
// The wait ends at the next instruction for the lanes that went to sleep, so results are written by a second operation.
Flow arrive(Warp& warp, const Op& op, LaneMask active) {
    const BarrierForm& form = *static_cast<const BarrierForm*>(op.extra);
    if (form.aligned && !warp.gather(active, warp.live())) return Flow::Blocked;
    const uint32_t index = uniform(warp, op.operand[1], active);
    const uint32_t expected = form.has_count ? uniform(warp, op.operand[2], active) : 0;
    if (index >= BARRIERS) warp.fault(FaultKind::IllegalInstruction, active, "there are 16 barriers, 0 to 15");
    if (form.has_count && (expected == 0 || (form.aligned && expected % LANES != 0))) {
        warp.fault(FaultKind::IllegalInstruction, active, "a barrier's thread count must be a multiple of 32");
    }
    Cta& cta = warp.cta();
    Barrier& barrier = cta.barriers()[index];
    if (barrier.in_progress() && barrier.expected(0) != expected) {
        warp.fault(FaultKind::IllegalInstruction, active,
                   "barrier " + std::to_string(index) + " is in use with another thread count");
    }
    cta.worker().counters.barriers++;
    cta.worker().progress++;
    if (Observer* observer = cta.worker().observer) observer->barrier_arrived(warp, active, index, !form.has_count);
    const LaneMask yes = (form.inverted ? ~warp.predicate(op.operand[3]) : warp.predicate(op.operand[3])) & active;
    const uint64_t phase = barrier.phase();
    // A whole warp counts as 32 even where it has fewer threads, if a count was asked for.
    const uint32_t threads = form.aligned && form.has_count ? LANES : count(active);
    barrier.arrive(threads, expected, {count(yes), yes == active, yes != 0});
    if (barrier.settle(cta.live_threads()) || form.mode == Mode::Arrive) return Flow::Next;
    Wait wait;
    wait.ready = phase_over;
    wait.describe = describe;
    wait.a = index;
    wait.b = phase;
    return warp.wait_for(active, wait);
}

// Behind the barrier: results, and the observer's notice that these lanes have left.
Flow depart(Warp& warp, const Op& op, LaneMask active) {
    const BarrierForm& form = *static_cast<const BarrierForm*>(op.extra);
    const uint32_t index = uniform(warp, op.operand[1], active);
    if (Observer* observer = warp.cta().worker().observer) observer->barrier_left(warp, active, index);
    const Votes& outcome = warp.cta().barriers()[index].outcome();
    if (form.mode == Mode::Count) {
        each_lane(warp.write<uint32_t>(op.operand[0]), active, [&](unsigned) { return outcome.count; });
    } else if (form.mode == Mode::All || form.mode == Mode::Any) {
        const bool result = form.mode == Mode::All ? outcome.all : outcome.any;
        warp.set_predicate(op.operand[0], result ? ALL_LANES : 0, active);
    }
    return Flow::Next;
}

// --- decoding ---

Mode take_mode(Decoder& d) {
    if (d.take("arrive")) return Mode::Arrive;
    if (d.take("red")) {
        return d.take("popc") ? Mode::Count : d.take("and") ? Mode::All : d.take("or") ? Mode::Any : (d.refuse("needs .popc, .and or .or"), Mode::Sync);
    }
    d.require("sync");
    return Mode::Sync;
}

// What is written as a number.
std::optional<uint64_t> constant_of(const Operand& operand) {
    if (operand.kind != Operand::Kind::Integer) return std::nullopt;
    return operand.bits;
}

void decode_cta_barrier(Decoder& d, bool always_aligned) {
    d.take("cta");
    BarrierForm form{take_mode(d), false, false, false};
    if (always_aligned && std::count(d.instruction().modifiers.begin(), d.instruction().modifiers.end(), "aligned") != 0) {
        d.refuse("bar is aligned in any case");
    }
    form.aligned = d.take("aligned") || always_aligned;
    const bool votes = form.mode == Mode::Count || form.mode == Mode::All || form.mode == Mode::Any;
    if (votes) d.require(form.mode == Mode::Count ? "u32" : "pred");
    const size_t first = votes ? 1 : 0;
    const size_t values = d.operands() - first - (votes ? 1 : 0);
    if (values != 1 && values != 2) d.refuse("has a wrong number of operands");
    form.has_count = values == 2;
    if (form.mode == Mode::Arrive && !form.has_count) d.refuse("arrive needs a thread count");
    if (const auto number = constant_of(d.operand(first)); number && *number >= BARRIERS) d.refuse("there are 16 barriers, 0 to 15");
    if (const auto number = form.has_count ? constant_of(d.operand(first + 1)) : std::nullopt) {
        if (*number % LANES != 0) d.refuse("a barrier's thread count must be a multiple of 32");
        if (*number == 0 && form.mode == Mode::Arrive) d.refuse("arrive needs a thread count");
    }
    const Ref index = d.source(first, Type::U32);
    const Ref threads = form.has_count ? d.source(first + 1, Type::U32) : index;
    const Ref with = votes ? d.source(d.operands() - 1, Type::Pred) : d.constant(1, Type::Pred);
    const Ref to = !votes ? index : d.destination(0, form.mode == Mode::Count ? Type::U32 : Type::Pred);
    const BarrierForm* kept = d.keep(form);
    d.emit(KIND, arrive, {to, index, threads, with}).extra = kept;
    if (form.mode != Mode::Arrive) d.emit(KIND, depart, {to, index}).extra = kept;
}

void decode_bar(Decoder& d) { decode_cta_barrier(d, true); }
void decode_barrier(Decoder& d) { decode_cta_barrier(d, false); }

// --- bar.warp.sync: lanes may stand at different ones ---

struct WarpBarrier {
    LaneMask arrived = 0;
};

// All of `members` that live have arrived: they are no longer awaited, wherever they stand.
bool released(Warp& warp, LaneMask members) {
    LaneMask& arrived = warp.extensions().get<WarpBarrier>().arrived;
    if ((members & warp.live() & ~arrived) != 0) return false;
    arrived &= ~members;
    if (Observer* observer = warp.cta().worker().observer) observer->warp_synchronised(warp, members & warp.live());
    return true;
}

// Sleeping lanes go on when some lane has released them all, or when those they waited for have exited.
bool may_leave(Warp& warp, const Wait& wait) {
    const LaneMask arrived = warp.extensions().get<WarpBarrier>().arrived;
    return (arrived & (LaneMask)wait.a) == 0 || released(warp, (LaneMask)wait.b);
}

std::string describe_lanes(const Warp&, const Wait&) { return "other lanes of its mask to reach bar.warp.sync"; }

Flow warp_sync(Warp& warp, const Op& op, LaneMask active) {
    const LaneMask members = own_members(warp, active, warp.read<uint32_t>(op.operand[0]));
    // Lanes that name others are set apart; those that are missing may stand at another bar.warp.sync.
    if (!warp.gather(active, active & members)) return Flow::Blocked;
    warp.extensions().get<WarpBarrier>().arrived |= active;
    if (released(warp, members)) return Flow::Next;
    Wait wait;
    wait.ready = may_leave;
    wait.describe = describe_lanes;
    wait.a = active;
    wait.b = members;
    return warp.wait_for(active, wait);
}

void decode_warp_sync(Decoder& d) {
    d.expect_operands(1);
    d.emit(KIND, warp_sync, {d.source(0, Type::B32)});
}

// --- fences: memory is sequentially consistent here, so they only matter to observers ---

struct FenceForm {
    Order order;
    Scope scope;
};

Flow fence(Warp& warp, const Op& op, LaneMask active) {
    const FenceForm& form = *static_cast<const FenceForm*>(op.extra);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    if (Observer* observer = warp.cta().worker().observer) observer->fenced(warp, active, form.order, form.scope);
    return Flow::Next;
}

void decode_fence(Decoder& d) {
    FenceForm form{Order::AcquireRelease, Scope::System};
    form.order = d.choose<Order>({{"sc", Order::AcquireRelease}, {"acq_rel", Order::AcquireRelease},
                                  {"acquire", Order::Acquire}, {"release", Order::Release}}, Order::AcquireRelease);
    form.scope = d.choose<Scope>({{"cta", Scope::Cta}, {"cluster", Scope::Cluster}, {"gpu", Scope::Gpu}, {"gl", Scope::Gpu},
                                  {"sys", Scope::System}}, Scope::System);
    d.expect_operands(0);
    d.emit(InstructionClass::Fence, fence, {}).extra = d.keep(form);
}

Flow nanosleep(Warp&, const Op&, LaneMask) { return Flow::Yield; }

void decode_nanosleep(Decoder& d) {
    d.require("u32");
    d.expect_operands(1);
    d.source(0, Type::U32);
    d.emit(InstructionClass::Other, nanosleep, {});
}

const Opcode bar("bar", decode_bar);
const Opcode barrier("barrier", decode_barrier);
const Opcode bar_warp_sync("bar.warp.sync", decode_warp_sync);
const Opcode membar("membar", decode_fence);
const Opcode fence_("fence", decode_fence);
const Opcode nanosleep_("nanosleep", decode_nanosleep);

}  // namespace
}  // namespace ridgepoint::emulator
