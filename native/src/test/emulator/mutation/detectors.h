// Everything that watches a launch besides its results.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "exec/observer.h"

namespace mutation {

typedef std::function<std::unique_ptr<ridgepoint::emulator::Observer>()> MakeObserver;

// Only ends a kernel that stores or synchronises without end, which no limit on standing still does.
MakeObserver patience();

// Patience and all hazard detectors. The name of the one that stopped the kernel is left in `blame`.
MakeObserver all_detectors(std::string& blame);

}  // namespace mutation
