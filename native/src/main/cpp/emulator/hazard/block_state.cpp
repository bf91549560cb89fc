#include "hazard/block_state.h"

#include <algorithm>

namespace ridgepoint::emulator {
namespace {

constexpr unsigned SHARED_PAGE_BITS = 10;

LaneMask whole_if_all_live(const Warp& warp, LaneMask lanes) { return (warp.live() & ~lanes) == 0 ? ALL_LANES : lanes; }

}  // namespace

BlockState::BlockState(Cta& cta, History& history)
    : cta_(cta),
      history_(history),
      id_(history.add_block(cta.position(), (uint32_t)cta.warps().size())),
      shared_(SHARED_PAGE_BITS, (unsigned)cta.warps().size() + WORKS_KEPT) {
    for (uint32_t i = 0; i < cta.warps().size(); i++) warps_.emplace_back(id_, history.block(id_).first_agent + i, history.block(id_).copies_of(i));
}

uint64_t BlockState::segment(WarpState& warp) {
    if (warp.segment_over) {
        warp.segment = history_.begin_segment(warp.agent);
        warp.segment_over = false;
    }
    return warp.segment;
}

// --- barriers ---

void BlockState::arrive(Warp& warp, LaneMask lanes, unsigned barrier, bool everyone) {
    std::shared_ptr<Gathering>& gathering = gatherings_[barrier];
    const uint64_t phase = cta_.barriers()[barrier].phase();
    if (!gathering || gathering->phase != phase) {
        gathering = std::make_shared<Gathering>();
        gathering->phase = phase;
        gathering->everyone = everyone;
    }
    WarpState& state = this->warp(warp);
    // Who completes it is the last of all: whatever the block has done so far happened before.
    if (everyone) gathering->joint.part[Known].block = history_.now();
    state.knowledge.gather(lanes, state.segment, gathering->joint);
    state.segment_over = true;
    for (WarpState::Wait& wait : state.waits) wait.lanes &= wait.barrier == barrier ? ~lanes : ALL_LANES;
    state.waits.push_back({lanes, barrier, gathering});
}

void BlockState::leave(Warp& warp, LaneMask lanes, unsigned barrier) {
    WarpState& state = this->warp(warp);
    for (WarpState::Wait& wait : state.waits) {
        const LaneMask leaving = wait.barrier == barrier ? wait.lanes & lanes : 0;
        if (leaving == 0) continue;
        state.knowledge.replace(whole_if_all_live(warp, leaving), wait.gathering->joint);
        wait.lanes &= ~leaving;
    }
    const auto over = [](const WarpState::Wait& wait) { return wait.lanes == 0; };
    state.waits.erase(std::remove_if(state.waits.begin(), state.waits.end(), over), state.waits.end());
}

void BlockState::synchronise(Warp& warp, LaneMask lanes) {
    WarpState& state = this->warp(warp);
    state.knowledge.synchronise(whole_if_all_live(warp, lanes), warp.live(), state.segment);
    state.segment_over = true;
}

void BlockState::exit() {
    for (const auto& gathering : gatherings_) {
        if (gathering && gathering->everyone && gathering->phase == cta_.barriers()[&gathering - gatherings_.data()].phase()) {
            gathering->joint.part[Known].block = history_.now();
        }
    }
}

// --- asynchronous work ---

uint64_t BlockState::work(const Warp& warp, uint64_t number, Proxy proxy) {
    if (number > works_.size()) works_.resize(number);
    uint64_t& known = works_[number - 1];
    if (known == 0) {
        WorkRecord record{};
        record.block = id_;
        record.warp = warp.index();
        record.pc = warp.pc();
        record.proxy = proxy;
        known = history_.add_work(record);
    }
    return known;
}

void BlockState::work_signals(uint64_t number, uint64_t address) {
    MBarrierState& barrier = mbarrier(address);
    const uint64_t work = works_[number - 1];
    if (!barrier.told.empty() && barrier.told.back() == work) return;
    barrier.told.push_back(work);
    const Signal signal{barrier.agent, barrier.phase + 1};
    std::vector<Signal>& signals = history_.work(work).signals;
    if (signals.empty() || signals.back().mbarrier != signal.mbarrier || signals.back().phase != signal.phase) signals.push_back(signal);
}

void BlockState::work_awaited(Warp& warp, LaneMask lanes, uint64_t number, bool sources_only) {
    const uint64_t work = works_[number - 1];
    WorkRecord& record = history_.work(work);
    record.given_back = true;
    Knowledge& knowledge = this->warp(warp).knowledge;
    if (record.proxy == Proxy::Generic) return knowledge.wait(lanes, work);
    const BlockRecord& block = history_.block(id_);
    if (!sources_only) knowledge.learn(lanes, Known, block.copies_of(warp.index()), work);
    knowledge.learn(lanes, Known, block.sources_of(warp.index()), work);
}

uint64_t BlockState::unfinished_work() const {
    for (const uint64_t work : works_) {
        if (work != 0 && history_.work(work).proxy == Proxy::Async && !history_.work(work).given_back) return work;
    }
    return 0;
}

// --- mbarriers ---

MBarrierState& BlockState::mbarrier(uint64_t address) {
    MBarrierState& barrier = mbarriers_[address];
    if (barrier.agent == 0) barrier.agent = history_.add_agent(id_);
    return barrier;
}

void BlockState::mbarrier_arrived(Warp& warp, LaneMask lanes, uint64_t address) {
    WarpState& state = this->warp(warp);
    state.knowledge.gather(lanes, state.segment, mbarrier(address).gathered);
    state.segment_over = true;
}

void BlockState::mbarrier_completed(uint64_t address) {
    MBarrierState& barrier = mbarrier(address);
    barrier.phase++;
    to_change(barrier.gathered.part[Known].more).learn(barrier.agent, ALL_LANES, barrier.phase);
    barrier.outcome = barrier.gathered;
}

void BlockState::mbarrier_passed(Warp& warp, LaneMask lanes, uint64_t address) {
    MBarrierState& barrier = mbarrier(address);
    this->warp(warp).knowledge.learn(lanes, barrier.outcome);
    for (const uint64_t work : barrier.told) {
        for (const Signal& signal : history_.work(work).signals) {
            if (signal.mbarrier == barrier.agent && signal.phase <= barrier.phase) history_.work(work).given_back = true;
        }
    }
    const auto over = [&](uint64_t work) { return history_.work(work).given_back; };
    barrier.told.erase(std::remove_if(barrier.told.begin(), barrier.told.end(), over), barrier.told.end());
}

}  // namespace ridgepoint::emulator
