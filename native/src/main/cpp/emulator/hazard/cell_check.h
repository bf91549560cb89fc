// One access against one cell: does it race with what the cell remembers, and what does the cell remember then?
#pragma once

#include "hazard/accessor.h"
#include "hazard/shadow.h"

namespace ridgepoint::emulator {

// What lists keep: the latest of every warp of the block (shared memory), or of two, of different blocks where there are
// such (global memory, where a list of all would be long).
enum class Keep : uint8_t { EveryWarp, TwoBlocks };
constexpr unsigned WORKS_KEPT = 4;

// Two accesses that conflict, and nothing orders.
struct Conflict {
    Stamp other;
    bool other_wrote;
    uint64_t address;
};

// `report` is told of a conflict; it returns, with true, only where that counts as ordered all the same.
template <class Report>
class CellCheck {
  public:
    CellCheck(StampLists& lists, Keep keep, const Accessor& me, const Report& report) : lists_(lists), keep_(keep), me_(me), report_(report) {}

    void load(Cell& cell, uint64_t address) const {
        bool seen = false;
        if (!me_.knows_at_once(cell.write)) settled(cell, cell.write, true, address, seen);
        if (seen) forget_strong(cell.write);
        if (me_.knows_at_once(cell.read)) {
            cell.read = me_.stamp;
        } else if (cell.read.same_time(me_.stamp)) {
            cell.read = cell.read.lane() == me_.lane() && !me_.stamp.several() ? cell.read : cell.read.merged(me_.stamp);
        } else if (!cell.read.is_list() && me_.knows(cell.read, false)) {
            cell.read = me_.stamp;
        } else {
            add(cell.read, me_.stamp);
        }
    }

    void store(Cell& cell, uint64_t address) const {
        bool seen = false;
        const bool after_writes = me_.knows_at_once(cell.write) || settled(cell, cell.write, true, address, seen);
        const bool after_reads = me_.knows_at_once(cell.read) || settled(cell, cell.read, false, address, seen);
        const bool strong = me_.stamp.strength() != Strength::Weak;
        // An atomic operation has seen the strong writes before it, and who comes after it comes after them.
        if (strong && me_.atomic) forget_strong(cell.write);
        const bool ordered = !strong || me_.atomic || after_writes;
        if (ordered && !outlives(cell.write, me_.stamp)) {
            replace(cell.write, me_.stamp);
        } else {
            add(cell.write, me_.stamp);
        }
        if (after_reads) {
            replace(cell.read, Stamp());
        } else {
            forget_strong(cell.read);  // those that remain have seen the latest write
        }
    }

  private:
    // Whether all of `stamp`, one side of the cell, happened before; reports what did not and conflicts.
    bool settled(const Cell& cell, Stamp stamp, bool wrote, uint64_t address, bool& seen) const {
        if (!stamp.is_list()) return settled_one(cell, stamp, wrote, address, seen);
        bool all = true;
        for (unsigned i = 0; i < lists_.length(); i++) {
            const Stamp one = lists_.at(stamp.time())[i];
            if (!me_.knows_at_once(one) && !settled_one(cell, one, wrote, address, seen)) all = false;
        }
        return all;
    }

    bool settled_one(const Cell& cell, Stamp stamp, bool wrote, uint64_t address, bool& seen) const {
        if (me_.knows(stamp, wrote)) return true;
        if (!stamp.is_work() && me_.strong_enough(stamp)) return false;
        if (wrote && strong(stamp) && has_been_seen(cell.read)) return seen = true;
        return report_(Conflict{stamp, wrote, address});
    }

    static bool strong(Stamp stamp) { return !stamp.is_work() && !stamp.is_list() && stamp.strength() != Strength::Weak; }

    // Whether a strong load that happened before this access has met the strong write there: then that did, too. If there
    // were more loads than are kept, it may have been one of the others.
    bool has_been_seen(Stamp reads) const {
        if (!reads.is_list()) return sees(reads);
        bool full = keep_ == Keep::TwoBlocks;
        for (unsigned i = 0; i < lists_.length(); i++) {
            const Stamp one = lists_.at(reads.time())[i];
            if (sees(one)) return true;
            full &= strong(one);
        }
        return full;
    }
    bool sees(Stamp read) const { return strong(read) && (me_.knows(read, false) || (read.several() && agent_of(read) == me_.agent)); }

    void forget_strong(Stamp& held) const {
        if (!held.is_list()) {
            if (strong(held)) held = Stamp();
            return;
        }
        bool any = false;
        for (unsigned i = 0; i < lists_.length(); i++) {
            Stamp& one = lists_.at(held.time())[i];
            if (strong(one)) one = Stamp();
            any |= !one.empty();
        }
        if (!any) replace(held, Stamp());
    }

    // A weak write stays beside the strong ones that follow it: others, which race with none of those, may with it.
    bool outlives(Stamp held, Stamp by) const {
        if (by.strength() == Strength::Weak || held.empty() || held.is_work()) return false;
        if (held.is_list()) return true;
        return held.strength() == Strength::Weak && !(keep_ == Keep::EveryWarp && held.up_to(me_.until));
    }

    void replace(Stamp& held, Stamp by) const {
        if (held.is_list()) lists_.release(held.time());
        held = by;
    }

    void add(Stamp& held, Stamp stamp) const {
        if (!held.is_list()) {
            const uint64_t list = lists_.make();
            put(list, held);
            held = Stamp::list(list);
        }
        put(held.time(), stamp);
    }

    void put(uint64_t list, Stamp stamp) const {
        Stamp* const first = lists_.at(list);
        Stamp* at = &slot_for(first, stamp);
        if (outlives(*at, stamp)) at = at == first + lists_.length() - 1 ? first : first + lists_.length() - 1;
        Stamp& slot = *at;
        slot = slot.same_time(stamp) && slot.lane() != stamp.lane() && !slot.empty() ? slot.merged(stamp) : stamp;
    }

    Stamp& slot_for(Stamp* list, Stamp stamp) const {
        if (keep_ == Keep::EveryWarp) {
            const unsigned warps = lists_.length() - WORKS_KEPT;
            if (stamp.is_work()) return list[warps + stamp.time() % WORKS_KEPT];
            return list[me_.history.agent_of(stamp.time()) - me_.history.block(me_.block).first_agent];
        }
        for (unsigned i = 0; i < lists_.length(); i++) {
            if (list[i].empty() || agent_of(list[i]) == agent_of(stamp)) return list[i];
        }
        for (unsigned i = 0; i + 1 < lists_.length(); i++) {
            if (block_of(list[i]) == block_of(stamp)) return list[i];
        }
        return list[lists_.length() - 1];
    }

    uint32_t agent_of(Stamp stamp) const {
        if (!stamp.is_work()) return me_.history.agent_of(stamp.time());
        const WorkRecord& work = me_.history.work(stamp.time());
        return me_.history.block(work.block).copies_of(work.warp);
    }
    uint32_t block_of(Stamp stamp) const { return me_.history.block_of(agent_of(stamp)); }

    StampLists& lists_;
    const Keep keep_;
    const Accessor& me_;
    const Report& report_;
};

}  // namespace ridgepoint::emulator
