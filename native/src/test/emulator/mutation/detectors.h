// Everything that watches a launch besides its results.
#pragma once

#include <vector>

#include "hazard/observers.h"

namespace mutation {

struct Detector {
    const char* name;  // of its verdict
    ridgepoint::emulator::MakeObserver (*for_launch)();
};

// Only ends a kernel that stores or synchronises without end, which no limit on standing still does.
const Detector& patience();

// The hazard detectors: a new one is a line more.
const std::vector<Detector>& hazards();

}  // namespace mutation
