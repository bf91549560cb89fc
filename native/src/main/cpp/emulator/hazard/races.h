// Data races in shared memory and, between blocks too, in global memory; waits and proxy fences that are missing.
#pragma once

#include <functional>
#include <memory>

#include "exec/observer.h"

namespace ridgepoint::emulator {

class Stepper;

// How the memory model is read.
enum class Reading : uint8_t {
    ToTheLetter,
    // As CUDA's programmers do: hazard/idioms.h; whoever has seen an atomic operation's result comes after what was
    // fenced before that operation, without a fence of their own; and a load races only if what it loads is used.
    WithIdioms,
};

// For one launch, which must run on one thread, both of them: it faults with LaunchFailed at the first race.
struct RaceDetection {
    std::function<std::unique_ptr<Observer>()> observer;  // for all blocks
    std::shared_ptr<Stepper> stepper;                      // null where none is needed
};
RaceDetection race_detection(Reading reading = Reading::ToTheLetter);

}  // namespace ridgepoint::emulator
