// For every cell of a memory: who wrote it last, and who has read it since.
//
// Cells are as large as the accesses to their page allow, 16 bytes at most, and are split when a smaller access comes.
// So every access covers whole cells, and most cover one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "hazard/stamp.h"

namespace ridgepoint::emulator {

struct Cell {
    Stamp write, read;
};

// Lists of stamps, all of one length, for cells that several have written (atomics) or read.
class StampLists {
  public:
    explicit StampLists(unsigned length) : length_(length) {}
    unsigned length() const { return length_; }
    uint64_t make();
    void release(uint64_t list) { free_.push_back(list); }
    Stamp* at(uint64_t list) { return stamps_.data() + list * length_; }

  private:
    unsigned length_;
    std::vector<Stamp> stamps_;
    std::vector<uint64_t> free_;
};

class Shadow {
  public:
    Shadow(unsigned page_bits, unsigned list_length) : lists(list_length), page_bits_(page_bits) {}

    static constexpr uint64_t LARGEST = 16;  // bytes of a cell

    // Calls body(cell, address) for every cell of [address, address + size). Cells have at most 1 << fine bytes, of
    // which both are multiples.
    template <class F>
    void each(uint64_t address, uint64_t size, unsigned fine, F body) {
        while (size > 0) {
            const uint64_t within = address & (((uint64_t)1 << page_bits_) - 1);
            const uint64_t here = std::min(size, ((uint64_t)1 << page_bits_) - within);
            Page& page = page_at(address >> page_bits_, fine);
            Cell* cell = page.cells.get() + (within >> page.shift);
            const uint64_t bytes = (uint64_t)1 << page.shift;
            for (const uint64_t end = address + here; address < end; address += bytes) body(*cell++, address);
            size -= here;
        }
    }

    StampLists lists;

  private:
    static constexpr size_t RECENT = 256;
    struct Page {
        std::unique_ptr<Cell[]> cells;
        unsigned shift;  // a cell has 1 << shift bytes
    };
    struct Recent {
        uint64_t number = ~0ull;
        Page* page = nullptr;
    };

    Page& page_at(uint64_t number, unsigned fine) {
        Recent& recent = recent_[number % RECENT];
        if (recent.number != number) recent = {number, &look_up(number, fine)};
        if (recent.page->shift > fine) split(*recent.page, fine);
        return *recent.page;
    }
    Page& look_up(uint64_t number, unsigned fine);
    void split(Page& page, unsigned fine);

    unsigned page_bits_;
    std::unordered_map<uint64_t, Page> pages_;
    std::vector<Recent> recent_ = std::vector<Recent>(RECENT);
};

}  // namespace ridgepoint::emulator
