// How operations reach mbarriers: checked addresses, one lane after the other, faults in words, and the observer.
#pragma once

#include <string>

#include "exec/cta.h"
#include "exec/launch_state.h"
#include "exec/memory.h"
#include "ops/async/mbarrier.h"
#include "ops/shared_operand.h"

namespace ridgepoint::emulator {

// What a change of an mbarrier means to others: a fault, or a phase that is over. `remark` follows what is wrong.
inline void changed(Warp& warp, LaneMask lanes, uint64_t address, const MBarrier& before, const MBarrier& now,
                    const char* wrong, const std::string& remark = "") {
    if (wrong != nullptr) warp.fault(FaultKind::IllegalInstruction, lanes, wrong + remark, address);
    WorkerState& worker = warp.cta().worker();
    worker.progress++;
    if (before.valid() && now.valid() && now.parity() != before.parity() && worker.observer != nullptr) {
        worker.observer->mbarrier_completed(warp.cta(), address);
    }
}

// All operations on an mbarrier but those that make and end it.
constexpr Request ON_MBARRIER{Space::Shared, AccessKind::Atomic, sizeof(uint64_t), Order::Relaxed, Scope::Cta};

// Calls change(lane, mbarrier) for each active lane, ascending; it answers what is wrong, or null.
template <class F>
void change_each(Warp& warp, const SharedOperand& operand, LaneMask active, F change, Order order = Order::Relaxed) {
    uint64_t addresses[LANES];
    HostAddresses host;
    operand.addresses(warp, active, addresses);
    Request request = ON_MBARRIER;
    request.order = order;
    resolve(warp, request, active, addresses, host);
    for_active(active, [&](unsigned lane) {
        MBarrier barrier(host[lane]);
        const MBarrier before = barrier;
        const char* wrong = change(lane, barrier);
        changed(warp, 1u << lane, addresses[lane], before, barrier, wrong);
    });
}

}  // namespace ridgepoint::emulator
