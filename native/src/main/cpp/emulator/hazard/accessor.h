// Who touches memory now, and what happened before it from its point of view.
#pragma once

#include <array>

#include "hazard/history.h"
#include "hazard/knowledge.h"
#include "hazard/stamp.h"

namespace ridgepoint::emulator {

// Pieces of asynchronous work that every lane of a warp knows to be over, the latest of each remainder. What a lane knows
// it never forgets, so an entry holds until another takes its place.
class WorksOver {
  public:
    bool hold(Stamp stamp) const { return stamp.is_work() && numbers_[stamp.time() % KEPT] == stamp.time(); }
    void add(uint64_t work) { numbers_[work % KEPT] = work; }

  private:
    static constexpr uint64_t KEPT = 64;
    std::array<uint64_t, KEPT> numbers_ = {};  // from 1
};

struct Accessor {
    const History& history;
    uint32_t block;
    uint32_t agent;          // the warp
    Proxy proxy;
    bool atomic;             // it reads and writes at once
    const Lanes* lanes;      // what the lane knows
    Stamp stamp;             // of this access
    Segments known = {};     // of the block, by all of its lanes
    WorksOver* over = nullptr;  // where all lanes of the warp know the same

    unsigned lane() const { return stamp.lane(); }

    // What most stamps are: none at all, something before the last barrier, or the same thread's.
    bool knows_at_once(Stamp other) const {
        return known.hold(other) || other.empty() || (other.same_thread_and_time(stamp) && !stamp.is_work());
    }

    // The same of what is a work's write.
    bool knows_over(Stamp other) const { return over != nullptr && over->hold(other); }

    // Whether what this stamp says happened before. It is no list. `wrote`: it is of a write.
    bool knows(Stamp other, bool wrote) const { return other.is_work() ? knows_work(other, wrote) : knows_segment(other, needed_for(wrote)); }
    bool knows_segment(Stamp other, Level level) const;

    // Of a stamp that names lane 0 and means every lane where it touched: whether each lane of this access knows its own.
    // Yes only where that does not depend on the lane.
    bool knows_row(Stamp other) const { return knows_at_once(other) || knows_every_lane(other); }

    // Bulk copies see what instructions wrote only through a fence between the two.
    Level needed_for(bool wrote) const { return proxy == Proxy::Async && wrote ? Proxied : Known; }
    // Both are atomic, and each for the other's block as well.
    bool strong_enough(Stamp other) const;

  private:
    bool knows_every_lane(Stamp other) const;
    bool knows_work(Stamp other, bool wrote) const;
};

}  // namespace ridgepoint::emulator
