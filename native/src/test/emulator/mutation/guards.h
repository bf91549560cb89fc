// Which comparisons decide what is accessed: bound checks, and ends of loops over memory.
#pragma once

#include "mutation/listing.h"

namespace mutation {

enum class Decides {
    Nothing,  // that memory would notice
    Access,   // by a forward branch or a guard over an access or a barrier, by an address, or by masking a float
    Rounds,   // of a loop around such
};

// What this comparison's outcome decides, followed through registers.
Decides decides(const Listing& listing, const Statement& comparison);

}  // namespace mutation
