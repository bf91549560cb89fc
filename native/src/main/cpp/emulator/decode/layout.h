// Where shared variables lie, and how much static shared memory each entry needs.
#pragma once

#include <cstdint>
#include <vector>

#include "ptx/ast.h"

namespace ridgepoint::emulator {

struct Layout {
    std::vector<uint32_t> shared;        // offsets from the start of static shared memory; one a variable
    std::vector<uint32_t> static_bytes;  // one a function: of an entry and all it may call
};

// Variables that several functions name come first, at the same place for all; those of one entry alone lie behind
// them, over those of other entries.
Layout lay_out_shared(const ptx::Module& module);

}  // namespace ridgepoint::emulator
