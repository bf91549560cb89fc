// What stopped a kernel, named as the driver will answer it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "module.h"

namespace ridgepoint::emulator {

// Values are CUresult's.
enum class FaultKind : int {
    IllegalAddress = 700,       // out of bounds, freed, write to read-only
    LaunchTimeout = 702,        // deadlock or hang
    Assert = 710,               // __assertfail
    HardwareStackError = 714,   // call stack exhausted
    IllegalInstruction = 715,   // operands the instruction forbids, divergent aligned barrier
    MisalignedAddress = 716,
    InvalidAddressSpace = 717,  // a generic address outside the space an instruction needs
    InvalidPc = 718,            // an indirect call or branch to no function
    LaunchFailed = 719,         // trap, and hazards that hardware would not report at all
};

// CUresult's name, without CUDA_ERROR_: "ILLEGAL_ADDRESS".
const char* name(FaultKind kind);

struct Fault {
    FaultKind kind;
    std::string what;       // one line: "store of 4 bytes, 8 bytes past the end of allocation 7 (1024 bytes)"
    std::string details;    // further lines (who waits where, the other side of a race); may be empty
    std::string kernel;
    std::string source;     // the PTX line as written
    uint32_t line = 0;      // of the PTX text, from 1; 0 if none
    Dim3 block{0, 0, 0};
    Dim3 thread{0, 0, 0};
    uint64_t address = 0;   // 0 where none is meant

    // The readable report, several lines.
    std::string text() const;
};

}  // namespace ridgepoint::emulator
