// A call: where its registers and its thread-private memory start, and where to go on afterwards.
#pragma once

#include <cstdint>

namespace ridgepoint::emulator {

struct CallSite;

// Immutable once made, shared by the groups that split inside the callee.
struct Frame {
    const Frame* caller = nullptr;     // null in the kernel itself
    const CallSite* site = nullptr;    // what called; null in the kernel itself
    uint32_t return_pc = 0;
    uint32_t function = 0;
    uint32_t registers = 0;            // offset of its slots in the warp's register file
    uint32_t locals = 0;               // offset of its parameters and variables in each thread's local memory
    uint32_t depth = 0;
};

}  // namespace ridgepoint::emulator
