// One launch: what is asked, under which order and checks, and what came of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "counters.h"
#include "fault.h"
#include "memory_map.h"
#include "module.h"
#include "program.h"

namespace ridgepoint::emulator {

class Observer;
class Stepper;

struct LaunchConfig {
    Dim3 grid;
    Dim3 block;
    Dim3 cluster;                       // 1x1x1 unless asked for at launch or by the kernel
    uint32_t dynamic_shared = 0;        // bytes
    std::vector<std::byte> parameters;  // kernel.parameter_bytes of them, laid out as kernel.parameters says
    bool cooperative = false;           // every CTA resident at once
    // A zeroed device buffer of GRID_WORKSPACE_BYTES for grid-wide synchronisation; needed if cooperative.
    uint64_t grid_workspace = 0;
};

constexpr uint32_t GRID_WORKSPACE_BYTES = 256;

// When the effects of asynchronous instructions (cp.async, bulk copies, wgmma) become visible.
enum class Completion {
    Eager,   // as soon as issued
    Lazy,    // when something waits for them, and not before
    Random,  // at any moment in between, by seed
};

struct Execution {
    // Orders of CTAs and of warps in a CTA. 0: ascending, run until blocked. Any other seed: a permutation of its own,
    // with switches between warps at places drawn from it.
    uint64_t seed = 0;
    Completion completion = Completion::Eager;
    // Threads that run CTAs. Counters and reports do not depend on it.
    unsigned threads = 1;
    // How many clusters at either end of a launch run; the rest is left out. 0: all of them. For looking at
    // what lies far out in a grid that would take hours.
    uint64_t ends = 0;
    // Warp-instructions without any progress of the launch (store, barrier, exit) before it is called hung.
    uint64_t stall_limit = 1ull << 28;
    // Vectors of 512 bits, where the processor has them; results do not depend on it. Off for tests and comparisons.
    bool wide_vectors = true;
};

// The device played, as special registers and checks see it.
struct DeviceTraits {
    int architecture = 90;
    uint32_t processors = 132;                  // %nsmid
    uint32_t max_shared_per_block = 232448;     // with opt-in
};

struct Environment {
    std::shared_ptr<const MemoryMap> memory;
    std::shared_ptr<Heap> heap;  // a range of the memory; needed where the module calls malloc or free
    DeviceTraits device;
    Execution execution;
    // Receives what printf writes, once per call, in the order of execution. Null drops it.
    std::function<void(std::string_view)> print;
    // Makes one observer for each cluster (or for the whole launch where all CTAs are resident); null for no observer.
    // Called on the thread that runs the CTAs. See exec/observer.h: this is where hazard detectors plug in.
    std::function<std::unique_ptr<Observer>()> observer;
    // Who looks on at every operation, for people: see exec/stepper.h and inspect/inspect.h. None costs nothing.
    std::vector<std::shared_ptr<Stepper>> steppers;
};

struct LaunchResult {
    Counters counters;
    std::optional<Fault> fault;  // the first, by order of CTAs; nothing after it ran in that CTA
};

// Why a configuration cannot be launched, as a CUresult and one sentence; nothing if it can.
struct Objection {
    int result;
    std::string reason;
};
std::optional<Objection> objection(const Kernel& kernel, const LaunchConfig& config, const DeviceTraits& device);

// Runs the kernel to its end on this thread (and execution.threads - 1 more). Throws std::invalid_argument where
// objection() would object; faults of the kernel are answers, not exceptions.
LaunchResult launch(const Program& program, const Kernel& kernel, const LaunchConfig& config,
                    const Environment& environment);

}  // namespace ridgepoint::emulator
