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
    std::fill_n(at(list), length_, Stamp());
    return list;
}

Shadow::Page& Shadow::look_up(uint64_t number, unsigned fine) {
    const auto found = pages_.find(number);
    if (found != pages_.end()) return found->second;
    return pages_.emplace(number, Page{std::make_unique<Cell[]>((size_t)1 << (page_bits_ - fine)), fine}).first->second;
}

void Shadow::split(Page& page, unsigned fine) {
    const size_t parts = (size_t)1 << (page.shift - fine), cells = (size_t)1 << (page_bits_ - page.shift);
    auto smaller = std::make_unique<Cell[]>(cells * parts);
    const auto copied = [&](Stamp stamp, bool first) {
        if (!stamp.is_list() || first) return stamp;
        const uint64_t list = lists.make();
        std::copy_n(lists.at(stamp.time()), lists.length(), lists.at(list));
        return Stamp::list(list);
    };
    for (size_t i = 0; i < cells; i++) {
        for (size_t part = 0; part < parts; part++) {
            smaller[i * parts + part] = {copied(page.cells[i].write, part == 0), copied(page.cells[i].read, part == 0)};
        }
    }
    page.cells = std::move(smaller);
    page.shift = fine;
}

}  // namespace ridgepoint::emulator
