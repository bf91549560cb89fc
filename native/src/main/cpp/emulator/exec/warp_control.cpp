// How lanes of a warp move: branches, calls, returns, exits and waits.
#include <algorithm>
#include <cstring>

#include "exec/cta.h"
#include "exec/lanes.h"
#include "exec/launch_state.h"
#include "exec/local_stack.h"
#include "exec/observer.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {
namespace {

constexpr uint32_t DEEPEST_CALL = 1000;

}  // namespace

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
    if (Observer* const observer = cta_.worker().observer) {
        observer->local_made(*this, active, frame.locals, callee.local_bytes);
        for (size_t i = 0; i < callee.parameters.size(); i++) {
            observer->local_copied(*this, active, frame.locals + callee.parameters[i].offset, frame_->locals + site.arguments[i].offset,
                                   site.arguments[i].size);
        }
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
    Observer* const observer = cta_.worker().observer;
    for (size_t i = 0; i < frame.site->results.size(); i++) {
        const Slice to = frame.site->results[i], from = callee.results[i];
        for_active(active, [&](unsigned lane) {
            std::memcpy(local(lane) + frame.caller->locals + to.offset, local(lane) + frame.locals + from.offset, to.size);
        });
        if (observer != nullptr) {
            observer->local_copied(*this, active, frame.caller->locals + to.offset, frame.locals + from.offset, to.size);
        }
    }
    if (extensions_.has<LocalStack>()) extensions_.get<LocalStack>().leave(active, frame.depth);
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
    if (((members & live_) ^ active) == 0) return true;
    blocked_members_ = members;
    return false;
}

}  // namespace ridgepoint::emulator
