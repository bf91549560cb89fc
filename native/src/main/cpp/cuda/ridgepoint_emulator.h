// What an emulated driver offers beside the driver's own functions; a real one offers none of it.
#pragma once

#include <cstdint>

namespace ridgepoint::cuda {

// Looks into the driver at `path`, without starting it: null where it is an emulated one, else in one line why not.
const char* open_emulator(const char* path);

// Sets an option by its name; answers the driver's result, and `emulator_report` has the reason.
int emulator_set(const char* option, const char* value);
// What it reported last.
const char* emulator_report();

// Launches submitted so far; they are numbered from 0.
int64_t emulator_launches();
// What a launch did, as JSON; empty while it runs, or if it lies too far back.
const char* emulator_counters(int64_t launch);

}  // namespace ridgepoint::cuda
