// Finds loads of shared memory that nothing in the block has written. Kernels do load what they then discard, such as the rest of a
// ragged tile, so this is asked for, not on by default.
#pragma once

#include <memory>

#include "exec/observer.h"

namespace ridgepoint::emulator {

std::unique_ptr<Observer> make_uninitialised_shared_reads();

}  // namespace ridgepoint::emulator
