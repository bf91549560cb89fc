#include "core/memory_map.h"

#include <algorithm>
#include <stdexcept>

namespace ridgepoint::emulator {

MemoryMap::MemoryMap(std::vector<MemoryRange> ranges) : ranges_(std::move(ranges)) {
    std::sort(ranges_.begin(), ranges_.end(),
              [](const MemoryRange& a, const MemoryRange& b) { return a.address < b.address; });
    for (size_t i = 0; i < ranges_.size(); i++) {
        const uint64_t limit = i + 1 < ranges_.size() ? ranges_[i + 1].address : SHARED_WINDOW;
        if (ranges_[i].address > limit || ranges_[i].size > limit - ranges_[i].address) {
            throw std::invalid_argument(ranges_[i].name + " overlaps what follows it");
        }
    }
}

const MemoryRange* MemoryMap::find(uint64_t address) const {
    const MemoryRange* range = before(address);
    return range != nullptr && address - range->address < range->size ? range : nullptr;
}

const MemoryRange* MemoryMap::before(uint64_t address) const {
    const auto above = std::upper_bound(ranges_.begin(), ranges_.end(), address,
                                        [](uint64_t value, const MemoryRange& range) { return value < range.address; });
    return above == ranges_.begin() ? nullptr : &*std::prev(above);
}

const MemoryRange* MemoryMap::after(uint64_t address) const {
    const auto above = std::upper_bound(ranges_.begin(), ranges_.end(), address,
                                        [](uint64_t value, const MemoryRange& range) { return value < range.address; });
    return above == ranges_.end() ? nullptr : &*above;
}

}  // namespace ridgepoint::emulator
