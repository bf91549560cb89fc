// What can be chosen, by the environment (RIDGEPOINT_EMULATED_SEED=7) or ridgepoint_emulator_set("seed", "7").
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/launch.h"
#include "driver/debugging.h"
#include "hazard/races.h"

namespace ridgepoint::emulator::driver {

struct Options {
    std::string arch = "90a";       // 80, 89, 90a or 120; fixed once cuInit was called
    uint64_t memory = 8ull << 30;   // bytes of device memory; fixed once cuInit was called
    Execution execution;            // seed, completion (eager, lazy, random), threads, stall
    bool checks = true;             // reads of global memory that nobody wrote
    bool strict_checks = false;     // and of shared and private memory
    bool coverage = false;          // count the bytes each block touches, as "uniqueBytes"
    std::optional<Reading> races;   // races, missing waits and proxy fences; a launch then runs on one thread
    // Traces, stops and dumps; never null, immutable.
    std::shared_ptr<const Debugging> debugging = std::make_shared<Debugging>();
    bool noop = false;              // launches of kernels and graphs return at once, for measuring their callers
};

// Reads the environment at first use; throws DriverError naming the variable that is wrong.
Options options();

// Throws DriverError: INVALID_VALUE for an unknown name or a value out of range, ILLEGAL_STATE if fixed by now.
void set_option(const std::string& name, const std::string& value);

// From now on arch and memory are fixed.
void fix_device();

// options().noop, cheaply.
bool launches_are_noops();

}  // namespace ridgepoint::emulator::driver
