// Checked access to memory: from the addresses of 32 lanes to host pointers. Every instruction that touches memory
// goes through here, so that bounds, alignment, counters and hazard detectors are in one place.
#pragma once

#include <cstddef>
#include <cstdint>

#include "exec/observer.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {

// What an instruction asks: how, and how many bytes a lane.
struct Request {
    Space space;
    AccessKind kind;
    uint32_t size;   // a power of two up to 16: also the alignment required
    Order order = Order::Weak;
    Scope scope = Scope::System;
};

// Host addresses, one a lane; only those of active lanes mean anything.
struct HostAddresses {
    std::byte* lane[LANES];
};

// Checks `addresses` for the active lanes, counts the access, tells the observer, and answers where the bytes lie.
// Faults through Warp::fault. Local addresses are offsets in a thread's own memory. Generic ones must all land in
// one space, or are handled a space at a time by the caller (see split_generic).
void resolve(Warp& warp, const Request& request, LaneMask active, const uint64_t* addresses, HostAddresses& out);

// A single lane's access of any length, for bulk copies: checks [address, address + bytes).
std::byte* resolve_range(Warp& warp, Space space, AccessKind kind, unsigned lane, uint64_t address, uint64_t bytes);

// The space a generic address lies in.
Space space_of(uint64_t address);

}  // namespace ridgepoint::emulator
