#include "exec/warp.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <limits>

#include "exec/cta.h"
#include "exec/lanes.h"
#include "exec/launch_state.h"
#include "exec/observer.h"

namespace ridgepoint::emulator {
namespace {

constexpr uint32_t DEEPEST_CALL = 1000;
constexpr uint32_t NEVER = std::numeric_limits<uint32_t>::max();

bool same_callers(const Frame* a, const Frame* b) {
    for (; a != b; a = a->caller, b = b->caller) {
        if (a->depth != b->depth || a->return_pc != b->return_pc || a->registers != b->registers) return false;
    }
    return true;
}

// Lanes that stand still for a reason other than each other must be left alone until it is over.
bool may_merge(const LaneGroup& group) { return !group.waiting || group.members != 0; }

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
    const LaneMask lanes = group.lanes;
    const uint32_t meeting = meeting_pc();
    const Op* const ops = code_.ops.data();
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
        switch (flow) {
            case Flow::Next:
                pc++;
                break;
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
        if (pc == meeting) break;
    }
    group.pc = pc;
    return false;
}

// The active lanes wait at `pc`; lanes of their group whose guard was false go on.
void Warp::block(LaneMask active, uint32_t pc) {
    LaneGroup& group = groups_[running_];
    group.pc = pc;
    const LaneMask others = group.lanes & ~active;
    group.lanes = active;
    group.waiting = true;
    group.members = blocked_members_;
    group.wait = blocked_wait_;
    blocked_members_ = 0;
    if (others != 0) {
        LaneGroup rest;
        rest.lanes = others;
        rest.pc = pc + 1;
        rest.frame = group.frame;
        groups_.push_back(rest);
    }
}

// --- control ---

Flow Warp::branch(LaneMask active, uint32_t pc) {
    LaneGroup& group = groups_[running_];
    if (active == group.lanes) {
        jump_target_ = pc;
        return Flow::Jump;
    }
    LaneGroup taken;
    taken.lanes = active;
    taken.pc = pc;
    taken.frame = group.frame;
    group.lanes &= ~active;
    group.pc = pc_ + 1;
    groups_.push_back(taken);
    return Flow::Regroup;
}

Flow Warp::scatter(LaneMask active, const uint32_t* targets) {
    const LaneGroup old = groups_[running_];
    const uint32_t first = targets[lowest(active)];
    LaneMask together = 0;
    for_active(active, [&](unsigned lane) { together |= (LaneMask)(targets[lane] == first) << lane; });
    if (together == active) return branch(active, first);
    groups_[running_].lanes &= ~active;
    groups_[running_].pc = pc_ + 1;
    for (LaneMask rest = active; rest != 0;) {
        const uint32_t target = targets[lowest(rest)];
        LaneGroup group;
        group.pc = target;
        group.frame = old.frame;
        for_active(rest, [&](unsigned lane) { group.lanes |= (LaneMask)(targets[lane] == target) << lane; });
        rest &= ~group.lanes;
        groups_.push_back(group);
    }
    drop_empty_groups();
    return Flow::Regroup;
}

void Warp::drop_empty_groups() {
    groups_.erase(std::remove_if(groups_.begin(), groups_.end(), [](const LaneGroup& g) { return g.lanes == 0; }),
                  groups_.end());
}

void Warp::grow(const Frame& frame, const Function& function) {
    const size_t registers = (size_t)frame.registers + function.register_bytes;
    if (registers > registers_.size()) {
        registers_.resize(registers);
        enter_frame(frame_);
    }
    const uint32_t locals = frame.locals + function.local_bytes;
    if (locals <= local_bytes_) return;
    std::vector<std::byte> wider((size_t)locals * LANES);
    for (unsigned lane = 0; lane < LANES; lane++) {
        std::memcpy(wider.data() + (size_t)lane * locals, local(lane), local_bytes_);
    }
    local_.swap(wider);
    local_bytes_ = locals;
}

Flow Warp::call(LaneMask active, const CallSite& site, uint32_t function, LaneMask again) {
    const Function& callee = code_.functions[function];
    const Function& caller = code_.functions[frame_->function];
    if (frame_->depth >= DEEPEST_CALL) fault(FaultKind::HardwareStackError, active, "calls are nested too deep");
    Frame frame;
    frame.caller = frame_;
    frame.site = &site;
    frame.return_pc = pc_ + 1;
    frame.function = function;
    frame.registers = frame_->registers + caller.register_bytes;
    frame.locals = frame_->locals + caller.local_bytes;
    frame.depth = frame_->depth + 1;
    grow(frame, callee);
    for (size_t i = 0; i < callee.parameters.size(); i++) {
        for_active(active, [&](unsigned lane) {
            std::memcpy(local(lane) + frame.locals + callee.parameters[i].offset,
                        local(lane) + frame_->locals + site.arguments[i].offset, site.arguments[i].size);
        });
    }
    frames_.push_back(frame);

    LaneGroup& group = groups_[running_];
    LaneGroup inside;
    inside.lanes = active;
    inside.pc = callee.start;
    inside.frame = &frames_.back();
    LaneGroup later = group;
    later.lanes = again;
    later.pc = pc_;
    group.lanes &= ~(active | again);
    group.pc = pc_ + 1;
    groups_.push_back(inside);
    groups_.push_back(later);
    drop_empty_groups();
    return Flow::Regroup;
}

Flow Warp::leave(LaneMask active) {
    const Frame& frame = *frame_;
    if (frame.caller == nullptr) return exit(active);
    const Function& callee = code_.functions[frame.function];
    for (size_t i = 0; i < frame.site->results.size(); i++) {
        for_active(active, [&](unsigned lane) {
            std::memcpy(local(lane) + frame.caller->locals + frame.site->results[i].offset,
                        local(lane) + frame.locals + callee.results[i].offset, frame.site->results[i].size);
        });
    }
    LaneGroup& group = groups_[running_];
    LaneGroup back;
    back.lanes = active;
    back.pc = frame.return_pc;
    back.frame = frame.caller;
    group.lanes &= ~active;
    group.pc = pc_ + 1;
    groups_.push_back(back);
    drop_empty_groups();
    release_frames();
    return Flow::Regroup;
}

// Frames are made in order of calls; those behind the newest that a group still stands in are over.
void Warp::release_frames() {
    while (frames_.size() > 1) {
        const Frame* newest = &frames_.back();
        for (const LaneGroup& group : groups_) {
            for (const Frame* frame = group.frame; frame != nullptr; frame = frame->caller) {
                if (frame == newest) return;
            }
        }
        frames_.pop_back();
    }
}

Flow Warp::exit(LaneMask active) {
    live_ &= ~active;
    groups_[running_].lanes &= ~active;
    groups_[running_].pc = pc_ + 1;
    drop_empty_groups();
    cta_.exited(*this, active);
    // Lanes that waited for these no longer have to.
    for (LaneGroup& group : groups_) {
        if (group.members == 0) continue;
        group.waiting = false;
        group.members = 0;
    }
    return Flow::Regroup;
}

Flow Warp::wait_for(LaneMask, const Wait& wait) {
    blocked_wait_ = wait;
    blocked_members_ = 0;
    return Flow::Blocked;
}

bool Warp::gather(LaneMask active, LaneMask members) {
    if ((active & ~members) != 0) {
        fault(FaultKind::IllegalInstruction, active & ~members, "a lane takes part that is not in its member mask");
    }
    if ((members & live_ & ~active) == 0) return true;
    blocked_members_ = members;
    return false;
}

// --- reports ---

void Warp::fault(FaultKind kind, LaneMask lanes, const std::string& what, uint64_t address) const {
    Fault fault;
    fault.kind = kind;
    fault.what = what;
    fault.kernel = cta_.launch().kernel.name;
    fault.line = code_.lines[pc_];
    fault.source = code_.source(fault.line);
    fault.block = cta_.position();
    fault.thread = thread(lowest(lanes != 0 ? lanes : started_));
    fault.address = address;
    throw fault;
}

std::string Warp::report() const {
    std::string text;
    for (const LaneGroup& group : groups_) {
        const uint32_t line = code_.lines[group.pc];
        char lanes[16];
        std::snprintf(lanes, sizeof lanes, "%08x", group.lanes);
        text += "  warp " + std::to_string(index_) + ", lanes " + lanes + ", line " + std::to_string(line) + ": " +
                std::string(code_.source(line));
        if (group.waiting && group.members != 0) {
            std::snprintf(lanes, sizeof lanes, "%08x", group.members & live_ & ~group.lanes);
            text += std::string(" -- waits for lanes ") + lanes + " of the warp to get there";
        } else if (group.waiting) {
            text += " -- waits for " + group.wait.describe(*this, group.wait);
        }
        text += "\n";
    }
    return text;
}

}  // namespace ridgepoint::emulator
