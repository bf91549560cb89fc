// What the CTAs of a launch share, and what belongs to the thread that runs some of them.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

#include "core/launch.h"
#include "decode/code.h"

namespace ridgepoint::emulator {

class Observer;
struct StoredValues;

struct LaunchState {
    const Program& program;
    const Code& code;
    const Op* ops;  // the code's, or those that somebody looks on at
    const Kernel& kernel;
    const LaunchConfig& config;
    const Environment& environment;
    Dim3 cluster{1, 1, 1};
    uint32_t threads = 0;         // of a CTA
    uint32_t dynamic_shared = 0;  // where dynamic shared memory starts in the window
    uint32_t shared_bytes = 0;    // of the whole window
    // Stores, completed barriers, exits: any sign that the launch gets somewhere. All workers write it, so it stands
    // apart from what they only read.
    alignas(64) mutable std::atomic<uint64_t> progress{0};
    mutable std::mutex printing{};
};

struct WorkerState {
    std::vector<Executed> sites;   // one an operation
    Counters counters;             // all but instructions and lines, which come from sites
    Observer* observer = nullptr;  // of the CTAs that run now
    const StoredValues* storing = nullptr;  // by the store that runs now, where there is an observer
    uint64_t clock = 0;            // warp-instructions run by this worker: %clock
    uint64_t progress = 0;         // not yet added to the launch's
    const MemoryRange* last_range = nullptr;  // most accesses hit the range that the one before hit
};

}  // namespace ridgepoint::emulator
