#include "core/heap.h"

#include <algorithm>
#include <iterator>

namespace ridgepoint::emulator {
namespace {

uint64_t aligned(uint64_t address) { return (address + Heap::ALIGNMENT - 1) / Heap::ALIGNMENT * Heap::ALIGNMENT; }

}  // namespace

Heap::Heap(uint64_t address, uint64_t bytes)
    : address_(address), end_(address + bytes), pieces_{{address, std::min(bytes, ALIGNMENT)}}, next_(address) {}

uint64_t Heap::allocate(uint64_t bytes) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (bytes > end_ - address_) return 0;
    uint64_t found = room(next_, end_, bytes);
    if (found == 0) found = room(address_, end_, bytes);
    if (found == 0) return 0;
    pieces_.emplace(found, bytes);
    next_ = found;
    return found;
}

uint64_t Heap::room(uint64_t from, uint64_t to, uint64_t bytes) const {
    auto after = pieces_.upper_bound(from);
    uint64_t start = after == pieces_.begin() ? from : std::prev(after)->first + std::prev(after)->second;
    for (;; ++after) {
        start = aligned(std::max(from, start) + ALIGNMENT);
        const uint64_t end = after == pieces_.end() ? to : after->first;
        if (end > start && end - start >= bytes + ALIGNMENT) return start;
        if (after == pieces_.end()) return 0;
        start = after->first + after->second;
    }
}

bool Heap::free(uint64_t address) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return address != address_ && pieces_.erase(address) == 1;
}

bool Heap::holds(uint64_t address, uint64_t size) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto after = pieces_.upper_bound(address);
    if (after == pieces_.begin()) return false;
    const auto& [start, bytes] = *std::prev(after);
    return address - start < bytes && size <= bytes - (address - start);
}

}  // namespace ridgepoint::emulator
