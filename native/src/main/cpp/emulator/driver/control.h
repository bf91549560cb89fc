// What the emulated driver offers beside the CUDA driver's own functions, for bindings and tests. In C.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

// 1. That this function exists tells an emulated driver from a real one.
int ridgepoint_emulator_version(void);

// Sets an option: arch, memory (both before cuInit), seed, completion, threads, stall, checks, races, noop. Answers a
// CUresult; the reason is the last report.
int ridgepoint_emulator_set(const char* name, const char* value);

// Texts are written with a zero at the end, cut to `size` bytes. The answer is the whole length without the zero.

// The latest report: a fault, a refusal, leaks. Empty if there was none.
size_t ridgepoint_emulator_last_report(char* text, size_t size);

// Launches are numbered from 0 in the order they were submitted, those of graphs included.
uint64_t ridgepoint_emulator_counters_launches(void);
// What a launch did, as a JSON object; empty while it runs, if it never ran, or if thousands ran since.
size_t ridgepoint_emulator_counters_json(uint64_t launch, char* text, size_t size);
// Numbers from 0 again. No launch may be under way.
void ridgepoint_emulator_counters_reset(void);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
