// Reads of global memory that nobody ever wrote: neither the host by copies and fills, nor a kernel.
#pragma once

#include <memory>

#include "exec/observer.h"

namespace ridgepoint::emulator {

// Faults with LaunchFailed at the first one. Atomics count as writes only; bulk copies are not looked at.
std::unique_ptr<Observer> make_uninitialised_reads();

}  // namespace ridgepoint::emulator
