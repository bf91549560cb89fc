// What people call the registers of a function and where they lie: for traces and reports, not for execution.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "decode/types.h"
#include "exec/op.h"

namespace ridgepoint::emulator {

struct RegisterSymbol {
    std::string name;      // "%r5"
    Type type;             // the first by which an instruction uses it that says more than its bits
    Ref slot;
    uint32_t first, last;  // pcs of the instructions between which the slot is its own; first > last if never used
};

struct InstructionSymbols {
    uint32_t start, end;                  // pcs: of its first operation, and behind its last
    std::vector<uint32_t> reads, writes;  // indices into FunctionSymbols::registers, each once, as written in the text
    std::vector<uint32_t> next;           // indices of the instructions that may follow; none behind the end of a thread
    bool guarded;                         // lanes may leave it out
    bool among_lanes;                     // what a lane loads, others get: ldmatrix, wmma.load
};

struct FunctionSymbols {
    std::vector<RegisterSymbol> registers;
    std::vector<InstructionSymbols> instructions;  // ascending
    // The one an operation belongs to.
    const InstructionSymbols& at(uint32_t pc) const;
};

}  // namespace ridgepoint::emulator
