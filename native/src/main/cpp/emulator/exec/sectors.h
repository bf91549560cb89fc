// The set of 32-byte sectors that a CTA has touched: a hash table of 128-byte lines with four bits each.
#pragma once

#include <cstdint>
#include <vector>

namespace ridgepoint::emulator {

class SectorSet {
  public:
    void clear();
    // Sectors of line `line` (address / 128), one bit each.
    void touch(uint64_t line, uint32_t sectors) {
        Entry* entry = find(line);
        count_ += (uint64_t)__builtin_popcount(sectors & ~entry->sectors);
        entry->sectors |= sectors;
    }
    uint64_t count() const { return count_; }

  private:
    struct Entry {
        uint64_t key = 0;  // line + 1; 0 is free
        uint32_t sectors = 0;
    };
    Entry* find(uint64_t line) {
        if (used_ * 2 >= entries_.size()) grow();
        const uint64_t mask = entries_.size() - 1;
        uint64_t at = (line * 0x9e3779b97f4a7c15u) >> 20 & mask;
        while (entries_[at].key != line + 1) {
            if (entries_[at].key == 0) {
                entries_[at].key = line + 1;
                used_++;
                break;
            }
            at = (at + 1) & mask;
        }
        return &entries_[at];
    }
    void grow();

    std::vector<Entry> entries_ = std::vector<Entry>(64);
    uint64_t used_ = 0;
    uint64_t count_ = 0;
};

}  // namespace ridgepoint::emulator
