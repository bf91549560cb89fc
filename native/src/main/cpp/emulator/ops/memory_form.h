// What instructions that touch memory have in common: space, order, scope, hints, and turning addresses to pointers.
#pragma once

#include "decode/decoder.h"
#include "exec/lanes.h"
#include "exec/memory.h"

namespace ridgepoint::emulator {

struct MemoryForm {
    Request request{Space::Generic, AccessKind::Load, 0};
    bool narrow = false;    // addresses are 32 bits

    // weak volatile relaxed acquire release mmio, and a scope.
    void take_order(Decoder& d);
    // const global local param shared, or none for generic.
    void take_space(Decoder& d);
    AddressOperand take_address(Decoder& d, size_t operand);

    static const MemoryForm& of(const Op& op) { return *static_cast<const MemoryForm*>(op.extra); }
};

// .ca .cg .L1::evict_first .L2::128B and so on change no result.
void take_cache_hints(Decoder& d);
// The operand that .L2::cache_hint adds at `index`, if it is there.
void take_cache_policy(Decoder& d, size_t index);

// Resolves the addresses of an operation whose `extra` is a MemoryForm and whose offset is its immediate, and calls
// body(lanes, host) once for each space they land in.
template <class F>
inline void on_memory(Warp& warp, const Op& op, Ref base, LaneMask active, F body) {
    const MemoryForm& form = MemoryForm::of(op);
    uint64_t addresses[LANES];
    HostAddresses host;
    addresses_of(warp, base, form.narrow, (int64_t)op.immediate, addresses);
    if (form.request.space != Space::Generic) {
        resolve(warp, form.request, active, addresses, host);
        return body(active, host);
    }
    split_generic(active, addresses, [&](Space space, LaneMask lanes) {
        Request request = form.request;
        request.space = space;
        resolve(warp, request, lanes, addresses, host);
        body(lanes, host);
    });
}

}  // namespace ridgepoint::emulator
