// Sizes that callers give: what would wrap around stays at the largest number instead, which nothing is large enough for.
#pragma once

#include <cstdint>

namespace ridgepoint::emulator::driver {

inline uint64_t plus(uint64_t a, uint64_t b) {
    uint64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? ~0ull : sum;
}

inline uint64_t times(uint64_t a, uint64_t b) {
    uint64_t product;
    return __builtin_mul_overflow(a, b, &product) ? ~0ull : product;
}

}  // namespace ridgepoint::emulator::driver
