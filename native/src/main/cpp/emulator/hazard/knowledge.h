// What the lanes of a warp know of what others did.
//
// Lanes that learnt the same share one entry; they part when one learns alone, and meet again when they synchronise.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hazard/clock.h"

namespace ridgepoint::emulator {

// Kinds of knowledge. All of them pass on at every synchronisation.
enum Level : unsigned {
    Known,         // happened before
    FencedBlock,   // known when a fence was passed, so a relaxed store publishes it: to the block
    FencedDevice,  // or to all
    SeenBlock,     // a relaxed load has met what was published: a fence makes it known
    SeenDevice,
    Proxied,       // known when a proxy fence was passed: visible to bulk copies
};
constexpr unsigned LEVELS = Proxied + 1;

// Passed from those who arrive somewhere to those who leave.
struct Joint {
    struct Part {
        uint64_t block = 0;  // all segments of this block up to here
        SharedClock more;
    };
    std::array<Part, LEVELS> part;
};

struct View {
    uint64_t block = 0;  // all segments of the block up to here
    uint64_t warp = 0;   // all segments of this warp up to here, by any lane
    uint64_t self = 0;   // those of the lane itself; of Known there is no end
    SharedClock more;

    bool empty() const { return (block | warp | self) == 0 && !more; }
};

struct Lanes {
    LaneMask lanes = ALL_LANES;
    uint64_t waited = 0;  // each of them for its own copies (cp.async), up to here
    std::array<View, LEVELS> view;
};

class Knowledge {
  public:
    // Of warp `agent` of `block`, whose copies are an agent of their own.
    Knowledge(uint32_t block, uint32_t agent, uint32_t copies) : block_(block), agent_(agent), copies_(copies), groups_(1) {}

    bool together() const { return groups_.size() == 1; }
    uint32_t agent() const { return agent_; }
    // Another number after every change.
    uint64_t version() const { return version_; }
    const Lanes& of(unsigned lane) const;

    // What these lanes know, their own doings up to `segment` included, is added to `joint`.
    void gather(LaneMask lanes, uint64_t segment, Joint& joint) const;
    // These lanes know what `joint` says. They were gathered into it: it says all they knew.
    void replace(LaneMask lanes, const Joint& joint);
    // These lanes learn what `joint` says.
    void learn(LaneMask lanes, const Joint& joint);
    void learn(LaneMask lanes, Level level, const SharedClock& clock);
    void learn(LaneMask lanes, Level level, uint32_t agent, uint64_t time);
    // These lanes have waited for their own copies up to this one.
    void wait(LaneMask lanes, uint64_t work);
    // These lanes learn from each other. `live` are all that have not exited.
    void synchronise(LaneMask lanes, LaneMask live, uint64_t segment);

    void acquire_fence(LaneMask lanes, bool device);
    void release_fence(LaneMask lanes, bool device, uint64_t segment);
    void proxy_fence(LaneMask lanes, uint64_t segment);

    // What a lane knows as a clock that anyone can read.
    SharedClock published(unsigned lane, Level level, uint64_t segment) const;

  private:
    template <class F>
    void each(LaneMask lanes, F body);
    void hold(const Lanes& from, View& to, uint64_t segment) const;

    uint32_t block_, agent_, copies_;
    uint64_t version_ = 1;
    std::vector<Lanes> groups_;
};

}  // namespace ridgepoint::emulator
