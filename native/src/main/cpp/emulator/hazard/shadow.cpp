#include "hazard/shadow.h"

#include <algorithm>

namespace ridgepoint::emulator {

uint64_t StampLists::make() {
    if (free_.empty()) {
        free_.push_back(stamps_.size() / length_);
        stamps_.resize(stamps_.size() + length_);
    }
    const uint64_t list = free_.back();
    free_.pop_back();
    std::fill_n(&at(list, 0), length_, Stamp());
    return list;
}

uint64_t StampLists::copy(uint64_t list) {
    const uint64_t other = make();
    std::copy_n(&at(list, 0), length_, &at(other, 0));
    return other;
}

Shadow::Page& Shadow::look_up(uint64_t number, unsigned fine) {
    const auto found = pages_.find(number);
    if (found != pages_.end()) return found->second;
    const size_t rows = (size_t)1 << (page_bits_ - fine) >> ROW_BITS;
    return pages_.emplace(number, Page{std::make_unique<Cell[]>(rows), nullptr, {}, rows, fine}).first->second;
}

void Shadow::take_apart(Page& page, uint64_t row) {
    if (page.cells == nullptr) page.cells = std::make_unique<Cell[]>(cells_in(page));
    page.apart.set(row);
    page.together--;
    const Cell all = page.rows[row];
    if (all.write.empty() && all.read.empty()) return;
    Cell* cell = &page.cells[row << ROW_BITS];
    const auto of_lane = [](Stamp stamp, unsigned lane) { return stamp.empty() ? stamp : stamp.with_lane(lane); };
    for (unsigned lane = 0; lane < 1u << ROW_BITS; lane++) cell[lane] = {of_lane(all.write, lane), of_lane(all.read, lane)};
}

void Shadow::split(Page& page, unsigned fine) {
    const size_t parts = (size_t)1 << (page.shift - fine), cells = cells_in(page);
    for (uint64_t row = 0; row << ROW_BITS < cells; row++) {
        if (!page.apart[row]) take_apart(page, row);
    }
    auto smaller = std::make_unique<Cell[]>(cells * parts);
    const auto copied = [&](Stamp stamp, bool first) {
        return !stamp.is_list() || first ? stamp : Stamp::list(lists.copy(stamp.time()));
    };
    for (size_t i = 0; i < cells; i++) {
        for (size_t part = 0; part < parts; part++) {
            smaller[i * parts + part] = {copied(page.cells[i].write, part == 0), copied(page.cells[i].read, part == 0)};
        }
    }
    page.cells = std::move(smaller);
    page.rows.reset();
    page.apart.set();
    page.shift = fine;
}

}  // namespace ridgepoint::emulator
