// Checked access to memory: from the addresses of 32 lanes to host pointers. Every instruction that touches memory
// goes through here, so that bounds, alignment, counters and hazard detectors are in one place.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/memory_map.h"
#include "exec/observer.h"
#include "exec/reach.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {

// What an instruction asks: how, and how many bytes a lane.
struct Request {
    Space space;
    AccessKind kind;
    uint32_t size;   // a power of two up to 16: also the alignment required
    Order order = Order::Weak;
    Scope scope = Scope::System;
    uint64_t work = 0;  // of asynchronous work: see Observer
};

// The places of a request; only those of active lanes mean anything. Most requests have one origin, and their addresses
// serve as offsets: those must outlive this.
class HostAddresses {
  public:
    std::byte* operator[](unsigned lane) const { return places_[lane]; }
    HostPlaces places() const { return places_; }
    Pattern pattern() const { return pattern_; }

    void set_pattern(Pattern pattern) { pattern_ = pattern; }
    // Lane i lies at origin + addresses[i].
    void place(uint64_t origin, const uint64_t* addresses) { places_ = {origin, addresses}; }
    // Lanes have origins of their own: write their places here.
    uint64_t* place_each() {
        place(0, own_);
        pattern_ = Pattern::Scattered;
        return own_;
    }

  private:
    HostPlaces places_{0, nullptr};
    Pattern pattern_ = Pattern::Scattered;
    uint64_t own_[LANES];
};

// Turns a bound address operand into 32 addresses. `in_frame` operands are offsets in this frame's private memory.
void addresses_of(const Warp& warp, Ref base, bool narrow, int64_t offset, uint64_t* addresses);

// Checks `addresses` for the active lanes, counts the access, tells the observer, and answers where the bytes lie.
// Faults through Warp::fault. Shared and local addresses are offsets in their windows; generic ones must have been
// split first.
void resolve(Warp& warp, const Request& request, LaneMask active, const uint64_t* addresses, HostAddresses& out);

// Splits generic addresses by the space they land in: calls part(space, lanes) for each, and turns the addresses of
// shared and local lanes into offsets in their windows.
template <class F>
void split_generic(LaneMask active, uint64_t* addresses, F part);

// A single lane's access of any length, for bulk copies: checks [address, address + bytes).
std::byte* resolve_range(Warp& warp, Space space, AccessKind kind, unsigned lane, uint64_t address, uint64_t bytes);

// The space a generic address lies in: Global, Shared, Local or Param.
Space space_of(uint64_t address);

template <class F>
void split_generic(LaneMask active, uint64_t* addresses, F part) {
    uint64_t windows = 0;
    for (unsigned i = 0; i < LANES; i++) windows |= (active >> i) & 1 ? addresses[i] : 0;
    if (windows < SHARED_WINDOW) return part(Space::Global, active);
    for (LaneMask rest = active; rest != 0;) {
        const Space space = space_of(addresses[__builtin_ctz(rest)]);
        LaneMask lanes = 0;
        for (unsigned i = 0; i < LANES; i++) {
            if (((rest >> i) & 1) && space_of(addresses[i]) == space) lanes |= 1u << i;
        }
        if (space != Space::Global) {
            for (unsigned i = 0; i < LANES; i++) {
                if ((lanes >> i) & 1) addresses[i] %= WINDOW_BYTES;
            }
        }
        part(space, lanes);
        rest &= ~lanes;
    }
}

}  // namespace ridgepoint::emulator
