#include "exec/reach.h"

#include <algorithm>

namespace ridgepoint::emulator {
namespace {

Reach over_far(const uint64_t* addresses, uint64_t bits) {
    int64_t low = (int64_t)addresses[0], high = (int64_t)addresses[0];
    for (unsigned i = 0; i < LANES; i++) {
        low = std::min(low, (int64_t)addresses[i]);
        high = std::max(high, (int64_t)addresses[i]);
    }
    return {(uint64_t)low, (uint64_t)high, bits, Pattern::Scattered};
}

// Nearly all requests stay within 4 GiB whose upper halves are one: then the lower ones are compared, twice as many at a time.
Reach over_all(const uint64_t* addresses) {
    const uint64_t first = addresses[0];
    uint64_t bits = 0, differing = 0;
    for (unsigned i = 0; i < LANES; i++) {
        bits |= addresses[i];
        differing |= addresses[i] ^ first;
    }
    if (differing >> 32 != 0) return over_far(addresses, bits);
    uint32_t low = (uint32_t)first, high = (uint32_t)first;
    for (unsigned i = 0; i < LANES; i++) {
        low = std::min(low, (uint32_t)addresses[i]);
        high = std::max(high, (uint32_t)addresses[i]);
    }
    const uint64_t upper = first >> 32 << 32;
    return {upper | low, upper | high, bits, differing == 0 ? Pattern::Uniform : Pattern::Scattered};
}

bool consecutive(const uint64_t* addresses, uint32_t size) {
    uint64_t wrong = 0;
    for (unsigned i = 0; i < LANES; i++) wrong |= addresses[i] ^ (addresses[0] + (uint64_t)i * size);
    return wrong == 0;
}

}  // namespace

Reach Reach::of(LaneMask active, const uint64_t* addresses, uint32_t size) {
    if (active == ALL_LANES) {
        Reach reach = over_all(addresses);
        const bool may_be = reach.high - reach.low == (uint64_t)(LANES - 1) * size;
        if (may_be && consecutive(addresses, size)) reach.pattern = Pattern::Consecutive;
        return reach;
    }
    // Inactive lanes stand where an active one does, so that they change nothing.
    const uint64_t first = addresses[__builtin_ctz(active)];
    uint64_t filled[LANES];
    for (unsigned i = 0; i < LANES; i++) filled[i] = (active >> i) & 1 ? addresses[i] : first;
    return over_all(filled);
}

}  // namespace ridgepoint::emulator
