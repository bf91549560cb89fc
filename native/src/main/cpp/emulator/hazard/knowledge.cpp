#include "hazard/knowledge.h"

#include <algorithm>

namespace ridgepoint::emulator {
namespace {

// Adds what `lanes` of `agent`, whose view this is, know.
void add(Joint::Part& to, const View& view, uint32_t agent, LaneMask lanes, uint64_t self) {
    to.block = std::max(to.block, view.block);
    join(to.more, view.more);
    if (view.warp > to.block) to_change(to.more).learn(agent, ALL_LANES, view.warp);
    if (self > to.block && self > view.warp) to_change(to.more).learn(agent, lanes, self);
}

}  // namespace

const Lanes& Knowledge::of(unsigned lane) const {
    for (const Lanes& group : groups_) {
        if ((group.lanes >> lane) & 1) return group;
    }
    return groups_.front();
}

// Calls body(group) for groups that together are exactly these lanes.
template <class F>
void Knowledge::each(LaneMask lanes, F body) {
    for (size_t i = 0, known = groups_.size(); i < known; i++) {
        const LaneMask common = groups_[i].lanes & lanes;
        if (common == 0) continue;
        if (common != groups_[i].lanes) {
            Lanes rest = groups_[i];
            rest.lanes &= ~common;
            groups_.push_back(std::move(rest));
            groups_[i].lanes = common;
        }
        body(groups_[i]);
    }
}

void Knowledge::gather(LaneMask lanes, uint64_t segment, Joint& joint) const {
    for (const Lanes& group : groups_) {
        const LaneMask common = group.lanes & lanes;
        if (common == 0) continue;
        for (unsigned level = 0; level < LEVELS; level++) {
            const View& view = group.view[level];
            if (level != Known && view.empty()) continue;
            add(joint.part[level], view, agent_, common, level == Known ? segment : view.self);
        }
        if (group.waited != 0) to_change(joint.part[Known].more).learn(copies_, common, group.waited);
    }
}

void Knowledge::replace(LaneMask lanes, const Joint& joint) {
    version_++;
    for (Lanes& group : groups_) group.lanes &= ~lanes;
    groups_.erase(std::remove_if(groups_.begin(), groups_.end(), [](const Lanes& group) { return group.lanes == 0; }), groups_.end());
    Lanes fresh;
    fresh.lanes = lanes;
    for (unsigned level = 0; level < LEVELS; level++) {
        fresh.view[level].block = joint.part[level].block;
        fresh.view[level].more = joint.part[level].more;
    }
    groups_.insert(groups_.begin(), std::move(fresh));
}

void Knowledge::learn(LaneMask lanes, const Joint& joint) {
    version_++;
    each(lanes, [&](Lanes& group) {
        for (unsigned level = 0; level < LEVELS; level++) {
            group.view[level].block = std::max(group.view[level].block, joint.part[level].block);
            join(group.view[level].more, joint.part[level].more);
        }
    });
}

void Knowledge::learn(LaneMask lanes, Level level, const SharedClock& clock) {
    if (!clock) return;
    each(lanes, [&](Lanes& group) { version_ += join(group.view[level].more, clock); });
}

void Knowledge::learn(LaneMask lanes, Level level, uint32_t agent, uint64_t time) {
    version_++;
    each(lanes, [&](Lanes& group) { to_change(group.view[level].more).learn(agent, group.lanes, time); });
}

void Knowledge::wait(LaneMask lanes, uint64_t work) {
    version_++;
    each(lanes, [&](Lanes& group) { group.waited = std::max(group.waited, work); });
}

void Knowledge::synchronise(LaneMask lanes, LaneMask live, uint64_t segment) {
    version_++;
    if (together() && (live & ~lanes) == 0) {
        Lanes& all = groups_.front();
        if (all.waited != 0) to_change(all.view[Known].more).learn(copies_, ALL_LANES, all.waited);
        all.waited = 0;
        for (unsigned level = 0; level < LEVELS; level++) {
            View& view = all.view[level];
            view.warp = std::max(view.warp, level == Known ? segment : view.self);
        }
        return;
    }
    Joint joint;
    gather(lanes, segment, joint);
    replace(lanes, joint);
}

// Keeps what is known now. Of copies that a lane has waited for, its whole group is taken to know.
void Knowledge::hold(const Lanes& from, View& to, uint64_t segment) const {
    to = from.view[Known];
    to.self = segment;
    if (from.waited != 0) to_change(to.more).learn(copies_, from.lanes, from.waited);
}

void Knowledge::acquire_fence(LaneMask lanes, bool device) {
    version_++;
    each(lanes, [&](Lanes& group) {
        for (const Level seen : {SeenBlock, SeenDevice}) {
            if (seen == SeenDevice && !device) continue;
            View& known = group.view[Known];
            const View& view = group.view[seen];
            known.block = std::max(known.block, view.block);
            known.warp = std::max(known.warp, view.warp);
            join(known.more, view.more);
        }
    });
}

void Knowledge::release_fence(LaneMask lanes, bool device, uint64_t segment) {
    version_++;
    each(lanes, [&](Lanes& group) {
        hold(group, group.view[FencedBlock], segment);
        if (device) hold(group, group.view[FencedDevice], segment);
    });
}

void Knowledge::proxy_fence(LaneMask lanes, uint64_t segment) {
    version_++;
    each(lanes, [&](Lanes& group) { hold(group, group.view[Proxied], segment); });
}

SharedClock Knowledge::published(unsigned lane, Level level, uint64_t segment) const {
    const Lanes& group = of(lane);
    const View& view = group.view[level];
    if (level != Known && view.empty()) return nullptr;
    Joint::Part part;
    add(part, view, agent_, (LaneMask)1 << lane, level == Known ? segment : view.self);
    if (level == Known && group.waited != 0) to_change(part.more).learn(copies_, (LaneMask)1 << lane, group.waited);
    if (part.block != 0) to_change(part.more).learn_block(block_, part.block);
    return part.more;
}

}  // namespace ridgepoint::emulator
