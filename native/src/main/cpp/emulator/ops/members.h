// The member mask of a .sync instruction, as each lane names it.
#pragma once

#include <cstdint>

#include "exec/lanes.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {

// The mask that the lowest lane names; tiles of a warp may each name their own. Faults if a lane is not in its own mask.
inline LaneMask own_members(const Warp& warp, LaneMask active, const uint32_t* named) {
    LaneMask outside = 0;
    for_active(active, [&](unsigned lane) { outside |= (LaneMask)(~named[lane] >> lane & 1) << lane; });
    if (outside != 0) {
        warp.fault(FaultKind::IllegalInstruction, outside, "a lane takes part that is not in its member mask");
    }
    return named[lowest(active)];
}

}  // namespace ridgepoint::emulator
