// What pieces of asynchronous work have in common: a number within the CTA, and the line that started them.
#pragma once

#include <cstdint>
#include <string>

#include "exec/async.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "exec/observer.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {

struct WorkNumbers {
    uint64_t last = 0;
};

// From 1: what Access::work says.
inline uint64_t new_work(Warp& warp) { return ++warp.cta().extensions().get<WorkNumbers>().last; }

struct Issued {
    uint64_t work;
    AsyncQueue::Ticket ticket;
};

inline std::string started_at(uint32_t line) { return " (started at line " + std::to_string(line) + ")"; }

// Completes one piece and tells the observer that these lanes may rely on it.
inline void await(Warp& warp, LaneMask lanes, const Issued& issued) {
    warp.cta().async().finish(issued.ticket);
    if (Observer* observer = warp.cta().worker().observer) observer->work_awaited(warp, lanes, issued.work);
}

}  // namespace ridgepoint::emulator
