// The 16 named barriers of a CTA.
#pragma once

#include <array>
#include <cstdint>

namespace ridgepoint::emulator {

constexpr unsigned BARRIERS = 16;

// Arrivals are counted in threads. A barrier completes when `expected` have arrived; its phase then advances.
struct Barrier {
    uint32_t expected = 0;   // threads of the phase in progress; 0 while none has arrived
    uint32_t arrived = 0;
    uint64_t phase = 0;
    // bar.red: what arrivals contribute, and the answer of the phase that last completed.
    uint32_t count = 0;
    bool conjunction = true, disjunction = false;
    uint32_t last_count = 0;
    bool last_conjunction = false, last_disjunction = false;
};

typedef std::array<Barrier, BARRIERS> Barriers;

}  // namespace ridgepoint::emulator
