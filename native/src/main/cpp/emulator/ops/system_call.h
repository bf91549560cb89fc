// Arguments and results of functions that the system provides: in the caller's thread-private frame.
#pragma once

#include <cstring>

#include "decode/code.h"
#include "exec/memory.h"

namespace ridgepoint::emulator {

inline const CallSite& call_site(const Op& op) { return *static_cast<const CallSite*>(op.extra); }

// One of up to 64 bits.
inline uint64_t argument(Warp& warp, const CallSite& site, size_t index, unsigned lane) {
    const Slice slice = site.arguments[index];
    uint64_t value = 0;
    std::memcpy(&value, warp.local(lane) + warp.frame().locals + slice.offset, slice.size);
    return value;
}

template <class T>
void set_result(Warp& warp, const CallSite& site, unsigned lane, T value) {
    if (site.results.empty()) return;
    uint64_t addresses[LANES] = {};
    HostAddresses host;
    addresses[lane] = warp.frame().locals + site.results[0].offset;
    resolve(warp, {Space::Local, AccessKind::Store, sizeof value}, 1u << lane, addresses, host);
    std::memcpy(host[lane], &value, sizeof value);
}

}  // namespace ridgepoint::emulator
