#include "hazard/clock.h"

#include <algorithm>

namespace ridgepoint::emulator {
namespace {

template <class T>
auto first_of(T& agents, uint32_t agent) {
    return std::lower_bound(agents.begin(), agents.end(), agent, [](const auto& entry, uint32_t a) { return entry.agent < a; });
}

}  // namespace

uint64_t Clock::block(uint32_t block) const {
    const auto at = std::lower_bound(blocks_.begin(), blocks_.end(), block, [](const Block& b, uint32_t wanted) { return b.block < wanted; });
    return at != blocks_.end() && at->block == block ? at->time : 0;
}

bool Clock::knows(uint32_t agent, unsigned lane, uint64_t time) const {
    for (auto at = first_of(agents_, agent); at != agents_.end() && at->agent == agent; ++at) {
        if ((at->lanes >> lane) & 1) return at->time >= time;
    }
    return false;
}

bool Clock::knows_all(uint32_t agent, uint64_t time) const {
    LaneMask lanes = 0;
    for (auto at = first_of(agents_, agent); at != agents_.end() && at->agent == agent; ++at) {
        if (at->time >= time) lanes |= at->lanes;
    }
    return lanes == ALL_LANES;
}

bool Clock::knows_any(uint32_t agent, uint64_t time) const {
    for (auto at = first_of(agents_, agent); at != agents_.end() && at->agent == agent; ++at) {
        if (at->time >= time) return true;
    }
    return false;
}

void Clock::learn_block(uint32_t block, uint64_t time) {
    if (time == 0) return;
    const auto at = std::lower_bound(blocks_.begin(), blocks_.end(), block, [](const Block& b, uint32_t wanted) { return b.block < wanted; });
    if (at == blocks_.end() || at->block != block) {
        blocks_.insert(at, {block, time});
    } else {
        at->time = std::max(at->time, time);
    }
}

void Clock::learn(uint32_t agent, LaneMask lanes, uint64_t time) {
    if (time == 0) return;
    auto at = first_of(agents_, agent);
    while (at != agents_.end() && at->agent == agent) {
        if (at->time >= time) {
            lanes &= ~at->lanes;
        } else {
            at->lanes &= ~lanes;
        }
        at = at->lanes == 0 ? agents_.erase(at) : at + 1;
    }
    if (lanes == 0) return;
    for (at = first_of(agents_, agent); at != agents_.end() && at->agent == agent; ++at) {
        if (at->time != time) continue;
        at->lanes |= lanes;
        return;
    }
    agents_.insert(at, {agent, lanes, time});
}

void Clock::join(const Clock& other) {
    for (const Block& block : other.blocks_) learn_block(block.block, block.time);
    for (const Agent& agent : other.agents_) learn(agent.agent, agent.lanes, agent.time);
}

bool Clock::covers(const Clock& other) const {
    for (const Block& theirs : other.blocks_) {
        if (block(theirs.block) < theirs.time) return false;
    }
    for (const Agent& theirs : other.agents_) {
        LaneMask lanes = theirs.lanes;
        for (auto at = first_of(agents_, theirs.agent); at != agents_.end() && at->agent == theirs.agent; ++at) {
            if (at->time >= theirs.time) lanes &= ~at->lanes;
        }
        if (lanes != 0) return false;
    }
    return true;
}

Clock& to_change(SharedClock& clock) {
    if (!clock) {
        clock = std::make_shared<Clock>();
    } else if (clock.use_count() > 1) {
        clock = std::make_shared<Clock>(*clock);
    }
    return *clock;
}

bool join(SharedClock& clock, const SharedClock& other) {
    if (!other || clock == other) return false;
    if (!clock) {
        clock = other;
    } else {
        if (clock->covers(*other)) return false;
        to_change(clock).join(*other);
    }
    return true;
}

}  // namespace ridgepoint::emulator
