// Groups of asynchronous copies: each thread collects what it starts, closes a group, and waits for all but the newest.
#pragma once

#include <cstddef>
#include <deque>
#include <utility>
#include <vector>

#include "exec/op.h"

namespace ridgepoint::emulator {

// The groups of a warp's threads. Lanes that have done the same so far share one history, and part when they differ.
template <class Item>
class CopyGroups {
  public:
    struct History {
        LaneMask lanes = ALL_LANES;
        std::vector<Item> open;
        std::deque<std::vector<Item>> closed;  // oldest first
    };

    // Calls body(history) for histories that together are those of exactly the active lanes.
    template <class F>
    void each(LaneMask active, F body) {
        for (size_t i = 0, known = histories_.size(); i < known; i++) {
            const LaneMask lanes = histories_[i].lanes & active;
            if (lanes == 0) continue;
            if (lanes != histories_[i].lanes) {
                History rest = histories_[i];
                rest.lanes &= ~lanes;
                histories_.push_back(std::move(rest));
                histories_[i].lanes = lanes;
            }
            body(histories_[i]);
        }
    }

    void close(LaneMask active) {
        each(active, [](History& history) {
            history.closed.push_back(std::move(history.open));
            history.open.clear();
        });
    }

    // Gives up all groups but the newest `kept`, and calls done(lanes, item) for each of their copies.
    template <class F>
    void wait(LaneMask active, size_t kept, F done) {
        each(active, [&](History& history) {
            while (history.closed.size() > kept) {
                for (Item& item : history.closed.front()) done(history.lanes, item);
                history.closed.pop_front();
            }
        });
    }

  private:
    std::vector<History> histories_ = std::vector<History>(1);
};

}  // namespace ridgepoint::emulator
