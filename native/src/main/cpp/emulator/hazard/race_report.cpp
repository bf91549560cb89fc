#include "hazard/race_report.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "core/memory_map.h"
#include "decode/code.h"
#include "exec/cta.h"
#include "exec/launch_state.h"

namespace ridgepoint::emulator {
namespace {

std::string hex(uint64_t value) {
    char text[24];
    std::snprintf(text, sizeof text, "0x%llx", (unsigned long long)value);
    return text;
}

std::string place(Dim3 at) {
    return "(" + std::to_string(at.x) + ", " + std::to_string(at.y) + ", " + std::to_string(at.z) + ")";
}

// One side of a race.
struct Side {
    Dim3 block, thread;
    uint32_t line;
    bool several;
    bool copies;
    const char* verb;

    std::string who() const { return "block " + place(block) + (several ? " thread " + place(thread) + " and others" : " thread " + place(thread)); }
    std::string text() const { return std::string(verb) + " at line " + std::to_string(line) + " by " + who(); }
};

const char* verb(bool copies, bool writes, bool atomic) {
    if (copies) return writes ? "write of the copy started" : "read of the copy started";
    return atomic ? "atomic access" : writes ? "store" : "load";
}

// Blocks are alike: any of them tells which thread a lane is.
Side other_side(Warp& warp, const Accessor& me, const Conflict& conflict) {
    const History& history = me.history;
    const Stamp stamp = conflict.other;
    Side side;
    side.copies = stamp.is_work();
    uint32_t block, index;
    if (side.copies) {
        block = history.work(stamp.time()).block;
        index = history.work(stamp.time()).warp;
    } else {
        const uint32_t agent = history.agent_of(stamp.time());
        block = history.block_of(agent);
        index = agent - history.block(block).first_agent;
    }
    side.block = history.block(block).position;
    side.thread = warp.cta().warps()[index]->thread(stamp.lane());
    side.several = stamp.several();
    side.line = warp.cta().launch().code.lines[stamp.pc()];
    side.verb = verb(side.copies, conflict.other_wrote, conflict.other_wrote && stamp.strength() != Strength::Weak);
    return side;
}

std::string where(const Warp& warp, const Access& access, uint64_t address) {
    if (access.space == Space::Shared) return "shared memory at " + hex(address);
    const MemoryRange* range = warp.cta().launch().environment.memory->find(address);
    if (range == nullptr) return "global memory at " + hex(address);
    return "global memory at " + hex(address) + ", offset " + std::to_string(address - range->address) + " of " + range->name;
}

// Why nothing orders the two.
std::string reason(const Accessor& me, const Conflict& conflict) {
    const History& history = me.history;
    const Stamp other = conflict.other;
    if (other.is_work()) {
        return history.work(other.time()).given_back ? "its wait is behind nothing that orders it with this access"
                                                     : "nobody has waited for the copy";
    }
    if (me.needed_for(conflict.other_wrote) == Proxied && me.knows_segment(other, Known)) {
        return "no fence.proxy.async between what an instruction writes and a bulk copy";
    }
    for (const Level seen : {SeenBlock, SeenDevice}) {
        if (me.knows_segment(other, seen)) return "an atomic load has seen that it was done, but no acquire or fence follows";
    }
    const uint32_t agent = history.agent_of(other.time());
    if (history.block_of(agent) == me.block && agent == me.agent) {
        if (other.same_time(me.stamp) && other.pc() == me.stamp.pc()) return "lanes of one warp, by the same instruction";
        return "lanes of one warp, and no bar.warp.sync between";
    }
    const bool strong = other.strength() != Strength::Weak, also = me.stamp.strength() != Strength::Weak;
    if (strong && also) return "the scope of one is its own block only";
    const std::string mixed = strong != also ? "only one of them is atomic or volatile, and " : "";
    if (history.block_of(agent) == me.block) return mixed + "no barrier between";
    return mixed + "nothing orders the two blocks";
}

const char* kind(const Accessor& me, const Conflict& conflict, const std::string& why) {
    if (conflict.other.is_work()) return "missing wait";
    if (why.find("fence.proxy") != std::string::npos) return "missing proxy fence";
    return me.stamp.is_work() ? "copy races" : "race";
}

// Of several lanes that touch the place, the lowest that is not itself the other side.
unsigned named_lane(const Access& access, const Accessor& me, const Conflict& conflict) {
    if (!me.stamp.several()) return me.lane();
    for (unsigned lane = 0; lane < LANES; lane++) {
        if (!((access.lanes >> lane) & 1) || access.addresses[lane] != access.addresses[me.lane()]) continue;
        if (lane != conflict.other.lane()) return lane;
    }
    return me.lane();
}

Fault fault_of(const Warp& warp, Dim3 thread) {
    Fault fault;
    fault.kind = FaultKind::LaunchFailed;
    fault.kernel = warp.cta().launch().kernel.name;
    fault.line = warp.line();
    fault.block = warp.cta().position();
    fault.thread = thread;
    return fault;
}

}  // namespace

Race race_of(Warp& warp, const Access& access, const Accessor& me, const Conflict& conflict) {
    Side mine;
    mine.copies = access.asynchronous();
    mine.several = me.stamp.several();
    mine.block = warp.cta().position();
    mine.thread = warp.thread(named_lane(access, me, conflict));
    mine.line = warp.line();
    mine.verb = verb(mine.copies, access.kind != AccessKind::Load, access.kind == AccessKind::Atomic);
    const Side other = other_side(warp, me, conflict);
    const std::string why = reason(me, conflict);

    Fault fault = fault_of(warp, mine.thread);
    fault.address = conflict.address;
    fault.what = std::string(kind(me, conflict, why)) + " on " + where(warp, access, conflict.address) + ": " + mine.text() +
                 ", after " + other.text() + ": " + why;
    fault.details = "  the other: block " + place(other.block) + ", thread " + place(other.thread) + "\n";
    return {std::move(fault), other.line};
}

Fault report(const Race& race, const Code& code) {
    Fault fault = race.fault;
    fault.source = code.source(fault.line);
    fault.details += "  PTX line " + std::to_string(race.other_line) + ": " + std::string(code.source(race.other_line)) + "\n";
    return fault;
}

void report_unfinished(Warp& warp, LaneMask lanes, const History& history, uint64_t work) {
    Fault fault = fault_of(warp, warp.thread((unsigned)__builtin_ctz(lanes)));
    const WorkRecord& record = history.work(work);
    const Code& code = warp.cta().launch().code;
    const uint32_t line = code.lines[record.pc];
    fault.source = code.source(fault.line);
    fault.what = "missing wait: the block ends, and nobody has waited for a bulk copy that uses its shared memory, started at line " +
                 std::to_string(line);
    fault.details = "  the copy: warp " + std::to_string(record.warp) + "\n  PTX line " + std::to_string(line) + ": " +
                    std::string(code.source(line)) + "\n";
    throw fault;
}

}  // namespace ridgepoint::emulator
