// Races in words.
#pragma once

#include "exec/warp.h"
#include "hazard/cell_check.h"

namespace ridgepoint::emulator {

// Stops the kernel: `access` by `me`, a lane of `warp`, conflicts.
[[noreturn]] void report_race(Warp& warp, const Access& access, const Accessor& me, const Conflict& conflict);

// Stops the kernel: a block ends while a bulk copy may still use its shared memory.
[[noreturn]] void report_unfinished(Warp& warp, LaneMask lanes, const History& history, uint64_t work);

}  // namespace ridgepoint::emulator
