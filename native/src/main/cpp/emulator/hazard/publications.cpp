#include "hazard/publications.h"

#include "exec/lanes.h"

namespace ridgepoint::emulator {

namespace {

// A version, and how strong the access was that met it.
uint64_t mark(uint64_t version, const Handover& how, bool full) { return version << 2 | (uint64_t)full << 1 | (uint64_t)how.device; }

}  // namespace

void Publications::read(uint64_t address, Knowledge& knowledge, LaneMask lanes, const Handover& how) {
    if (locations_.empty()) return;
    const auto at = locations_.find(address);
    if (at == locations_.end()) return;
    Location& location = at->second;
    Met& met = location.met[knowledge.agent()];
    const uint64_t now = mark(location.version, how, how.acquires);
    LaneMask fresh = 0;
    for_active(lanes, [&](unsigned lane) {
        fresh |= (LaneMask)(met.read[lane] != now) << lane;
        met.read[lane] = now;
    });
    if (fresh == 0) return;
    const auto own = location.to_block.find(how.block);
    if (own != location.to_block.end()) knowledge.learn(fresh, how.acquires ? Known : SeenBlock, own->second);
    if (how.device) knowledge.learn(fresh, how.acquires ? Known : SeenDevice, location.to_device);
}

void Publications::write(uint64_t address, const Knowledge& knowledge, unsigned lane, uint64_t segment, const Handover& how, bool adds) {
    if (adds && !how.releases && !locations_.empty()) {
        const auto at = locations_.find(address);
        if (at != locations_.end() && at->second.met[knowledge.agent()].wrote[lane] == mark(knowledge.version(), how, false)) return;
    }
    const SharedClock to_block = knowledge.published(lane, how.releases ? Known : FencedBlock, segment);
    const SharedClock to_device = !how.device    ? nullptr
                                  : how.releases ? to_block
                                                 : knowledge.published(lane, FencedDevice, segment);
    if (!adds && !locations_.empty()) locations_.erase(address);
    if (!to_block && !to_device) return;
    Location& location = locations_[address];
    const bool news = join(location.to_block[how.block], to_block) | join(location.to_device, to_device);
    if (news || location.version == 0) location.version = ++versions_;
    location.met[knowledge.agent()].wrote[lane] = mark(knowledge.version(), how, false);
}

}  // namespace ridgepoint::emulator
