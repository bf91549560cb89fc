// What a warp says of itself when something is wrong.
#include <cstdio>

#include "exec/cta.h"
#include "exec/lanes.h"
#include "exec/launch_state.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {

void Warp::fault(FaultKind kind, LaneMask lanes, const std::string& what, uint64_t address) const {
    Fault fault;
    fault.kind = kind;
    fault.what = what;
    fault.kernel = cta_.launch().kernel.name;
    fault.line = code_.lines[pc_];
    fault.source = code_.source(fault.line);
    fault.block = cta_.position();
    fault.thread = thread(lowest(lanes != 0 ? lanes : started_));
    fault.address = address;
    throw fault;
}

std::string Warp::report() const {
    std::string text;
    for (const LaneGroup& group : groups_) {
        const uint32_t line = code_.lines[group.pc];
        char lanes[16];
        std::snprintf(lanes, sizeof lanes, "%08x", group.lanes);
        text += "  warp " + std::to_string(index_) + ", lanes " + lanes + ", line " + std::to_string(line) + ": " +
                std::string(code_.source(line));
        if (group.waiting && group.members != 0) {
            std::snprintf(lanes, sizeof lanes, "%08x", group.members & live_ & ~group.lanes);
            text += std::string(" -- waits for lanes ") + lanes + " of the warp to get there";
        } else if (group.waiting) {
            text += " -- waits for " + group.wait.describe(*this, group.wait);
        }
        text += "\n";
    }
    return text;
}

}  // namespace ridgepoint::emulator
