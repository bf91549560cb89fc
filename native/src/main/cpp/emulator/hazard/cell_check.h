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
    CellCheck(StampLists& lists, Keep keep, const Accessor& me, const Report& report)
        : lists_(lists), keep_(keep), me_(me), report_(report), own_(own_place()) {}

    void load(Cell& cell, uint64_t address) const {
        if (!me_.knows_at_once(cell.write) && !me_.knows_over(cell.write)) after_write(cell, address);
        if (me_.knows_at_once(cell.read)) {
            cell.read = me_.stamp;
        } else if (cell.read.is_list() && own_ != NONE) {
            combine(lists_.at(cell.read.time(), own_), me_.stamp);
        } else {
            beside_loads(cell.read);
        }
    }

    // What load() does where the block's barriers have ordered all that it asks for, as mostly; false, and nothing done, elsewhere.
    // Static, for what it needs then stays in registers from one cell to the next.
    static bool load_at_once(Cell& cell, Stamp stamp, Segments known, StampLists& lists, unsigned own) {
        if (!known.hold(cell.write) && !cell.write.empty()) return false;
        if (cell.read.is_list()) {
            if (own == NONE) return false;
            combine(lists.at(cell.read.time(), own), stamp);
            return true;
        }
        if (!known.hold(cell.read) && !cell.read.empty()) return false;
        cell.read = stamp;
        return true;
    }
    // Where lists keep this warp's own loads; NONE where that depends on who else is in the list.
    unsigned own() const { return own_; }
    static constexpr unsigned NONE = ~0u;

    void store(Cell& cell, uint64_t address) const {
        bool seen = false;
        const bool after_writes = me_.knows_at_once(cell.write) || me_.knows_over(cell.write) || settled(cell, cell.write, true, address, seen);
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

    // A load that counts from when its value is used: nothing remembers it yet.
    void look(Cell& cell, uint64_t address) const {
        if (!me_.knows_at_once(cell.write) && !me_.knows_over(cell.write)) after_write(cell, address);
    }

    // The value of such a load is used: it takes its place beside what has happened since.
    void load_late(Cell& cell, uint64_t) const {
        if (cell.read.empty()) {
            cell.read = me_.stamp;
        } else if (cell.read.is_list()) {
            combine_late(lists_.at(cell.read.time(), slot_for(cell.read.time(), me_.stamp)));
        } else if (agent_of(cell.read) == me_.agent) {
            combine_late(cell.read);
        } else {
            add(cell.read, me_.stamp);
        }
    }

    // The same for a row of cells by a whole warp; false, and nothing done, where they have to be looked at one by one.
    bool load_row(Cell& row) const {
        if (!me_.knows_row(row.write) || !me_.knows_row(row.read)) return false;
        row.read = me_.stamp;
        return true;
    }

    bool look_row(Cell& row) const { return me_.knows_row(row.write); }

    bool load_late_row(Cell& row) const {
        if (!row.read.empty() && agent_of(row.read) != me_.agent) return false;
        if (row.read.empty() || row.read.time() < me_.stamp.time()) row.read = me_.stamp;
        return true;
    }

    bool store_row(Cell& row) const {
        if (me_.atomic || me_.stamp.strength() != Strength::Weak) return false;
        if (!me_.knows_row(row.write) || !me_.knows_row(row.read)) return false;
        row = {me_.stamp, Stamp()};
        return true;
    }

  private:
    // Kept apart, as all that is rare, so that the usual way through load() is short.
    [[gnu::noinline]] void after_write(Cell& cell, uint64_t address) const {
        bool seen = false;
        settled(cell, cell.write, true, address, seen);
        if (seen) forget_strong(cell.write);
    }

    [[gnu::noinline]] void beside_loads(Stamp& read) const {
        if (read.same_time(me_.stamp)) {
            read = read.lane() == me_.lane() && !me_.stamp.several() ? read : read.merged(me_.stamp);
        } else if (!read.is_list() && me_.knows(read, false)) {
            read = me_.stamp;
        } else if (!read.is_list() && !read.is_work() && own_ != NONE && me_.stamp.strength() == Strength::Weak) {
            const unsigned other = me_.history.agent_of(read.time()) - first_agent();
            const uint64_t list = lists_.make();
            lists_.at(list, other) = read;
            combine(lists_.at(list, own_), me_.stamp);
            read = Stamp::list(list);
        } else {
            add(read, me_.stamp);
        }
    }

    // Whether all of `stamp`, one side of the cell, happened before; reports what did not and conflicts.
    bool settled(const Cell& cell, Stamp stamp, bool wrote, uint64_t address, bool& seen) const {
        if (!stamp.is_list()) return settled_one(cell, stamp, wrote, address, seen);
        if (me_.known.hold_all(&lists_.at(stamp.time(), 0), lists_.length())) return true;
        bool all = true;
        for (unsigned i = 0; i < lists_.length(); i++) {
            const Stamp one = lists_.at(stamp.time(), i);
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
            const Stamp one = lists_.at(reads.time(), i);
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
            Stamp& one = lists_.at(held.time(), i);
            if (strong(one)) one = Stamp();
            any |= !one.empty();
        }
        if (!any) replace(held, Stamp());
    }

    // A weak write stays beside the strong ones that follow it: others, which race with none of those, may with it.
    bool outlives(Stamp held, Stamp by) const {
        if (by.strength() == Strength::Weak || held.empty() || held.is_work()) return false;
        if (held.is_list()) return true;
        return held.strength() == Strength::Weak && !(keep_ == Keep::EveryWarp && me_.known.hold(held));
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
        unsigned slot = slot_for(list, stamp);
        if (outlives(lists_.at(list, slot), stamp)) slot = slot == lists_.length() - 1 ? 0 : lists_.length() - 1;
        combine(lists_.at(list, slot), stamp);
    }

    static void combine(Stamp& slot, Stamp stamp) {
        slot = slot.same_time(stamp) && slot.lane() != stamp.lane() && !slot.empty() ? slot.merged(stamp) : stamp;
    }

    // What the same agent has loaded later says more.
    void combine_late(Stamp& slot) const {
        const bool later = !slot.empty() && agent_of(slot) == me_.agent && slot.time() > me_.stamp.time();
        if (!later) combine(slot, me_.stamp);
    }

    unsigned slot_for(uint64_t list, Stamp stamp) const {
        const unsigned length = lists_.length();
        if (keep_ == Keep::EveryWarp) {
            if (stamp.is_work()) return length - WORKS_KEPT + (unsigned)(stamp.time() % WORKS_KEPT);
            return me_.history.agent_of(stamp.time()) - first_agent();
        }
        const uint32_t agent = agent_of(stamp), block = me_.history.block_of(agent);
        for (unsigned i = 0; i < length; i++) {
            const Stamp one = lists_.at(list, i);
            if (one.empty() || agent_of(one) == agent) return i;
        }
        for (unsigned i = 0; i + 1 < length; i++) {
            if (block_of(lists_.at(list, i)) == block) return i;
        }
        return length - 1;
    }

    unsigned own_place() const { return keep_ == Keep::EveryWarp && !me_.stamp.is_work() ? me_.agent - first_agent() : NONE; }
    uint32_t first_agent() const { return me_.history.block(me_.block).first_agent; }

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
    const unsigned own_;
};

}  // namespace ridgepoint::emulator
