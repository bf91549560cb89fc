// Which bytes were ever written: bitmaps that stream threads and kernels change at once.
#include <algorithm>
#include <cstring>

#include "driver/memory.h"

namespace ridgepoint::emulator::driver {
namespace {

bool get(const uint8_t* bits, uint64_t at) { return bits[at / 8] >> (at % 8) & 1; }

void put(uint8_t* bits, uint64_t at, bool value) {
    auto bit = (uint8_t)(1u << (at % 8));
    if (value) {
        __atomic_fetch_or(&bits[at / 8], bit, __ATOMIC_RELAXED);
    } else {
        __atomic_fetch_and(&bits[at / 8], (uint8_t)~bit, __ATOMIC_RELAXED);
    }
}

}  // namespace

void mark_written(uint8_t* bits, uint64_t offset, uint64_t size) {
    uint64_t end = offset + size;
    uint64_t whole = std::min(end, (offset + 7) / 8 * 8);
    for (; offset < whole; offset++) put(bits, offset, true);
    uint64_t whole_end = std::max(whole, end / 8 * 8);
    std::memset(bits + whole / 8, 0xff, (whole_end - whole) / 8);
    for (offset = whole_end; offset < end; offset++) put(bits, offset, true);
}

void copy_written(uint8_t* to, uint64_t to_offset, const uint8_t* from, uint64_t from_offset, uint64_t size) {
    if (!to) return;
    if (!from) return mark_written(to, to_offset, size);
    if (to_offset % 8 == 0 && from_offset % 8 == 0) {
        uint64_t whole = size / 8 * 8;
        std::memmove(to + to_offset / 8, from + from_offset / 8, whole / 8);
        to_offset += whole;
        from_offset += whole;
        size -= whole;
    }
    for (uint64_t i = 0; i < size; i++) put(to, to_offset + i, get(from, from_offset + i));
}

}  // namespace ridgepoint::emulator::driver
