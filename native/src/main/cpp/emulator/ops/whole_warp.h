// For .sync.aligned instructions, which all 32 threads of a warp execute together.
#pragma once

#include <string>

#include "exec/warp.h"

namespace ridgepoint::emulator {

// True once all lanes stand here; otherwise the operation must return Flow::Blocked. Faults where some never will.
inline bool whole_warp(Warp& warp, LaneMask active, const char* instruction) {
    if (active == ALL_LANES) return true;
    if (!warp.gather(active, warp.started() | active)) return false;
    warp.fault(FaultKind::IllegalInstruction, active,
               std::string(instruction) + " needs all 32 threads of the warp, but " +
                   std::to_string(LANES - (unsigned)__builtin_popcount(active)) + " of them have ended or never were");
}

}  // namespace ridgepoint::emulator
