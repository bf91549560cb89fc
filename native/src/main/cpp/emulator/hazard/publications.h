// What strong accesses hand over: a release, or a fence and then a store, publishes at an address what its thread knows;
// an acquire, or a load and then a fence, learns it.
#pragma once

#include <array>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "hazard/knowledge.h"

namespace ridgepoint::emulator {

// How strong an access is in this respect.
struct Handover {
    uint32_t block;
    bool device;   // the scope is wider than the block
    bool acquires;
    bool releases;
};

class Publications {
  public:
    // These lanes have read `address`.
    void read(uint64_t address, Knowledge& knowledge, LaneMask lanes, const Handover& how);
    // This lane writes. `adds`: by one atomic operation that reads as well, so that what was there before stays published.
    void write(uint64_t address, const Knowledge& knowledge, unsigned lane, uint64_t segment, const Handover& how, bool adds);

  private:
    // What a warp's lanes have done here last: what spins need not do again.
    struct Met {
        std::array<uint64_t, LANES> read{}, wrote{};
    };
    struct Location {
        uint64_t version = 0;
        SharedClock to_device;
        std::unordered_map<uint32_t, SharedClock> to_block;  // by block that published
        std::unordered_map<uint32_t, Met> met;               // by warp
    };
    uint64_t versions_ = 0;
    std::unordered_map<uint64_t, Location> locations_;
};

}  // namespace ridgepoint::emulator
