// Why lanes do not go on.
#pragma once

#include <cstdint>
#include <string>

namespace ridgepoint::emulator {

class Warp;

// A condition that blocks a group of lanes at an instruction. When ready() turns true the instruction is over and the
// lanes go on behind it (`repeat` false), or it is executed again (`repeat` true).
// Plain functions and two numbers, so that waiting allocates nothing; an instruction's own state lies elsewhere.
struct Wait {
    bool (*ready)(Warp&, const Wait&) = nullptr;
    std::string (*describe)(const Warp&, const Wait&) = nullptr;  // "barrier 0: 64 of 128 threads have arrived"
    uint64_t a = 0;
    uint64_t b = 0;
    bool repeat = false;
};

}  // namespace ridgepoint::emulator
