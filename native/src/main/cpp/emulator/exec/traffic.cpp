#include "exec/traffic.h"

#include <algorithm>

#include "exec/lanes.h"

namespace ridgepoint::emulator {
namespace {

constexpr uint32_t SECTOR = 32;
constexpr uint32_t LINE = 128;
constexpr uint64_t NEAR_SECTORS = 64;
constexpr unsigned BANKS = 32;
constexpr uint32_t BANK = 4;

void touch_range(GlobalTraffic& traffic, SectorSet& touched, uint64_t first, uint64_t last) {
    traffic.sectors += last / SECTOR - first / SECTOR + 1;
    for (uint64_t line = first / LINE; line <= last / LINE; line++) {
        const uint64_t from = std::max(first, line * LINE) % LINE / SECTOR;
        const uint64_t to = std::min(last, line * LINE + LINE - 1) % LINE / SECTOR;
        touched.touch(line, (uint32_t)((2u << to) - (1u << from)));
    }
}

// Lanes that stay within 64 sectors: one bit each.
void touch_near(GlobalTraffic& traffic, SectorSet& touched, LaneMask active, const uint64_t* addresses, uint64_t first_line) {
    const uint64_t first = first_line * LINE;
    uint64_t sectors = any_bits(active, [=](unsigned i) { return 1ull << ((addresses[i] - first) / SECTOR % NEAR_SECTORS); });
    traffic.sectors += (uint64_t)__builtin_popcountll(sectors);
    for (uint64_t line = first_line; sectors != 0; line++, sectors >>= LINE / SECTOR) {
        if (const uint32_t own = sectors & 0xf; own != 0) touched.touch(line, own);
    }
}

// Any lanes: the lines of one request are few, so a list is searched.
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

void touch_anywhere(GlobalTraffic& traffic, SectorSet& touched, LaneMask active, const uint64_t* addresses) {
    Lines lines;
    uint64_t line = addresses[lowest(active)] / LINE, last = ~0ull;
    uint32_t sectors = 0;
    for_active(active, [&](unsigned lane) {
        // Aligned, and at most 16 bytes: never over the end of a sector.
        const uint64_t sector = addresses[lane] / SECTOR;
        if (sector == last) return;
        last = sector;
        if (const uint64_t own = addresses[lane] / LINE; own != line) {
            lines.add(line, sectors);
            line = own;
            sectors = 0;
        }
        sectors |= 1u << sector % (LINE / SECTOR);
    });
    lines.add(line, sectors);
    lines.report(traffic, touched);
}

// Passes that these lanes need: the most distinct words that one bank must give.
// At most 32 words in all, so again a list for each bank would be too much: words are kept by bank, in rounds.
struct Banks {
    uint32_t word[BANKS][LANES];
    uint8_t count[BANKS] = {};
    uint32_t distinct = 0;
    uint32_t passes = 0;

    // `banks` is a power of two.
    void add(uint32_t wanted, uint32_t banks) {
        const unsigned bank = wanted & (banks - 1);
        for (unsigned i = 0; i < count[bank]; i++) {
            if (word[bank][i] == wanted) return;
        }
        word[bank][count[bank]++] = wanted;
        distinct++;
        passes = std::max<uint32_t>(passes, count[bank]);
    }
};

// Whether these words lie within one row of banks: then no two distinct ones share a bank.
bool within_a_row(uint32_t low, uint32_t high, uint32_t size) { return (high + size - 1) / BANK - low / BANK < BANKS; }

bool within_a_row(LaneMask lanes, const uint64_t* addresses, uint32_t size) {
    uint32_t low = ~0u, high = 0;
    for_active(lanes, [&](unsigned lane) {
        low = std::min(low, (uint32_t)addresses[lane]);
        high = std::max(high, (uint32_t)addresses[lane]);
    });
    return within_a_row(low, high, size);
}

// For each lane a mask of the one bank that it wants; none for lanes that are not active.
struct Wanted {
    uint32_t bank[LANES];

    Wanted(LaneMask active, const uint64_t* addresses, unsigned unit_bits, uint32_t banks) {
        for (unsigned i = 0; i < LANES; i++) {
            const uint32_t own = 1u << ((uint32_t)addresses[i] >> unit_bits & (banks - 1));
            bank[i] = (active >> i) & 1 ? own : 0;
        }
    }
    // Whether no two of these lanes, `group` of them from `first` on, meet in a bank.
    bool apart(LaneMask lanes, unsigned first, unsigned group) const {
        uint32_t taken = 0;
        for (unsigned i = first; i < first + group; i++) taken |= bank[i];
        return count(taken) == count(lanes);
    }
};

// 8-byte accesses are served in two halves of a warp, 16-byte ones in four quarters.
unsigned lanes_a_pass(uint32_t size) { return size <= 4 ? 32 : size == 8 ? 16 : 8; }

// Whether each lane has banks of its own in its pass.
template <uint64_t SIZE>
bool apart(const uint64_t* addresses) {
    constexpr uint64_t GROUP = BANKS * BANK / SIZE;
#if defined(__AVX2__)
    // No compiler of today makes this of the loop below: it takes the count of a shift for 32 bits.
    __m256i found = _mm256_setzero_si256();
    for (uint64_t i = 0; i < LANES; i += 4) {
        const __m256i unit = _mm256_srli_epi64(_mm256_loadu_si256((const __m256i*)(addresses + i)), __builtin_ctzll(SIZE));
        const __m256i bank = _mm256_and_si256(unit, _mm256_set1_epi64x(GROUP - 1));
        found = _mm256_or_si256(found, _mm256_sllv_epi64(_mm256_set1_epi64x(1ll << (i / GROUP * GROUP)), bank));
    }
    const __m128i half = _mm_or_si128(_mm256_castsi256_si128(found), _mm256_extracti128_si256(found, 1));
    const uint64_t taken = (uint64_t)_mm_cvtsi128_si64(half) | (uint64_t)_mm_extract_epi64(half, 1);
#else
    uint64_t taken = 0;
    for (uint64_t i = 0; i < LANES; i++) taken |= 1ull << (addresses[i] / SIZE % GROUP + i / GROUP * GROUP);
#endif
    return taken == ALL_LANES;
}

bool all_apart(LaneMask active, const uint64_t* addresses, uint32_t size) {
    if (active != ALL_LANES) return false;
    switch (size) {
        case 4: return apart<4>(addresses);
        case 8: return apart<8>(addresses);
        case 16: return apart<16>(addresses);
        default: return false;
    }
}

// The lanes, of `group` from `first` on, of which some are active.
LaneMask part(LaneMask active, unsigned first, unsigned group) {
    return active & (group == LANES ? ALL_LANES : ((1u << group) - 1) << first);
}

// Pass by pass. A function of its own, for it takes room that most requests do not need.
__attribute__((noinline)) void count_passes(SharedTraffic& traffic, LaneMask active, const uint64_t* addresses, uint32_t size) {
    // Aligned accesses of 8 or 16 bytes take whole pairs or quadruples of banks: those are the banks then.
    const uint32_t unit = std::max(size, BANK);
    const uint32_t banks = BANKS * BANK / unit;
    const unsigned unit_bits = lowest(unit), group = lanes_a_pass(size);
    const Wanted wanted(active, addresses, unit_bits, banks);
    for (unsigned first = 0; first < LANES; first += group) {
        const LaneMask lanes = part(active, first, group);
        if (lanes == 0) continue;
        if (wanted.apart(lanes, first, group) || within_a_row(lanes, addresses, size)) {
            traffic.wavefronts++;
            traffic.ideal_wavefronts++;
            continue;
        }
        Banks held;
        for_active(lanes, [&](unsigned lane) { held.add((uint32_t)addresses[lane] >> unit_bits, banks); });
        traffic.wavefronts += held.passes;
        traffic.ideal_wavefronts += (held.distinct + banks - 1) / banks;
    }
}

}  // namespace

void count_global(GlobalTraffic& traffic, SectorSet& touched, LaneMask active, const uint64_t* addresses,
                  const Reach& reach, uint32_t size) {
    traffic.requests++;
    traffic.bytes += (uint64_t)size * count(active);
    const uint64_t first_line = reach.low / LINE;
    if (reach.pattern != Pattern::Scattered) {
        touch_range(traffic, touched, reach.low, reach.high + size - 1);
    } else if (reach.high - first_line * LINE < NEAR_SECTORS * SECTOR) {
        touch_near(traffic, touched, active, addresses, first_line);
    } else {
        touch_anywhere(traffic, touched, active, addresses);
    }
}

void count_shared(SharedTraffic& traffic, LaneMask active, const uint64_t* addresses, const Reach& reach, uint32_t size) {
    traffic.requests++;
    const bool one_row = size <= BANK && within_a_row((uint32_t)reach.low, (uint32_t)reach.high, size);
    const bool simple = one_row || (reach.pattern == Pattern::Consecutive && size >= BANK) || all_apart(active, addresses, size);
    if (!simple) return count_passes(traffic, active, addresses, size);
    const uint32_t passes = std::max(size, BANK) / BANK;
    traffic.wavefronts += passes;
    traffic.ideal_wavefronts += passes;
}

}  // namespace ridgepoint::emulator
