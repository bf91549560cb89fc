// Which bytes of an allocation were ever written: one bit each, set by any number of threads at once.
#pragma once

#include <algorithm>
#include <cstdint>

namespace ridgepoint::emulator {

// Sets bits [first, first + count). What is set already is left alone: a store that repeats costs no atomic.
inline void mark_written(uint8_t* bits, uint64_t first, uint64_t count) {
    for (const uint64_t end = first + count; first < end;) {
        uint8_t* const byte = bits + first / 8;
        const uint64_t upto = std::min(end, first / 8 * 8 + 8);
        const uint8_t wanted = (uint8_t)(((1u << (upto - first)) - 1) << (first % 8));
        first = upto;
        if ((__atomic_load_n(byte, __ATOMIC_RELAXED) & wanted) == wanted) continue;
        if (wanted == 0xff) {
            __atomic_store_n(byte, wanted, __ATOMIC_RELAXED);
        } else {
            __atomic_fetch_or(byte, wanted, __ATOMIC_RELAXED);  // another thread may write a neighbour's bit
        }
    }
}

// Clears bits [first, first + count) of bytes that nobody else writes meanwhile.
inline void clear_written(uint8_t* bits, uint64_t first, uint64_t count) {
    for (const uint64_t end = first + count; first < end;) {
        const uint64_t upto = std::min(end, first / 8 * 8 + 8);
        const uint8_t gone = (uint8_t)(((1u << (upto - first)) - 1) << (first % 8));
        __atomic_fetch_and(bits + first / 8, (uint8_t)~gone, __ATOMIC_RELAXED);
        first = upto;
    }
}

}  // namespace ridgepoint::emulator
