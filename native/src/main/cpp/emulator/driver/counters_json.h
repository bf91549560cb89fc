// The counters of a launch as one JSON object.
#pragma once

#include <string>

#include "core/launch.h"

namespace ridgepoint::emulator::driver {

std::string counters_json(uint64_t launch, const Kernel& kernel, const LaunchConfig& config,
                          const LaunchResult& result);

}  // namespace ridgepoint::emulator::driver
