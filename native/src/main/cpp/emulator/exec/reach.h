// Where the lanes of one request point, seen as a whole: enough to check and count most requests without looking at
// lanes again.
#pragma once

#include <cstdint>

#include "exec/op.h"

namespace ridgepoint::emulator {

// How the addresses of the lanes follow from the first. What is not recognised is scattered.
enum class Pattern : uint8_t {
    Scattered,
    Uniform,      // all active lanes point at one place
    Consecutive,  // all 32 lanes, each right behind the one before
};

struct Reach {
    uint64_t low, high;  // the lowest and the highest address of an active lane
    uint64_t bits;       // that are set in any of them
    Pattern pattern;

    // Of accesses of `size` bytes. Addresses are compared as signed numbers, which is how vector units do it: one from
    // 2^63 on is `low`, and so below whatever a request may touch.
    static Reach of(LaneMask active, const uint64_t* addresses, uint32_t size);
    // Whether every lane's `size` bytes lie in the `room` bytes from `start` on.
    bool within(uint64_t start, uint64_t room, uint32_t size) const {
        return size <= room && low - start <= room - size && high - start <= room - size;
    }
};

}  // namespace ridgepoint::emulator
