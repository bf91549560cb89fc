#include "exec/warp.h"

#include <algorithm>
#include <limits>

#include "exec/cta.h"
#include "exec/lanes.h"
#include "exec/launch_state.h"

namespace ridgepoint::emulator {
namespace {

constexpr uint32_t NEVER = std::numeric_limits<uint32_t>::max();

bool same_callers(const Frame* a, const Frame* b) {
    for (; a != b; a = a->caller, b = b->caller) {
        if (a->depth != b->depth || a->return_pc != b->return_pc || a->registers != b->registers) return false;
    }
    return true;
}

// Lanes that stand still for a reason other than each other must be left alone until it is over.
// A group that was set apart runs first by itself; one that waits for lanes is what others have to meet.
bool may_merge(const LaneGroup& group) { return group.waiting == (group.members != 0); }

}  // namespace

Warp::Warp(Cta& cta, uint32_t index, LaneMask lanes)
    : cta_(cta), code_(cta.launch().code), index_(index), started_(lanes) {
    bank_[1] = const_cast<std::byte*>(cta.launch().program.constants());
}

void Warp::start() {
    const Function& function = code_.functions[cta_.launch().kernel.function];
    live_ = started_;
    pc_ = function.start;
    registers_.assign(function.register_bytes, std::byte(0));
    local_bytes_ = function.local_bytes;
    local_.assign((size_t)local_bytes_ * LANES, std::byte(0));
    extensions_ = Extensions();
    executed_ = 0;
    turn_ = running_ = 0;
    take_turns_ = false;
    blocked_members_ = 0;
    frames_.resize(1);
    frames_.front().function = cta_.launch().kernel.function;
    LaneGroup group;
    group.lanes = started_;
    group.pc = function.start;
    group.frame = &frames_.front();
    groups_.assign(1, group);
}

Dim3 Warp::thread(unsigned lane) const {
    const Dim3 block = cta_.launch().config.block;
    const uint32_t linear = index_ * LANES + lane;
    return {linear % block.x, linear / block.x % block.y, linear / (block.x * block.y)};
}

uint32_t Warp::line() const { return code_.lines[pc_]; }

// --- groups ---

void Warp::merge_groups() {
    for (size_t i = 0; i < groups_.size(); i++) {
        if (!may_merge(groups_[i])) continue;
        for (size_t j = groups_.size(); j-- > i + 1;) {
            const LaneGroup& other = groups_[j];
            if (other.pc != groups_[i].pc || !may_merge(other) || !same_callers(other.frame, groups_[i].frame)) continue;
            if (other.waiting && groups_[i].waiting && other.members != groups_[i].members) continue;
            groups_[i].lanes |= other.lanes;
            groups_[i].waiting = false;  // what waits for lanes looks again, now that some have come
            groups_[i].members = 0;
            groups_.erase(groups_.begin() + (ptrdiff_t)j);
        }
    }
}

// Ends the waits whose condition has come true.
void Warp::wake_groups() {
    for (LaneGroup& group : groups_) {
        if (!group.waiting || group.members != 0 || !group.wait.ready(*this, group.wait)) continue;
        group.waiting = false;
        if (!group.wait.repeat) group.pc++;
    }
}

// The group to run: the deepest call, then the lowest pc. Where groups have starved each other (lanes that spin on
// what other lanes of the warp hold), they take turns instead.
bool Warp::select_group() {
    if (groups_.size() > 1 || groups_[0].waiting) {
        wake_groups();
        merge_groups();
    }
    size_t best = groups_.size();
    const auto before = [&](const LaneGroup& a, const LaneGroup& b) {
        return a.frame->depth != b.frame->depth ? a.frame->depth > b.frame->depth : a.pc < b.pc;
    };
    for (size_t i = 0; i < groups_.size(); i++) {
        if (groups_[i].waiting) continue;
        if (best == groups_.size() || before(groups_[i], groups_[best])) best = i;
    }
    if (best == groups_.size()) return false;
    if (take_turns_) {
        take_turns_ = false;
        for (size_t step = 1; step <= groups_.size(); step++) {
            best = (turn_ + step) % groups_.size();
            if (!groups_[best].waiting) break;
        }
    }
    turn_ = running_ = best;
    return true;
}

// Where the running group may meet another: the nearest pc above its own at which one stands.
uint32_t Warp::meeting_pc() const {
    uint32_t nearest = NEVER;
    for (size_t i = 0; i < groups_.size(); i++) {
        if (i == running_ || !may_merge(groups_[i])) continue;
        if (groups_[i].frame->depth == groups_[running_].frame->depth && groups_[i].pc > groups_[running_].pc) {
            nearest = std::min(nearest, groups_[i].pc);
        }
    }
    return nearest;
}

void Warp::enter_frame(const Frame* frame) {
    frame_ = frame;
    bank_[0] = registers_.data() + frame->registers;
}

// --- the interpreter's loop ---

Warp::State Warp::run(uint64_t budget) {
    const uint64_t before = executed_;
    const uint64_t limit = executed_ + budget;
    while (executed_ < limit) {
        if (finished()) return State::Finished;
        if (!select_group()) return executed_ == before ? State::Waiting : State::Ready;
        if (run_group(limit)) return State::Yielded;
    }
    take_turns_ = groups_.size() > 1;
    return finished() ? State::Finished : State::Ready;
}

// Runs the selected group until it meets another, splits, waits, yields (true) or reaches the limit.
bool Warp::run_group(uint64_t limit) {
    LaneGroup& group = groups_[running_];
    group.members = 0;
    const LaneMask lanes = group.lanes;
    const uint32_t meeting = meeting_pc();
    const Op* const ops = cta_.launch().ops;
    Executed* const sites = cta_.worker().sites.data();
    enter_frame(group.frame);
    uint32_t pc = group.pc;
    while (executed_ < limit) {
        pc_ = pc;
        const Op& op = ops[pc];
        const LaneMask active = lanes & (predicate(op.guard) ^ op.guard_flip);
        executed_++;
        sites[pc].warps++;
        sites[pc].lanes += count(active);
        const Flow flow = active != 0 ? op.exec(*this, op, active) : Flow::Next;
        if (__builtin_expect(flow == Flow::Next, true)) {
            if (++pc == meeting) break;
            continue;
        }
        switch (flow) {
            case Flow::Next: break;
            case Flow::Jump:
                // A jump backwards over where others stand needs a new look at who is next.
                if (groups_.size() > 1) {
                    group.pc = jump_target_;
                    return false;
                }
                pc = jump_target_;
                break;
            case Flow::Yield:
                group.pc = pc + 1;
                take_turns_ = groups_.size() > 1;
                return true;
            case Flow::Regroup:
                return false;
            case Flow::Blocked:
                block(active, pc);
                // It did not happen: it will be counted when it does.
                sites[pc].warps--;
                sites[pc].lanes -= count(active);
                return false;
        }
    }
    group.pc = pc;
    return false;
}

// The active lanes wait at `pc`; lanes of their group whose guard was false go on. Where active lanes name different
// members, nobody waits yet: those who name the same are set apart, and each part tries again by itself.
void Warp::block(LaneMask active, uint32_t pc) {
    LaneGroup& group = groups_[running_];
    const LaneGroup before = group;
    const LaneMask part = blocked_members_ == 0 ? active : active & blocked_members_;
    group.pc = pc;
    group.lanes = part;
    group.waiting = part == active;
    group.members = blocked_members_;
    group.wait = blocked_wait_;
    blocked_members_ = 0;
    const auto leave = [&](LaneMask lanes, uint32_t at, LaneMask members) {
        if (lanes == 0) return;
        LaneGroup rest;
        rest.lanes = lanes;
        rest.pc = at;
        rest.frame = before.frame;
        rest.members = members;
        groups_.push_back(rest);
    };
    leave(active & ~part, pc, active & ~part);
    leave(before.lanes & ~active, pc + 1, 0);
}

}  // namespace ridgepoint::emulator
