#include "exec/sectors.h"

namespace ridgepoint::emulator {

void SectorSet::clear() {
    if (used_ != 0) entries_.assign(64, Entry());
    used_ = 0;
    count_ = 0;
}

void SectorSet::grow() {
    const std::vector<Entry> old = std::move(entries_);
    entries_.assign(old.size() * 4, Entry());
    used_ = 0;
    for (const Entry& entry : old) {
        if (entry.key != 0) find(entry.key - 1)->sectors = entry.sectors;
    }
}

}  // namespace ridgepoint::emulator
