// What somebody knows to have happened: for blocks, and for lanes of single agents, up to which time.
//
// An agent is whoever does things in an order of its own: a warp (its times are segments), the copies of a warp, or an
// mbarrier (its times are phases).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "exec/op.h"

namespace ridgepoint::emulator {

class Clock {
  public:
    // All warps of the block, up to this segment.
    uint64_t block(uint32_t block) const;
    bool knows(uint32_t agent, unsigned lane, uint64_t time) const;
    // Of each of the agent's lanes.
    bool knows_all(uint32_t agent, uint64_t time) const;
    bool knows_any(uint32_t agent, uint64_t time) const;

    void learn_block(uint32_t block, uint64_t time);
    void learn(uint32_t agent, LaneMask lanes, uint64_t time);
    void join(const Clock& other);
    // Whether join(other) would change nothing.
    bool covers(const Clock& other) const;

  private:
    struct Block {
        uint32_t block;
        uint64_t time;
    };
    struct Agent {
        uint32_t agent;
        LaneMask lanes;
        uint64_t time;
    };
    std::vector<Block> blocks_;  // ascending
    std::vector<Agent> agents_;  // ascending; one agent's entries have no lane in common
};

// Shared among those that know the same, copied when one of them learns more. Null knows nothing.
typedef std::shared_ptr<Clock> SharedClock;

Clock& to_change(SharedClock& clock);
// Whether that changed anything.
bool join(SharedClock& clock, const SharedClock& other);

}  // namespace ridgepoint::emulator
