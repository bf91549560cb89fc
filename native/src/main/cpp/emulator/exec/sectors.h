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
        uint64_t& entry = find(line);
        const uint64_t fresh = sectors & ~entry & ALL_SECTORS;
        count_ += (uint64_t)__builtin_popcountll(fresh);
        entry |= fresh;
    }
    uint64_t count() const { return count_; }

  private:
    // line + 1, and its sectors in the lowest bits; 0 is free. A line has 57 bits.
    static constexpr unsigned SECTOR_BITS = 4;
    static constexpr uint64_t ALL_SECTORS = (1u << SECTOR_BITS) - 1;

    uint64_t& find(uint64_t line) {
        if (used_ * 2 >= entries_.size()) grow();
        const uint64_t mask = entries_.size() - 1;
        uint64_t at = (line * 0x9e3779b97f4a7c15u) >> 20 & mask;
        while (entries_[at] >> SECTOR_BITS != line + 1) {
            if (entries_[at] == 0) {
                entries_[at] = (line + 1) << SECTOR_BITS;
                used_++;
                break;
            }
            at = (at + 1) & mask;
        }
        return entries_[at];
    }
    void grow();

    std::vector<uint64_t> entries_ = std::vector<uint64_t>(64);
    uint64_t used_ = 0;
    uint64_t count_ = 0;
};

}  // namespace ridgepoint::emulator
