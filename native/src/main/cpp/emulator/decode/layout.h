// Where shared variables lie, and how much static shared memory each entry needs.
#pragma once

#include "decode/function_decoder.h"
#include "ptx/ast.h"

namespace ridgepoint::emulator {

// Variables that several functions name come first, at the same place for all; those of one entry alone lie behind
// them, over those of other entries.
Layout lay_out_shared(const ptx::Module& module);

}  // namespace ridgepoint::emulator
