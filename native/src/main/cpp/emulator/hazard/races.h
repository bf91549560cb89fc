// Data races in shared memory and, between blocks too, in global memory; waits and proxy fences that are missing.
#pragma once

#include <functional>
#include <memory>

#include "exec/observer.h"

namespace ridgepoint::emulator {

// How the memory model is read.
enum class Reading : uint8_t {
    ToTheLetter,
    // As CUDA's programmers do: hazard/idioms.h, and whoever has seen an atomic operation's result comes after what was
    // fenced before that operation, without a fence of their own.
    WithIdioms,
};

// Observers for all blocks of one launch, which must run on one thread. They fault with LaunchFailed at the first race.
std::function<std::unique_ptr<Observer>()> race_detection(Reading reading = Reading::ToTheLetter);

}  // namespace ridgepoint::emulator
