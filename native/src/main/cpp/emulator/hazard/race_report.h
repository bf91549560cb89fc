// Races in words.
#pragma once

#include "core/fault.h"
#include "decode/code.h"
#include "exec/warp.h"
#include "hazard/cell_check.h"

namespace ridgepoint::emulator {

// `access` by `me`, a lane of `warp`, conflicts: all but the texts of the two lines, which take long to find.
struct Race {
    Fault fault;
    uint32_t other_line;
};
Race race_of(Warp& warp, const Access& access, const Accessor& me, const Conflict& conflict);

// What stops the kernel.
Fault report(const Race& race, const Code& code);

// Stops the kernel: a block ends while a bulk copy may still use its shared memory.
[[noreturn]] void report_unfinished(Warp& warp, LaneMask lanes, const History& history, uint64_t work);

}  // namespace ridgepoint::emulator
