// Liveness of registers over a function, and slots for them: a linear scan over live intervals.
#pragma once

#include <cstdint>
#include <vector>

#include "decode/types.h"
#include "exec/op.h"

namespace ridgepoint::emulator {

// What liveness needs to know of an instruction, as its decoder said.
struct Facts {
    std::vector<uint32_t> reads, writes;  // registers, and temporaries numbered behind them
    std::vector<uint32_t> targets;        // instructions it may jump to
    bool falls_through = true;
    bool guarded = false;                 // its writes may leave old values
    uint32_t operations = 0;
};

// From the first to the last of the instructions over which a slot holds a register's value; empty if first > last.
struct Lifetime {
    uint32_t first = 1;
    uint32_t last = 0;
};

struct Slots {
    std::vector<Ref> refs;        // one a register or temporary
    std::vector<Lifetime> lives;  // likewise
    uint32_t frame_bytes = 0;     // a multiple of 64
};

// `types` has one entry for each register and temporary. Two of them share a slot only if they are of the same width
// and no instruction touches or passes both.
Slots allocate_slots(const std::vector<Facts>& instructions, const std::vector<Type>& types);

}  // namespace ridgepoint::emulator
