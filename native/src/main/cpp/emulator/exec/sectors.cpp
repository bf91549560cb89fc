#include "exec/sectors.h"

namespace ridgepoint::emulator {

void SectorSet::clear() {
    if (used_ != 0) entries_.assign(64, 0);
    used_ = 0;
    count_ = 0;
}

void SectorSet::grow() {
    const std::vector<uint64_t> old = std::move(entries_);
    entries_.assign(old.size() * 4, 0);
    used_ = 0;
    for (const uint64_t entry : old) {
        if (entry != 0) find((entry >> SECTOR_BITS) - 1) = entry;
    }
}

}  // namespace ridgepoint::emulator
