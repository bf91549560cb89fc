// Data races in shared memory and, between blocks too, in global memory; waits and proxy fences that are missing.
#pragma once

#include <functional>
#include <memory>

#include "exec/observer.h"

namespace ridgepoint::emulator {

// Observers for all blocks of one launch, which must run on one thread. They fault with LaunchFailed at the first race.
std::function<std::unique_ptr<Observer>()> race_detection();

}  // namespace ridgepoint::emulator
