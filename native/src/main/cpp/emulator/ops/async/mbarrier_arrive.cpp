// mbarrier.init inval arrive arrive_drop expect_tx complete_tx pending_count.
#include "decode/opcode.h"
#include "ops/async/mbarrier_access.h"
#include "ops/async/mbarrier_form.h"

namespace ridgepoint::emulator {
namespace {

struct ArriveForm {
    SharedOperand barrier;
    bool drop = false;
    bool may_complete = true;
    bool expects = false;  // the value is of bytes, and one arrival is made
    bool orders = true;    // what happened before it is visible behind the phase
};

const uint32_t* value_of(Warp& warp, const Op& op) { return warp.read<uint32_t>(op.operand[1]); }
const SharedOperand& barrier_of(const Op& op) { return *static_cast<const SharedOperand*>(op.extra); }

Flow initialise(Warp& warp, const Op& op, LaneMask active) {
    const uint32_t* count = value_of(warp, op);
    change_each(warp, barrier_of(op), active, [&](unsigned lane, MBarrier& barrier) { return barrier.initialise(count[lane]); }, Order::Weak);
    return Flow::Next;
}

Flow invalidate(Warp& warp, const Op& op, LaneMask active) {
    change_each(warp, barrier_of(op), active, [](unsigned, MBarrier& barrier) { return barrier.invalidate(); }, Order::Weak);
    return Flow::Next;
}

Flow expect_bytes(Warp& warp, const Op& op, LaneMask active) {
    const uint32_t* bytes = value_of(warp, op);
    change_each(warp, barrier_of(op), active, [&](unsigned lane, MBarrier& barrier) { return barrier.expect_bytes(bytes[lane]); });
    return Flow::Next;
}

Flow complete_bytes(Warp& warp, const Op& op, LaneMask active) {
    const uint32_t* bytes = value_of(warp, op);
    change_each(warp, barrier_of(op), active, [&](unsigned lane, MBarrier& barrier) { return barrier.complete_bytes(bytes[lane]); });
    return Flow::Next;
}

Flow arrive(Warp& warp, const Op& op, LaneMask active) {
    const ArriveForm& form = *static_cast<const ArriveForm*>(op.extra);
    uint32_t value[LANES];
    std::copy(value_of(warp, op), value_of(warp, op) + LANES, value);
    uint64_t* token = warp.write<uint64_t>(op.operand[0]);
    change_each(warp, form.barrier, active, [&](unsigned lane, MBarrier& barrier) {
        Observer* observer = warp.cta().worker().observer;
        if (observer != nullptr && form.orders) {
            uint64_t addresses[LANES];
            form.barrier.addresses(warp, 1u << lane, addresses);
            observer->mbarrier_arrived(warp, 1u << lane, addresses[lane]);
        }
        if (form.expects) {
            if (const char* wrong = barrier.expect_bytes(value[lane])) return wrong;
        }
        const uint64_t before = barrier.state();
        const uint32_t arrivals = form.expects ? 1 : value[lane];
        const char* wrong = form.drop ? barrier.arrive_and_drop(arrivals, form.may_complete)
                                      : barrier.arrive(arrivals, form.may_complete);
        token[lane] = before;
        return wrong;
    });
    return Flow::Next;
}

Flow pending_count(Warp& warp, const Op& op, LaneMask active) {
    const uint64_t* token = warp.read<uint64_t>(op.operand[1]);
    each_lane(warp.write<uint32_t>(op.operand[0]), active, [=](unsigned i) { return MBarrier::pending_of(token[i]); });
    return Flow::Next;
}

// --- decoding ---

void decode_change(Decoder& d, Exec exec, bool has_value) {
    take_mbarrier_order(d);
    const bool generic = take_mbarrier_space(d);
    d.require("b64");
    d.expect_operands(has_value ? 2 : 1);
    const SharedOperand barrier = SharedOperand::take(d, 0, generic);
    const Ref value = has_value ? d.source(1, Type::U32) : d.constant(0, Type::U32);
    d.emit(InstructionClass::Barrier, exec, {value, value}).extra = d.keep(barrier);
}

void decode_init(Decoder& d) { decode_change(d, initialise, true); }
void decode_inval(Decoder& d) { decode_change(d, invalidate, false); }
void decode_expect_tx(Decoder& d) { decode_change(d, expect_bytes, true); }
void decode_complete_tx(Decoder& d) { decode_change(d, complete_bytes, true); }

void decode_arrival(Decoder& d, bool drop) {
    ArriveForm form;
    form.drop = drop;
    form.expects = d.take("expect_tx");
    form.may_complete = !d.take("noComplete");
    form.orders = take_mbarrier_order(d);
    const bool generic = take_mbarrier_space(d);
    d.require("b64");
    const bool has_value = d.operands() == 3;
    if (!has_value && (form.expects || !form.may_complete)) d.refuse("needs a count");
    if (!has_value) d.expect_operands(2);
    form.barrier = SharedOperand::take(d, 1, generic);
    const Ref value = has_value ? d.source(2, Type::U32) : d.constant(1, Type::U32);
    const Ref token = d.destination(0, Type::B64);
    d.emit(InstructionClass::Barrier, arrive, {token, value}).extra = d.keep(form);
}

void decode_arrive(Decoder& d) { decode_arrival(d, false); }
void decode_arrive_drop(Decoder& d) { decode_arrival(d, true); }

void decode_pending_count(Decoder& d) {
    d.require("b64");
    d.expect_operands(2);
    const Ref token = d.source(1, Type::B64);
    d.emit(InstructionClass::Barrier, pending_count, {d.destination(0, Type::U32), token});
}

const Opcode init("mbarrier.init", decode_init);
const Opcode inval("mbarrier.inval", decode_inval);
const Opcode expect_tx("mbarrier.expect_tx", decode_expect_tx);
const Opcode complete_tx("mbarrier.complete_tx", decode_complete_tx);
const Opcode arrive_("mbarrier.arrive", decode_arrive);
const Opcode arrive_drop("mbarrier.arrive_drop", decode_arrive_drop);
const Opcode pending("mbarrier.pending_count", decode_pending_count);

}  // namespace
}  // namespace ridgepoint::emulator
