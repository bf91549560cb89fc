#include "hazard/accessor.h"

#include <algorithm>

namespace ridgepoint::emulator {

bool Accessor::knows_segment(Stamp other, Level level) const {
    const View& view = lanes->view[level];
    const uint64_t time = other.time();
    const uint32_t theirs = history.agent_of(time), their_block = history.block_of(theirs);
    if (theirs == agent) {
        // Of several lanes one is named. Where that is this lane, another's will do.
        if (time <= view.warp) return true;
        if (other.lane() == lane() && !other.several() && !stamp.several() && (level == Known || time <= view.self)) return true;
        if (other.lane() == lane() && (other.several() || stamp.several())) return time <= view.block || (view.more && view.more->knows_any(agent, time));
    }
    if (their_block == block && time <= view.block) return true;
    return view.more && (view.more->block(their_block) >= time || view.more->knows(theirs, other.lane(), time));
}

bool Accessor::knows_every_lane(Stamp other) const {
    const View& view = lanes->view[Known];
    const uint64_t time = other.time();
    const uint32_t theirs = history.agent_of(time), their_block = history.block_of(theirs);
    if (theirs == agent) return true;  // cell by cell the same thread
    if (their_block == block && time <= view.block) return true;
    return view.more && view.more->block(their_block) >= time;
}

bool Accessor::knows_work(Stamp other, bool wrote) const {
    const WorkRecord& work = history.work(other.time());
    const BlockRecord& issuer = history.block(work.block);
    if (issuer.first_agent + work.warp == agent && other.lane() == lane() && other.time() <= lanes->waited) return true;
    const Clock* more = lanes->view[Known].more.get();
    if (more == nullptr) return false;
    const auto heard = [&](const Signal& signal) { return more->knows(signal.mbarrier, 0, signal.phase); };
    if (std::any_of(work.signals.begin(), work.signals.end(), heard)) return true;
    const bool source = work.proxy == Proxy::Async && !wrote;
    if (over != nullptr && !source && more->knows_all(issuer.copies_of(work.warp), other.time())) {
        over->add(other.time());
        return true;
    }
    return more->knows(source ? issuer.sources_of(work.warp) : issuer.copies_of(work.warp), other.lane(), other.time());
}

bool Accessor::strong_enough(Stamp other) const {
    if (stamp.strength() == Strength::Weak || other.strength() == Strength::Weak) return false;
    const Strength weaker = std::min(stamp.strength(), other.strength());
    return weaker == Strength::Device || history.block_of(history.agent_of(other.time())) == block;
}

}  // namespace ridgepoint::emulator
