#include "hazard/races.h"

#include <stdexcept>
#include <vector>

#include "exec/launch_state.h"
#include "exec/lanes.h"
#include "hazard/block_state.h"
#include "hazard/race_report.h"

namespace ridgepoint::emulator {
namespace {

constexpr unsigned GLOBAL_PAGE_BITS = 12;

// What the blocks of a launch share.
struct Watched {
    History history;
    Shadow global{GLOBAL_PAGE_BITS, 2};
    Publications publications;
};

bool beyond_block(Scope scope) { return scope != Scope::Cta; }

Strength strength_of(const Access& access) {
    return access.order == Order::Weak ? Strength::Weak : beyond_block(access.scope) ? Strength::Device : Strength::Block;
}

// One lane does for all that access one place atomically and know the same: of a crowd at a lock, or at an mbarrier.
LaneMask lanes_to_check(const Knowledge& knowledge, const Access& access) {
    if (access.order == Order::Weak || access.asynchronous() || !knowledge.together()) return access.lanes;
    const uint64_t address = access.addresses[lowest(access.lanes)];
    const uint64_t others = any_bits(access.lanes, [&](unsigned lane) { return access.addresses[lane] ^ address; });
    return others == 0 ? 1u << (LANES - 1 - (unsigned)__builtin_clz(access.lanes)) : access.lanes;
}

class Races : public Observer {
  public:
    explicit Races(std::shared_ptr<Watched> launch) : launch_(std::move(launch)) {}

    void cta_starts(Cta& cta) override {
        if (cta.launch().environment.execution.threads > 1 && !cta.launch().config.cooperative) {
            throw std::logic_error("races are looked for on one thread only");
        }
        blocks_.push_back(std::make_unique<BlockState>(cta, launch_->history));
    }
    void cta_ends(Cta& cta) override {
        for (auto& block : blocks_) {
            if (&block->cta() != &cta) continue;
            block = std::move(blocks_.back());
            blocks_.pop_back();
            return;
        }
    }
    void exiting(Warp& warp, LaneMask lanes) override {
        BlockState& block = block_of(warp.cta());
        block.exit();
        if (warp.cta().live_threads() != count(lanes)) return;
        if (const uint64_t work = block.unfinished_work()) report_unfinished(warp, lanes, launch_->history, work);
    }

    void accessed(Warp& warp, const Access& access) override;

    void barrier_arrived(Warp& warp, LaneMask lanes, unsigned barrier, bool everyone) override {
        block_of(warp.cta()).arrive(warp, lanes, barrier, everyone);
    }
    void barrier_left(Warp& warp, LaneMask lanes, unsigned barrier) override { block_of(warp.cta()).leave(warp, lanes, barrier); }
    void warp_synchronised(Warp& warp, LaneMask lanes) override { block_of(warp.cta()).synchronise(warp, lanes); }
    void fenced(Warp& warp, LaneMask lanes, Order order, Scope scope) override {
        WarpState& state = block_of(warp.cta()).warp(warp);
        if (order != Order::Release) state.knowledge.acquire_fence(lanes, beyond_block(scope));
        if (order != Order::Acquire) state.knowledge.release_fence(lanes, beyond_block(scope), state.segment);
        state.segment_over = true;
    }
    void proxy_fenced(Warp& warp, LaneMask lanes) override {
        WarpState& state = block_of(warp.cta()).warp(warp);
        state.knowledge.proxy_fence(lanes, state.segment);
        state.segment_over = true;
    }

    void work_signals(Cta& cta, uint64_t work, uint64_t mbarrier) override { block_of(cta).work_signals(work, mbarrier); }
    void work_awaited(Warp& warp, LaneMask lanes, uint64_t work) override { block_of(warp.cta()).work_awaited(warp, lanes, work, false); }
    void work_read(Warp& warp, LaneMask lanes, uint64_t work) override { block_of(warp.cta()).work_awaited(warp, lanes, work, true); }
    void mbarrier_arrived(Warp& warp, LaneMask lanes, uint64_t mbarrier) override { block_of(warp.cta()).mbarrier_arrived(warp, lanes, mbarrier); }
    void mbarrier_completed(Cta& cta, uint64_t mbarrier) override { block_of(cta).mbarrier_completed(mbarrier); }
    void mbarrier_passed(Warp& warp, LaneMask lanes, uint64_t mbarrier) override { block_of(warp.cta()).mbarrier_passed(warp, lanes, mbarrier); }

  private:
    BlockState& block_of(const Cta& cta) {
        for (const auto& block : blocks_) {
            if (&block->cta() == &cta) return *block;
        }
        throw std::logic_error("a block that has not started");
    }
    Stamp stamp_of(BlockState& block, Warp& warp, const Access& access);
    void hand_over(BlockState& block, Warp& warp, const Access& access);

    std::shared_ptr<Watched> launch_;
    std::vector<std::unique_ptr<BlockState>> blocks_;  // of this cluster
};

Stamp Races::stamp_of(BlockState& block, Warp& warp, const Access& access) {
    if (access.asynchronous()) return Stamp::by_work(block.work(warp, access.work, access.proxy), warp.pc());
    return Stamp::by_warp(block.segment(block.warp(warp)), warp.pc(), strength_of(access));
}

void Races::accessed(Warp& warp, const Access& access) {
    if (access.space != Space::Shared && access.space != Space::Global) return;
    BlockState& block = block_of(warp.cta());
    WarpState& state = block.warp(warp);
    const bool shared = access.space == Space::Shared;
    Stamp stamp = stamp_of(block, warp, access);
    const History& history = launch_->history;
    Shadow& shadow = shared ? block.shared() : launch_->global;

    Accessor me{history, block.id(), state.agent, access.proxy, &state.knowledge.of(0), stamp};
    const auto report = [&](const Conflict& conflict) { report_race(warp, access, me, conflict); };
    const CellCheck check(shadow.lists, shared ? Keep::EveryWarp : Keep::TwoBlocks, me, report);
    const auto trust = [&] {
        if (me.proxy == Proxy::Async || (!shared && history.latest_block() != block.id())) return;
        me.from = shared ? 0 : history.others_until();
        me.until = me.lanes->view[Known].block;
    };
    trust();
    const LaneMask lanes = lanes_to_check(state.knowledge, access);
    if (lanes != access.lanes) stamp = stamp.of_several();
    for_active(lanes, [&](unsigned lane) {
        if (!state.knowledge.together()) {
            me.lanes = &state.knowledge.of(lane);
            trust();
        }
        me.stamp = stamp.with_lane(lane);
        if (access.kind == AccessKind::Load) {
            shadow.each(access.addresses[lane], access.size, [&](Cell& cell, uint64_t address) { check.load(cell, address); });
        } else {
            shadow.each(access.addresses[lane], access.size, [&](Cell& cell, uint64_t address) { check.store(cell, address); });
        }
    });
    if (access.order != Order::Weak) hand_over(block, warp, access);
}

// Lanes act one after the other, but those that only load from one address do so together.
void Races::hand_over(BlockState& block, Warp& warp, const Access& access) {
    WarpState& state = block.warp(warp);
    Publications& publications = access.space == Space::Shared ? block.publications() : launch_->publications;
    const bool all = access.order == Order::AcquireRelease;
    const Handover how{block.id(), access.space == Space::Global && beyond_block(access.scope), all || access.order == Order::Acquire,
                       all || access.order == Order::Release};
    if (access.kind == AccessKind::Load) {
        for (LaneMask rest = access.lanes; rest != 0;) {
            const uint64_t address = access.addresses[lowest(rest)];
            LaneMask same = 0;
            for_active(rest, [&](unsigned lane) { same |= (LaneMask)(access.addresses[lane] == address) << lane; });
            publications.read(address, state.knowledge, same, how);
            rest &= ~same;
        }
        return;
    }
    for_active(access.lanes, [&](unsigned lane) {
        const bool atomic = access.kind == AccessKind::Atomic;
        if (atomic) publications.read(access.addresses[lane], state.knowledge, 1u << lane, how);
        publications.write(access.addresses[lane], state.knowledge, lane, state.segment, how, atomic);
    });
    if (how.releases) state.segment_over = true;
}

}  // namespace

std::function<std::unique_ptr<Observer>()> race_detection() {
    return [launch = std::make_shared<Watched>()] { return std::make_unique<Races>(launch); };
}

}  // namespace ridgepoint::emulator
