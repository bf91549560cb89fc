// What a launch did, counted at the level of PTX instructions (not of SASS). Sums only: the same for any thread count.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace ridgepoint::emulator {

enum class InstructionClass : uint8_t {
    Integer, Logic, Compare, Float32, Float64, Half, Special, Convert, Move, LoadGlobal, StoreGlobal, LoadShared,
    StoreShared, LoadOther, StoreOther, Atomic, WarpWide, Barrier, Fence, Control, Matrix, Async, Other,
};
constexpr size_t INSTRUCTION_CLASSES = (size_t)InstructionClass::Other + 1;
const char* name(InstructionClass kind);

struct Executed {
    uint64_t warps = 0;  // warp-instructions
    uint64_t lanes = 0;  // thread-instructions
};

// Accesses of global memory (and generic ones that land there), one side: loads or stores.
struct GlobalTraffic {
    uint64_t requests = 0;        // warp-instructions with at least one active lane
    uint64_t bytes = 0;           // asked for by lanes
    uint64_t sectors = 0;         // 32-byte sectors touched, counted for each request
    uint64_t unique_sectors = 0;  // touched at least once, counted for each CTA
};

struct SharedTraffic {
    uint64_t requests = 0;
    uint64_t wavefronts = 0;        // passes over the 32 banks
    uint64_t ideal_wavefronts = 0;  // the fewest that the distinct bytes need
};

struct Counters {
    std::array<Executed, INSTRUCTION_CLASSES> instructions{};
    GlobalTraffic global_loads, global_stores;
    SharedTraffic shared_loads, shared_stores;
    uint64_t atomics_global = 0, atomics_shared = 0;  // lane operations
    uint64_t barriers = 0;             // warps arriving at a CTA barrier
    uint64_t divergent_branches = 0;   // that split the lanes of a warp
    uint64_t async_bytes = 0;          // moved by asynchronous copies
    uint64_t ctas = 0, warps = 0;
    // Further counts under their own names, such as flops by matrix shape: "mma.m16n8k16.bf16.flops".
    std::map<std::string, uint64_t> named;
    // Executions of each PTX line that holds an instruction: (line, counts), ascending.
    std::map<uint32_t, Executed> lines;

    void add(const Counters& other);
    uint64_t warp_instructions() const;
};

}  // namespace ridgepoint::emulator
