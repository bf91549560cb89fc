#include "hazard/races.h"

#include <cstring>
#include <stdexcept>
#include <vector>

#include "exec/launch_state.h"
#include "exec/lanes.h"
#include "hazard/block_state.h"
#include "hazard/idioms.h"
#include "hazard/race_report.h"

namespace ridgepoint::emulator {
namespace {

constexpr unsigned GLOBAL_PAGE_BITS = 12;

// What the blocks of a launch share.
struct Watched {
    Reading reading;
    Idioms idioms;
    History history;
    Shadow global{GLOBAL_PAGE_BITS, 2};
    Publications publications;
};

bool beyond_block(Scope scope) { return scope != Scope::Cta; }

Strength strength_of(const Access& access) {
    return access.order == Order::Weak ? Strength::Weak : beyond_block(access.scope) ? Strength::Device : Strength::Block;
}

constexpr unsigned HALF = LANES / 2;
constexpr LaneMask UPPER_HALF = ALL_LANES << HALF;

// Whether each lane of the lower half points where its fellow of the upper does, as with tiles of 16 columns.
bool halves_agree(const Access& access) {
    return std::memcmp(access.addresses, access.addresses + HALF, HALF * sizeof *access.addresses) == 0;
}

// Lanes that point where the next lane does.
LaneMask like_their_next(const Access& access, LaneMask lanes) {
    uint64_t addresses[LANES + 1];
    std::memcpy(addresses, access.addresses, LANES * sizeof *addresses);
    addresses[LANES] = 0;  // nobody's: the last lane has no next
    return mask_of([&](unsigned lane) { return addresses[lane] == addresses[lane + 1]; }) & lanes & lanes >> 1;
}

// Calls body(lane, several) for the lanes of an access. Where `merges`, one lane stands for neighbours that point at the
// same place, the last of them, and the upper half of a warp for the lower if they agree.
template <class F>
void each_place(const Access& access, LaneMask lanes, bool merges, F body) {
    if (!merges) return for_active(lanes, [&](unsigned lane) { body(lane, false); });
    const bool halved = lanes == ALL_LANES && halves_agree(access);
    if (halved) lanes = UPPER_HALF;
    const LaneMask merged = like_their_next(access, lanes);
    for_active(lanes & ~merged, [&](unsigned lane) { body(lane, halved || (merged << 1 >> lane & 1) != 0); });
}

// Lanes that store to one place by one instruction what a lower lane stores there, too: CUDA lets one of them win, and
// it does not matter which.
LaneMask twins(const Access& access) {
    if (access.values == nullptr || access.pattern == Pattern::Consecutive) return 0;
    LaneMask twins = 0;
    int8_t first[64];
    std::memset(first, -1, sizeof first);
    for_active(access.lanes, [&](unsigned lane) {
        int8_t& slot = first[(access.addresses[lane] / access.size) % 64];
        if (slot < 0) {
            slot = (int8_t)lane;
        } else if (access.addresses[(unsigned)slot] == access.addresses[lane] && access.values->same((unsigned)slot, lane)) {
            twins |= 1u << lane;
        } else if (access.addresses[(unsigned)slot] != access.addresses[lane]) {
            // Two places in one slot: look through the lanes before.
            for (LaneMask before = access.lanes & ((1u << lane) - 1); before != 0; before &= before - 1) {
                const unsigned other = lowest(before);
                if (access.addresses[other] == access.addresses[lane] && access.values->same(other, lane)) {
                    twins |= 1u << lane;
                    break;
                }
            }
        }
    });
    return twins;
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
    struct Report {
        Warp& warp;
        const Access& access;
        const Accessor& me;
        Watched& launch;
        bool operator()(const Conflict& conflict) const {
            if (launch.reading == Reading::WithIdioms && launch.idioms.excuse(warp, access, me, conflict)) return true;
            report_race(warp, access, me, conflict);
        }
    };
    typedef CellCheck<Report> Check;

    template <auto ON_CELL, auto ON_ROW>
    void check(BlockState& block, Warp& warp, const Access& access);
    void trust(Accessor& me, bool shared) const;
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
    if (access.kind == AccessKind::Load) {
        check<&Check::load, &Check::load_row>(block, warp, access);
    } else {
        check<&Check::store, &Check::store_row>(block, warp, access);
    }
    if (access.order != Order::Weak) hand_over(block, warp, access);
}

template <auto ON_CELL, auto ON_ROW>
void Races::check(BlockState& block, Warp& warp, const Access& access) {
    const bool shared = access.space == Space::Shared;
    const Knowledge& knowledge = block.warp(warp).knowledge;
    Shadow& shadow = shared ? block.shared() : launch_->global;
    const Stamp stamp = stamp_of(block, warp, access);
    Accessor me{launch_->history, block.id(), knowledge.agent(), access.proxy, access.kind == AccessKind::Atomic, &knowledge.of(0), stamp};
    const Report report{warp, access, me, *launch_};
    const Check cells(shadow.lists, shared ? Keep::EveryWarp : Keep::TwoBlocks, me, report);
    trust(me, shared);

    const bool together = knowledge.together();
    if (together && access.pattern == Pattern::Consecutive && access.size <= Shadow::LARGEST) {
        const uint64_t first = access.addresses[0];
        const unsigned shift = (unsigned)__builtin_ctz(access.size);
        Cell* const row = access.asynchronous() ? nullptr : shadow.row(first, shift);
        if (row != nullptr && (cells.*ON_ROW)(*row)) return;
        shadow.each(first, (uint64_t)LANES << shift, shift, [&](Cell& cell, uint64_t address) {
            me.stamp = stamp.with_lane((unsigned)((address - first) >> shift));
            (cells.*ON_CELL)(cell, address);
        });
        return;
    }
    const bool merges = together && !access.asynchronous() && (access.kind == AccessKind::Load || access.order != Order::Weak);
    each_place(access, access.lanes & ~twins(access), merges, [&](unsigned lane, bool several) {
        if (!together) {
            me.lanes = &knowledge.of(lane);
            trust(me, shared);
        }
        me.stamp = several ? stamp.with_lane(lane).of_several() : stamp.with_lane(lane);
        const uint64_t address = access.addresses[lane];
        const unsigned fine = (unsigned)__builtin_ctzll(address | access.size | Shadow::LARGEST);
        shadow.each(address, access.size, fine, [&](Cell& cell, uint64_t at) { (cells.*ON_CELL)(cell, at); });
    });
}

// What a barrier of the block has ordered is known without asking further, but for bulk copies. Of global memory, that
// goes for the latest segments only if they are this block's.
void Races::trust(Accessor& me, bool shared) const {
    const History& history = launch_->history;
    if (me.proxy == Proxy::Async || (!shared && history.latest_block() != me.block)) return;
    me.known = Segments(shared ? 0 : history.others_until(), me.lanes->view[Known].block);
}

// Lanes act one after the other, but those that only load from one address do so together.
void Races::hand_over(BlockState& block, Warp& warp, const Access& access) {
    WarpState& state = block.warp(warp);
    Publications& publications = access.space == Space::Shared ? block.publications() : launch_->publications;
    const bool all = access.order == Order::AcquireRelease;
    const bool seen = access.kind == AccessKind::Atomic && launch_->reading == Reading::WithIdioms;
    const Handover how{block.id(), access.space == Space::Global && beyond_block(access.scope), seen || all || access.order == Order::Acquire,
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

std::function<std::unique_ptr<Observer>()> race_detection(Reading reading) {
    auto launch = std::make_shared<Watched>();
    launch->reading = reading;
    return [launch] { return std::make_unique<Races>(launch); };
}

}  // namespace ridgepoint::emulator
