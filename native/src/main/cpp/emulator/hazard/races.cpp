#include "hazard/races.h"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <vector>

#include "exec/launch_state.h"
#include "exec/lanes.h"
#include "hazard/block_state.h"
#include "hazard/idioms.h"
#include "hazard/loaded_values.h"
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
    std::shared_ptr<LoadedValues> values;  // null where every load counts
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

// The lanes that are looked at, and those of them that stand for several.
struct Chosen {
    LaneMask lanes, several;
};

// One lane stands for neighbours that point at the same place, the last of them, and the upper half of a warp for the lower
// if they agree.
Chosen merged(const Access& access, LaneMask lanes) {
    const bool halved = lanes == ALL_LANES && halves_agree(access);
    if (halved) lanes = UPPER_HALF;
    const LaneMask like_next = like_their_next(access, lanes);
    return {lanes & ~like_next, halved ? ALL_LANES : like_next << 1};
}

// Calls body(first, count) for lanes that follow each other and point at places side by side; each for itself unless `joined`.
template <class F>
void each_run(const Access& access, LaneMask lanes, bool joined, F body) {
    while (lanes != 0) {
        const unsigned first = lowest(lanes);
        unsigned count = 1;
        if (joined) {
            const uint64_t start = access.addresses[first];
            const LaneMask own = lanes >> first;
            while ((uint64_t)own >> count & 1 && access.addresses[first + count] == start + (uint64_t)count * access.size) count++;
        }
        lanes &= (LaneMask)(~0ull << (first + count));
        body(first, count);
    }
}

// Lanes that store to one place by one instruction what a lower lane stores there, too: CUDA lets one of them win, and
// it does not matter which.
LaneMask twins(const Access& access) {
    if (access.values == nullptr || access.pattern == Pattern::Consecutive) return 0;
    uint64_t highest = 0;
    bool ascending = true;
    for_active(access.lanes, [&](unsigned lane) {
        ascending &= access.addresses[lane] > highest;
        highest = access.addresses[lane];
    });
    if (ascending) return 0;
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

// Lanes that point where this one does.
LaneMask fellows(const Access& access, unsigned lane) {
    return mask_of([&](unsigned other) { return access.addresses[other] == access.addresses[lane]; }) & access.lanes;
}

class Races : public Observer, public UseOfLoads {
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
        if (launch_->values) launch_->values->exiting(warp, lanes);
        if (warp.cta().live_threads() != count(lanes)) return;
        if (const uint64_t work = block.unfinished_work()) report_unfinished(warp, lanes, launch_->history, work);
    }

    void accessed(Warp& warp, const Access& access) override;
    void used(const LoadedValue& value, LaneMask lanes) override;

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
        LoadedValue* value;  // of a load that counts only if that is used
        bool operator()(const Conflict& conflict) const {
            if (launch.reading == Reading::WithIdioms && launch.idioms.excuse(warp, access, me, conflict)) return true;
            const auto race = [&] { return race_of(warp, access, me, conflict); };
            if (value == nullptr) throw report(race(), warp.cta().launch().code);
            value->suspect(fellows(access, me.lane()), race);
            return true;
        }
    };
    typedef CellCheck<Report> Check;

    template <auto ON_CELL, auto ON_ROW>
    void check(BlockState& block, Warp& warp, const Access& access, Stamp stamp, LoadedValue* value = nullptr);
    bool follows(const Warp& warp, const Access& access) const;
    void suspect(BlockState& block, Warp& warp, const Access& access, Stamp stamp);
    void suspect(Accessor& me, const Report& report, LoadedValue& value);
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
    const Stamp stamp = stamp_of(block, warp, access);
    if (access.kind != AccessKind::Load) {
        check<&Check::store, &Check::store_row>(block, warp, access, stamp);
        if (launch_->values) suspect(block, warp, access, stamp);
    } else if (follows(warp, access)) {
        LoadedValue& value = launch_->values->load(warp, access, stamp, *this);
        check<&Check::look, &Check::look_row>(block, warp, access, stamp, &value);
    } else {
        check<&Check::load, &Check::load_row>(block, warp, access, stamp);
    }
    if (access.order != Order::Weak) hand_over(block, warp, access);
}

bool Races::follows(const Warp& warp, const Access& access) const {
    return launch_->values && access.order == Order::Weak && !access.asynchronous() && launch_->values->follows(warp.pc());
}

void Races::used(const LoadedValue& value, LaneMask lanes) {
    Warp& warp = value.warp();
    value.judge(lanes);
    check<&Check::load_late, &Check::load_late_row>(block_of(warp.cta()), warp, value.access(lanes), value.stamp());
}

// A store over what was loaded before it: whoever uses a value that nothing orders with it races.
void Races::suspect(BlockState& block, Warp& warp, const Access& access, Stamp stamp) {
    const bool shared = access.space == Space::Shared;
    const Knowledge& knowledge = block.warp(warp).knowledge;
    uint64_t low = ~0ull, high = 0;
    launch_->values->each([&](LoadedValue& value) {
        if (shared && &value.warp().cta() != &warp.cta()) return;
        if (high == 0) {
            for_active(access.lanes, [&](unsigned lane) {
                low = std::min(low, access.addresses[lane]);
                high = std::max(high, access.addresses[lane] + access.size);
            });
        }
        if (!value.overlaps(access.space, low, high)) return;
        Accessor me{launch_->history, block.id(), knowledge.agent(), access.proxy, access.kind == AccessKind::Atomic, &knowledge.of(0), stamp};
        trust(me, shared);
        if (knowledge.together() && me.known.hold(value.stamp())) return;
        for_active(access.lanes, [&](unsigned lane) {
            me.lanes = &knowledge.of(lane);
            me.stamp = stamp.with_lane(lane);
            trust(me, shared);
            suspect(me, {warp, access, me, *launch_, &value}, value);
        });
    });
}

// One lane's store.
void Races::suspect(Accessor& me, const Report& report, LoadedValue& value) {
    const Access load = value.access(value.lanes());
    const uint64_t at = report.access.addresses[me.lane()];
    for_active(load.lanes, [&](unsigned lane) {
        if (load.addresses[lane] >= at + report.access.size || at >= load.addresses[lane] + load.size) return;
        const Stamp stamp = value.stamp().with_lane(lane);
        if (me.knows_at_once(stamp) || me.knows(stamp, false)) return;
        const Conflict conflict{stamp, false, std::max(at, load.addresses[lane])};
        if (launch_->idioms.excuse(report.warp, report.access, me, conflict)) return;
        value.suspect(1u << lane, [&] { return race_of(report.warp, report.access, me, conflict); });
    });
}

template <auto ON_CELL, auto ON_ROW>
void Races::check(BlockState& block, Warp& warp, const Access& access, Stamp stamp, LoadedValue* value) {
    const bool shared = access.space == Space::Shared;
    WarpState& state = block.warp(warp);
    const Knowledge& knowledge = state.knowledge;
    Shadow& shadow = shared ? block.shared() : launch_->global;
    Accessor me{launch_->history, block.id(), knowledge.agent(), access.proxy, access.kind == AccessKind::Atomic, &knowledge.of(0), stamp};
    const Report report{warp, access, me, *launch_, value};
    const Check cells(shadow.lists, shared ? Keep::EveryWarp : Keep::TwoBlocks, me, report);
    trust(me, shared);

    const bool together = knowledge.together();
    if (together) me.over = &state.over;
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
    const LaneMask each = access.lanes & ~twins(access);
    const Chosen chosen = merges ? merged(access, each) : Chosen{each, 0};
    each_run(access, chosen.lanes, together, [&](unsigned lane, unsigned lanes) {
        if (!together) {
            me.lanes = &knowledge.of(lane);
            trust(me, shared);
        }
        const uint64_t address = access.addresses[lane];
        const unsigned fine = (unsigned)__builtin_ctzll(address | access.size | Shadow::LARGEST);
        // The sizes of bulk copies are no powers of two, and each is a lane's alone.
        const unsigned shift = lanes == 1 ? 63 : (unsigned)__builtin_ctz(access.size);
        shadow.each(address, (uint64_t)lanes * access.size, fine, [&, known = me.known, several = chosen.several](Cell& cell, uint64_t at) {
            const unsigned own = lane + (unsigned)((at - address) >> shift);
            const Stamp mine = several >> own & 1 ? stamp.with_lane(own).of_several() : stamp.with_lane(own);
            if constexpr (ON_CELL == &Check::load) {
                if (Check::load_at_once(cell, mine, known, shadow.lists, cells.own())) return;
            }
            me.stamp = mine;
            (cells.*ON_CELL)(cell, at);
        });
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

RaceDetection race_detection(Reading reading) {
    auto launch = std::make_shared<Watched>();
    launch->reading = reading;
    if (reading == Reading::WithIdioms) launch->values = std::make_shared<LoadedValues>();
    return {[launch] { return std::make_unique<Races>(launch); }, launch->values};
}

}  // namespace ridgepoint::emulator
