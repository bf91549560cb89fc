#include "driver/arena.h"

#include <sys/mman.h>

#include <algorithm>
#include <iterator>

#include "core/memory_map.h"
#include "driver/errors.h"

namespace ridgepoint::emulator::driver {
namespace {

uint64_t round_up(uint64_t value, uint64_t unit) { return (value + unit - 1) / unit * unit; }

std::byte* reserve(uint64_t size, int protection) {
    void* start = mmap(nullptr, size, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (start == MAP_FAILED) {
        throw DriverError(CUDA_ERROR_OUT_OF_MEMORY,
                          "cannot reserve " + std::to_string(size >> 30) +
                              " GiB of addresses; a limit on virtual memory (ulimit -v) or vm.overcommit_memory = 2 "
                              "forbids it");
    }
    return (std::byte*)start;
}

}  // namespace

Arena& Arena::instance() {
    static Arena& arena = *new Arena;
    return arena;
}

Arena::Arena() : base_((uint64_t)reserve(SIZE, PROT_NONE)), host_(reserve(SIZE, PROT_READ | PROT_WRITE)) {
    madvise(host_, SIZE, MADV_DONTDUMP);
}

uint64_t Arena::hole(uint64_t from, uint64_t room) const {
    uint64_t start = from;
    auto next = taken_.lower_bound(from);
    if (next != taken_.begin()) start = std::max(start, std::prev(next)->second);
    for (; next != taken_.end(); ++next) {
        if (next->first >= start + room) return start;
        start = std::max(start, next->second);
    }
    return start + room <= SIZE ? start : SIZE;
}

uint64_t Arena::take(uint64_t size) {
    if (size > SIZE / 4) throw DriverError(CUDA_ERROR_OUT_OF_MEMORY);
    uint64_t gap = round_up(std::clamp(size, LEAST_GAP, MOST_GAP), PAGE);
    uint64_t room = gap + PAGE + round_up(size, PAGE) + gap;
    std::lock_guard lock(mutex_);
    uint64_t start = hole(next_, room);
    if (start == SIZE) start = hole(0, room);
    if (start == SIZE) throw DriverError(CUDA_ERROR_OUT_OF_MEMORY, "no addresses are left");
    taken_.emplace(start, start + room);
    next_ = start + room;
    return base_ + start + gap + OFFSET;
}

void Arena::discard(uint64_t address, uint64_t size) {
    uint64_t start = (uint64_t)host(address) / PAGE * PAGE;
    uint64_t end = round_up((uint64_t)host(address) + size, PAGE);
    madvise((void*)start, end - start, MADV_DONTNEED);
}

void Arena::release(uint64_t address) {
    std::lock_guard lock(mutex_);
    auto after = taken_.upper_bound(address - base_);
    if (after != taken_.begin()) taken_.erase(std::prev(after));
}

}  // namespace ridgepoint::emulator::driver
