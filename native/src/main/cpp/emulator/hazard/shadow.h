// For every cell of a memory: who wrote it last, and who has read it since.
//
// Cells are as large as the accesses to their page allow, 16 bytes at most, and are split when a smaller access comes.
// So every access covers whole cells, and most cover one. As long as only whole warps have touched a row of cells, lane i
// cell i, one cell stands for all of the row.
#pragma once

#include <algorithm>
#include <bitset>
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
    uint64_t copy(uint64_t list);
    void release(uint64_t list) { free_.push_back(list); }
    Stamp& at(uint64_t list, unsigned place) { return stamps_[list * length_ + place]; }

  private:
    unsigned length_;
    std::vector<Stamp> stamps_;
    std::vector<uint64_t> free_;
};

class Shadow {
  public:
    Shadow(unsigned page_bits, unsigned list_length) : lists(list_length), page_bits_(page_bits) {}

    static constexpr uint64_t LARGEST = 16;  // bytes of a cell

    // What stands for the row of cells at `address`, each of 1 << shift bytes, and names lane 0 where it means lane i of
    // cell i; null where the row has been taken apart or no row lies there.
    Cell* row(uint64_t address, unsigned shift) {
        const uint64_t within = address & (((uint64_t)1 << page_bits_) - 1);
        const uint64_t row = within >> shift >> ROW_BITS;
        if ((row << shift << ROW_BITS) != within) return nullptr;
        Page& page = page_at(address >> page_bits_, shift);
        return page.shift == shift && !page.apart[row] ? &page.rows[row] : nullptr;
    }

    // Calls body(cell, address) for every cell of [address, address + size). Cells have at most 1 << fine bytes, of
    // which both are multiples.
    template <class F>
    void each(uint64_t address, uint64_t size, unsigned fine, F body) {
        while (size > 0) {
            const uint64_t within = address & (((uint64_t)1 << page_bits_) - 1);
            Page& page = page_at(address >> page_bits_, fine);
            const uint64_t bytes = (uint64_t)1 << page.shift, first = within >> page.shift;
            if (size == bytes) return body(cell_of(page, first), address);  // as most are
            const uint64_t here = std::min(size, ((uint64_t)1 << page_bits_) - within), end = first + (here >> page.shift);
            for (uint64_t row = first >> ROW_BITS; row << ROW_BITS < end; row++) cell_of(page, row << ROW_BITS);
            Cell* const cells = page.cells.get();
            for (uint64_t i = first; i < end; i++, address += bytes) body(cells[i], address);
            size -= here;
        }
    }

    StampLists lists;

  private:
    static constexpr size_t RECENT = 256;
    static constexpr unsigned ROW_BITS = 5, MOST_PAGE_BITS = 12;  // a row has a cell a lane
    struct Page {
        std::unique_ptr<Cell[]> rows;   // those that are not apart
        std::unique_ptr<Cell[]> cells;  // those of the other rows; none as long as there are none
        std::bitset<(1 << MOST_PAGE_BITS >> ROW_BITS)> apart;
        size_t together;  // rows that are not apart
        unsigned shift;   // a cell has 1 << shift bytes
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
    size_t cells_in(const Page& page) const { return (size_t)1 << (page_bits_ - page.shift); }
    Cell& cell_of(Page& page, uint64_t index) {
        if (page.together != 0 && !page.apart[index >> ROW_BITS]) take_apart(page, index >> ROW_BITS);
        return page.cells[index];
    }
    void take_apart(Page& page, uint64_t row);
    void split(Page& page, unsigned fine);

    unsigned page_bits_;
    std::unordered_map<uint64_t, Page> pages_;
    std::vector<Recent> recent_ = std::vector<Recent>(RECENT);
};

}  // namespace ridgepoint::emulator
