// A lane of 128 bits: what a register declared .b128 is an array of.
#pragma once

#include <cstdint>

namespace ridgepoint::emulator {

struct Quad {
    uint64_t word[2];  // low first
};

}  // namespace ridgepoint::emulator
