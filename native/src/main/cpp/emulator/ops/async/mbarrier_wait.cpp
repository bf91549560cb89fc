// mbarrier.test_wait and try_wait: polls that let other warps run when they fail.
#include "decode/opcode.h"
#include "ops/async/mbarrier_access.h"
#include "ops/async/mbarrier_form.h"

namespace ridgepoint::emulator {
namespace {

struct WaitForm {
    SharedOperand barrier;
    bool by_parity = false;  // else by the token of an arrival
    bool orders = true;      // what happened before the phase was over is visible behind it
};

// Lanes that ask the same mbarrier are told together.
void tell(Observer& observer, Warp& warp, LaneMask over, const uint64_t* addresses) {
    while (over != 0) {
        const uint64_t address = addresses[lowest(over)];
        LaneMask same = 0;
        for_active(over, [&](unsigned lane) { same |= (LaneMask)(addresses[lane] == address) << lane; });
        observer.mbarrier_passed(warp, same, address);
        over &= ~same;
    }
}

// operands: predicate, token or parity
Flow test(Warp& warp, const Op& op, LaneMask active) {
    const WaitForm& form = *static_cast<const WaitForm*>(op.extra);
    uint64_t addresses[LANES];
    HostAddresses host;
    form.barrier.addresses(warp, active, addresses);
    resolve(warp, ON_MBARRIER, active, addresses, host);
    LaneMask over = 0;
    for_active(active, [&](unsigned lane) {
        const MBarrier barrier(host[lane]);
        if (!barrier.valid()) {
            warp.fault(FaultKind::IllegalInstruction, 1u << lane, MBarrier::INVALID, addresses[lane]);
        }
        const unsigned awaited = form.by_parity ? warp.read<uint32_t>(op.operand[1])[lane] & 1
                                                : MBarrier::parity_of(warp.read<uint64_t>(op.operand[1])[lane]);
        if (barrier.parity() == awaited) return;
        over |= 1u << lane;
    });
    Observer* observer = warp.cta().worker().observer;
    if (observer != nullptr && form.orders) tell(*observer, warp, over, addresses);
    warp.set_predicate(op.operand[0], over, active);
    return over == active ? Flow::Next : Flow::Yield;
}

void decode_wait(Decoder& d, bool has_time) {
    WaitForm form;
    form.by_parity = d.take("parity");
    form.orders = take_mbarrier_order(d);
    const bool generic = take_mbarrier_space(d);
    d.require("b64");
    if (has_time && d.operands() == 4) {
        d.source(3, Type::U32);  // how long to sleep at most: a failed poll ends at once
    } else {
        d.expect_operands(3);
    }
    form.barrier = SharedOperand::take(d, 1, generic);
    const Ref awaited = d.source(2, form.by_parity ? Type::U32 : Type::B64);
    d.emit(InstructionClass::Barrier, test, {d.destination(0, Type::Pred), awaited}).extra = d.keep(form);
}

void decode_test_wait(Decoder& d) { decode_wait(d, false); }
void decode_try_wait(Decoder& d) { decode_wait(d, true); }

const Opcode test_wait("mbarrier.test_wait", decode_test_wait);
const Opcode try_wait("mbarrier.try_wait", decode_try_wait);

}  // namespace
}  // namespace ridgepoint::emulator
