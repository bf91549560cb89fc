#include "hazard/loaded_values.h"

#include <algorithm>

#include "exec/cta.h"
#include "exec/lanes.h"
#include "exec/launch_state.h"

namespace ridgepoint::emulator {

// --- one load ---

LoadedValue::LoadedValue(Warp& warp, const UnusedLoads::Touch& load, const Access& access, Stamp stamp)
    : warp_(&warp),
      load_(&load),
      space_(access.space),
      scope_(access.scope),
      size_(access.size),
      accessed_(access.lanes),
      pattern_(access.pattern),
      stamp_(stamp) {
    low_ = ~0ull;
    high_ = 0;
    for_active(accessed_, [&](unsigned lane) {
        addresses_[lane] = access.addresses[lane];
        low_ = std::min(low_, addresses_[lane]);
        high_ = std::max(high_, addresses_[lane] + size_);
    });
    const LaneMask receivers = load.among_lanes ? warp.live() : accessed_;
    std::fill_n(held_.begin(), load.writes.size(), receivers);
}

Access LoadedValue::access(LaneMask lanes) const {
    Access access{space_, AccessKind::Load, Order::Weak, scope_, size_, lanes, addresses_.data()};
    if (lanes == accessed_) access.pattern = pattern_;
    return access;
}

LaneMask LoadedValue::lanes() const {
    LaneMask any = 0;
    for (const LaneMask lanes : held_) any |= lanes;
    return load_->among_lanes && any != 0 ? accessed_ : any;
}

void LoadedValue::suspect(LaneMask lanes, const std::function<Race()>& race) {
    for (const Suspicion& one : suspicions_) lanes &= ~one.lanes;
    if (lanes != 0) suspicions_.push_back({lanes, race()});
}

void LoadedValue::judge(LaneMask lanes) const {
    for (const Suspicion& one : suspicions_) {
        if ((one.lanes & lanes) == 0) continue;
        Fault fault = report(one.race, warp_->cta().launch().code);
        fault.what += "; line " + std::to_string(warp_->line()) + " uses what was loaded";
        throw fault;
    }
}

template <class F>
void LoadedValue::each_held(const std::vector<uint32_t>& registers, F body) {
    for (const uint32_t reg : registers) {
        for (size_t i = 0; i < load_->writes.size(); i++) {
            if (load_->writes[i] == reg) body(held_[i]);
        }
    }
}

LaneMask LoadedValue::use(const UnusedLoads::Touch& touch, LaneMask active) {
    LaneMask used = 0;
    each_held(touch.reads, [&](LaneMask held) { used |= held & active; });
    return load_->among_lanes && used != 0 ? accessed_ : used;
}

void LoadedValue::overwrite(const UnusedLoads::Touch& touch, LaneMask active) {
    each_held(touch.writes, [&](LaneMask& held) { held &= ~active; });
}

void LoadedValue::drop(LaneMask lanes) {
    for (LaneMask& held : held_) held &= ~lanes;
}

void LoadedValue::settle(LaneMask lanes) { drop(load_->among_lanes ? ALL_LANES : lanes); }

// --- all of a launch ---

LoadedValues::OfWarp* LoadedValues::find(const Warp& warp) {
    if (latest_ == &warp) return of_latest_;
    const auto found = warps_.find(&warp);
    if (found == warps_.end()) return nullptr;
    latest_ = &warp;
    return of_latest_ = &found->second;
}

void LoadedValues::before(Warp& warp, LaneMask active) {
    const UnusedLoads::Touch* const touch = unused_.touch(warp.pc());
    OfWarp* const of = touch != nullptr ? find(warp) : nullptr;
    if (of == nullptr || of->values.empty()) return;
    for (LoadedValue& value : of->values) {
        const LaneMask used = touch->reads.empty() ? 0 : value.use(*touch, active);
        if (used != 0) {
            of->user->used(value, used);
            value.settle(used);
        }
        value.overwrite(*touch, active);
    }
    sweep(*of);
}

LoadedValue& LoadedValues::load(Warp& warp, const Access& access, Stamp stamp, UseOfLoads& user) {
    OfWarp* of = find(warp);
    if (of == nullptr) of = &warps_[&warp];
    of->user = &user;
    if (of->values.empty()) holding_.push_back(of);
    of->values.emplace_back(warp, *unused_.load(warp.pc()), access, stamp);
    return of->values.back();
}

void LoadedValues::exiting(Warp& warp, LaneMask lanes) {
    OfWarp* const of = find(warp);
    if (of == nullptr || of->values.empty()) return;
    for (LoadedValue& value : of->values) value.drop(lanes);
    sweep(*of);
}

// What nobody holds any more goes.
void LoadedValues::sweep(OfWarp& of) {
    const auto over = [](const LoadedValue& value) { return value.lanes() == 0; };
    of.values.erase(std::remove_if(of.values.begin(), of.values.end(), over), of.values.end());
    if (of.values.empty()) holding_.erase(std::find(holding_.begin(), holding_.end(), &of));
}

}  // namespace ridgepoint::emulator
