// The cp.async copies of a warp: what each thread has started and not yet waited for.
#pragma once

#include "ops/async/groups.h"
#include "ops/async/work.h"

namespace ridgepoint::emulator {

struct ElementCopies {
    CopyGroups<Issued> groups;
};

inline CopyGroups<Issued>& element_copies(Warp& warp) { return warp.extensions().get<ElementCopies>().groups; }

}  // namespace ridgepoint::emulator
