// One block under watch: its warps, its shared memory, its barriers and mbarriers.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "exec/barrier.h"
#include "exec/cta.h"
#include "hazard/cell_check.h"
#include "hazard/history.h"
#include "hazard/knowledge.h"
#include "hazard/publications.h"
#include "hazard/shadow.h"

namespace ridgepoint::emulator {

// One phase of a named barrier.
struct Gathering {
    uint64_t phase = 0;
    bool everyone = false;
    Joint joint;
};

struct WarpState {
    struct Wait {
        LaneMask lanes;
        unsigned barrier;
        std::shared_ptr<Gathering> gathering;
    };
    WarpState(uint32_t block, uint32_t its_agent, uint32_t copies) : agent(its_agent), knowledge(block, its_agent, copies) {}

    uint32_t agent;
    uint64_t segment = 0;
    bool segment_over = true;
    Knowledge knowledge;
    WorksOver over;
    std::vector<Wait> waits;  // at named barriers
};

struct MBarrierState {
    uint32_t agent = 0;
    uint64_t phase = 0;             // phases completed
    Joint gathered;                 // by those who arrived so far
    Joint outcome;                  // of the phases completed
    std::vector<uint64_t> told;     // works that have signalled and nobody has passed since
};

class BlockState {
  public:
    BlockState(Cta& cta, History& history);

    const Cta& cta() const { return cta_; }
    uint32_t id() const { return id_; }
    WarpState& warp(const Warp& warp) { return warps_[warp.index()]; }
    Shadow& shared() { return shared_; }
    Publications& publications() { return publications_; }
    // The segment that an access belongs to.
    uint64_t segment(WarpState& warp);

    void arrive(Warp& warp, LaneMask lanes, unsigned barrier, bool everyone);
    void leave(Warp& warp, LaneMask lanes, unsigned barrier);
    void synchronise(Warp& warp, LaneMask lanes);
    // Some threads end: a barrier for everyone does not wait for them, but for their end.
    void exit();

    // `number` is the block's own, from 1; the answer is the launch's.
    uint64_t work(const Warp& warp, uint64_t number, Proxy proxy);
    void work_signals(uint64_t number, uint64_t mbarrier);
    void work_awaited(Warp& warp, LaneMask lanes, uint64_t number, bool sources_only);
    // A bulk copy that nobody has waited for; 0 if there is none.
    uint64_t unfinished_work() const;

    void mbarrier_arrived(Warp& warp, LaneMask lanes, uint64_t address);
    void mbarrier_completed(uint64_t address);
    void mbarrier_passed(Warp& warp, LaneMask lanes, uint64_t address);

  private:
    MBarrierState& mbarrier(uint64_t address);

    const Cta& cta_;
    History& history_;
    const uint32_t id_;
    std::vector<WarpState> warps_;
    Shadow shared_;
    Publications publications_;
    std::array<std::shared_ptr<Gathering>, BARRIERS> gatherings_;
    std::unordered_map<uint64_t, MBarrierState> mbarriers_;
    std::vector<uint64_t> works_;
};

}  // namespace ridgepoint::emulator
