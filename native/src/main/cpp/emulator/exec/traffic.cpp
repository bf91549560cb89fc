#include "exec/traffic.h"

#include <algorithm>

#include "exec/lanes.h"

namespace ridgepoint::emulator {
namespace {

constexpr uint32_t SECTOR = 32;
constexpr uint32_t LINE = 128;
constexpr unsigned BANKS = 32;
constexpr uint32_t BANK = 4;

// Whether all 32 lanes access consecutive elements, as most code does.
bool consecutive(LaneMask active, const uint64_t* addresses, uint32_t size) {
    if (active != ALL_LANES) return false;
    uint64_t wrong = 0;
    for (unsigned i = 0; i < LANES; i++) wrong |= addresses[i] ^ (addresses[0] + (uint64_t)i * size);
    return wrong == 0;
}

void touch_range(GlobalTraffic& traffic, SectorSet& touched, uint64_t first, uint64_t last) {
    traffic.sectors += last / SECTOR - first / SECTOR + 1;
    for (uint64_t line = first / LINE; line <= last / LINE; line++) {
        const uint64_t from = std::max(first, line * LINE) % LINE / SECTOR;
        const uint64_t to = std::min(last, line * LINE + LINE - 1) % LINE / SECTOR;
        touched.touch(line, (uint32_t)((2u << to) - (1u << from)));
    }
}

// The lines of one request: few, so a list is searched.
class Lines {
  public:
    void add(uint64_t line, uint32_t sectors) {
        for (unsigned i = count_; i-- > 0;) {
            if (line_[i] != line) continue;
            sectors_[i] |= sectors;
            return;
        }
        line_[count_] = line;
        sectors_[count_++] = sectors;
    }
    void report(GlobalTraffic& traffic, SectorSet& touched) const {
        for (unsigned i = 0; i < count_; i++) {
            traffic.sectors += (uint64_t)__builtin_popcount(sectors_[i]);
            touched.touch(line_[i], sectors_[i]);
        }
    }

  private:
    uint64_t line_[LANES];
    uint32_t sectors_[LANES];
    unsigned count_ = 0;
};

// Passes that these lanes need: the most distinct words that one bank must give.
// At most 32 words in all, so again a list for each bank would be too much: words are kept by bank, in rounds.
struct Banks {
    uint32_t word[BANKS][LANES];
    uint8_t count[BANKS] = {};
    uint32_t distinct = 0;
    uint32_t passes = 0;

    void add(uint32_t wanted, uint32_t banks) {
        const unsigned bank = wanted % banks;
        for (unsigned i = 0; i < count[bank]; i++) {
            if (word[bank][i] == wanted) return;
        }
        word[bank][count[bank]++] = wanted;
        distinct++;
        passes = std::max<uint32_t>(passes, count[bank]);
    }
};

// Whether all words that the lanes, of `group` from `first` on, touch lie within one row of banks: then no two distinct
// ones share a bank.
bool within_a_row(LaneMask lanes, unsigned first, unsigned group, const uint64_t* addresses, uint32_t size) {
    uint32_t low = ~0u, high = 0;
    for (unsigned i = first; i < first + group; i++) {
        const bool counts = (lanes >> i) & 1;
        const uint32_t address = (uint32_t)addresses[i];
        low = std::min(low, counts ? address : ~0u);
        high = std::max(high, counts ? address : 0u);
    }
    return (high + size - 1) / BANK - low / BANK < BANKS;
}

// Whether no two lanes meet in a bank.
bool apart(LaneMask lanes, const uint64_t* addresses, uint32_t unit, uint32_t banks) {
    uint32_t taken = 0;
    for_active(lanes, [&](unsigned lane) { taken |= 1u << ((uint32_t)addresses[lane] / unit % banks); });
    return count(taken) == count(lanes);
}

// 8-byte accesses are served in two halves of a warp, 16-byte ones in four quarters.
unsigned lanes_a_pass(uint32_t size) { return size <= 4 ? 32 : size == 8 ? 16 : 8; }

}  // namespace

void count_global(GlobalTraffic& traffic, SectorSet& touched, LaneMask active, const uint64_t* addresses,
                  uint32_t size) {
    traffic.requests++;
    traffic.bytes += (uint64_t)size * count(active);
    if (consecutive(active, addresses, size)) {
        return touch_range(traffic, touched, addresses[0], addresses[LANES - 1] + size - 1);
    }
    Lines lines;
    for_active(active, [&](unsigned lane) {
        // Aligned, and at most 16 bytes: never over the end of a sector.
        lines.add(addresses[lane] / LINE, 1u << (addresses[lane] % LINE / SECTOR));
    });
    lines.report(traffic, touched);
}

void count_shared(SharedTraffic& traffic, LaneMask active, const uint64_t* addresses, uint32_t size) {
    traffic.requests++;
    if (size >= BANK && consecutive(active, addresses, size)) {
        traffic.wavefronts += size / BANK;
        traffic.ideal_wavefronts += size / BANK;
        return;
    }
    // Aligned accesses of 8 or 16 bytes take whole pairs or quadruples of banks: those are the banks then.
    const uint32_t unit = std::max(size, BANK);
    const uint32_t banks = BANKS * BANK / unit;
    const unsigned group = lanes_a_pass(size);
    for (unsigned first = 0; first < LANES; first += group) {
        const LaneMask lanes = active & (group == 32 ? ALL_LANES : ((1u << group) - 1) << first);
        if (lanes == 0) continue;
        if (within_a_row(lanes, first, group, addresses, size) || apart(lanes, addresses, unit, banks)) {
            traffic.wavefronts++;
            traffic.ideal_wavefronts++;
            continue;
        }
        Banks held;
        for_active(lanes, [&](unsigned lane) { held.add((uint32_t)addresses[lane] / unit, banks); });
        traffic.wavefronts += held.passes;
        traffic.ideal_wavefronts += (held.distinct + banks - 1) / banks;
    }
}

}  // namespace ridgepoint::emulator
