#include "hazard/publications.h"

namespace ridgepoint::emulator {

void Publications::read(uint64_t address, Knowledge& knowledge, LaneMask lanes, const Handover& how) const {
    if (locations_.empty()) return;
    const auto at = locations_.find(address);
    if (at == locations_.end()) return;
    const auto own = at->second.to_block.find(how.block);
    if (own != at->second.to_block.end()) knowledge.learn(lanes, how.acquires ? Known : SeenBlock, own->second);
    if (how.device) knowledge.learn(lanes, how.acquires ? Known : SeenDevice, at->second.to_device);
}

void Publications::write(uint64_t address, const Knowledge& knowledge, unsigned lane, uint64_t segment, const Handover& how, bool adds) {
    const SharedClock to_block = knowledge.published(lane, how.releases ? Known : FencedBlock, segment);
    const SharedClock to_device = !how.device    ? nullptr
                                  : how.releases ? to_block
                                                 : knowledge.published(lane, FencedDevice, segment);
    if (!adds && !locations_.empty()) locations_.erase(address);
    if (!to_block && !to_device) return;
    Location& location = locations_[address];
    join(location.to_block[how.block], to_block);
    join(location.to_device, to_device);
}

}  // namespace ridgepoint::emulator
