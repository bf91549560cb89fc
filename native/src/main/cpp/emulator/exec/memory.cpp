#include "exec/memory.h"

#include <algorithm>
#include <cstdio>
#include <string>

#include "core/heap.h"
#include "exec/cta.h"
#include "exec/groups_scratch.h"
#include "exec/lanes.h"
#include "exec/launch_state.h"
#include "exec/local_stack.h"
#include "exec/traffic.h"
#include "exec/written.h"

namespace ridgepoint::emulator {
namespace {

constexpr uint32_t RANK_SHIFT = 24;  // of a shared::cluster address: the CTA's rank above, its window below

const char* name(AccessKind kind) {
    return kind == AccessKind::Load ? "load" : kind == AccessKind::Store ? "store" : "atomic access";
}

std::string hex(uint64_t value) {
    char text[24];
    std::snprintf(text, sizeof text, "0x%llx", (unsigned long long)value);
    return text;
}

std::string intent(const Request& request) {
    return std::string(name(request.kind)) + " of " + std::to_string(request.size) + " bytes";
}

void check_alignment(Warp& warp, const Request& request, LaneMask active, const uint64_t* addresses, const Reach& reach) {
    if ((reach.bits & (request.size - 1)) == 0) return;
    for_active(active, [&](unsigned lane) {
        if (addresses[lane] % request.size == 0) return;
        warp.fault(FaultKind::MisalignedAddress, 1u << lane,
                   intent(request) + " at " + hex(addresses[lane]) + ", which is not a multiple of its size",
                   addresses[lane]);
    });
}

// --- global and constant memory ---

bool inside(const MemoryRange& range, uint64_t address, uint64_t size) {
    return address - range.address <= range.size - size && size <= range.size;
}

// Libraries make atomics of 8 and 16 bits of those of 16 and 32: such a word may reach beyond what was allocated.
bool inside(const MemoryRange& range, uint64_t address, const Request& request) {
    if (inside(range, address, (uint64_t)request.size)) return true;
    const bool word = request.size <= 4 && (request.order != Order::Weak || request.kind == AccessKind::Atomic);
    return word && address - range.address < range.size;
}

bool permits(const MemoryRange& range, AccessKind kind) {
    return range.state == RangeState::Live || (range.state == RangeState::ReadOnly && kind == AccessKind::Load);
}

bool given(const MemoryRange& range, uint64_t address, uint64_t size) { return range.heap == nullptr || range.heap->holds(address, size); }

[[noreturn]] void fault_global(Warp& warp, const std::string& intent, AccessKind kind, unsigned lane, uint64_t address,
                               uint64_t size) {
    const MemoryMap& memory = *warp.cta().launch().environment.memory;
    std::string what = intent + " at " + hex(address);
    const MemoryRange* range = memory.find(address);
    if (range != nullptr && range->heap != nullptr) {
        what += ", in the heap of kernels, where malloc has given nothing or not so much, or where it has been freed";
    } else if (range != nullptr && range->state == RangeState::Freed) {
        what += ", in " + range->name + " (" + std::to_string(range->size) + " bytes), which has been freed";
    } else if (range != nullptr && kind != AccessKind::Load && range->state == RangeState::ReadOnly) {
        what += ", in " + range->name + ", which is read-only";
    } else if (range != nullptr) {
        what += ", " + std::to_string(address + size - range->address - range->size) + " bytes over the end of " +
                range->name + " (" + std::to_string(range->size) + " bytes)";
    } else {
        const MemoryRange* before = memory.before(address);
        const MemoryRange* after = memory.after(address);
        const uint64_t past = before ? address - before->address - before->size : ~0ull;
        const uint64_t ahead = after ? after->address - address : ~0ull;
        const MemoryRange* near = past <= ahead ? before : after;
        if (address < 4096) {
            what += ", a null pointer";
        } else if (near == nullptr) {
            what += ", where nothing is allocated";
        } else {
            what += ", " + std::to_string(std::min(past, ahead)) + " bytes " +
                    (past <= ahead ? "past the end of " : "before the start of ") + near->name + " (" +
                    std::to_string(near->size) + " bytes" +
                    (near->state == RangeState::Freed ? ", freed)" : ")");
        }
    }
    warp.fault(FaultKind::IllegalAddress, 1u << lane, what, address);
}

const MemoryRange& range_for(Warp& warp, const Request& request, unsigned lane, uint64_t address) {
    const MemoryRange* range = warp.cta().launch().environment.memory->find(address);
    if (range == nullptr || !inside(*range, address, request) || !permits(*range, request.kind) || !given(*range, address, request.size)) {
        fault_global(warp, intent(request), request.kind, lane, address, request.size);
    }
    return *range;
}

// All lanes in one range, as nearly always: nothing is asked lane by lane.
void resolve_in(const MemoryRange& range, const Request& request, LaneMask active, const uint64_t* addresses,
                const Reach& reach, HostAddresses& out) {
    out.place((uint64_t)range.host - range.address, addresses);
    // Copies come from far away in rows that lie apart: they are fetched while the access is counted.
    if (request.work != 0 && active == ALL_LANES) {
        for (unsigned i = 0; i < LANES; i++) __builtin_prefetch(out[i]);
    }
    if (request.kind == AccessKind::Load || range.written == nullptr) return;
    if (reach.pattern != Pattern::Scattered) {
        return mark_written(range.written, reach.low - range.address, reach.high - reach.low + request.size);
    }
    for_active(active, [&](unsigned lane) { mark_written(range.written, addresses[lane] - range.address, request.size); });
}

void resolve_each(Warp& warp, const Request& request, LaneMask active, const uint64_t* addresses, HostAddresses& out) {
    uint64_t* const places = out.place_each();
    for_active(active, [&](unsigned lane) {
        const MemoryRange& range = range_for(warp, request, lane, addresses[lane]);
        places[lane] = (uint64_t)range.host + (addresses[lane] - range.address);
        if (request.kind == AccessKind::Load || range.written == nullptr) return;
        mark_written(range.written, addresses[lane] - range.address, request.size);
    });
}

void resolve_global(Warp& warp, const Request& request, LaneMask active, const uint64_t* addresses, const Reach& reach,
                    HostAddresses& out) {
    WorkerState& worker = warp.cta().worker();
    const MemoryRange* range = worker.last_range;
    if (range == nullptr || !inside(*range, reach.low, request.size)) {
        range = warp.cta().launch().environment.memory->find(reach.low);
        worker.last_range = range;
    }
    const bool at_once = range != nullptr && range->heap == nullptr;
    if (at_once && reach.within(range->address, range->size, request.size) && permits(*range, request.kind)) {
        return resolve_in(*range, request, active, addresses, reach, out);
    }
    resolve_each(warp, request, active, addresses, out);
}

// --- on-chip memory ---

bool fits(uint64_t offset, uint64_t size, uint64_t room) { return size <= room && offset <= room - size; }

void resolve_shared(Warp& warp, const Request& request, LaneMask active, const uint64_t* addresses, const Reach& reach,
                    HostAddresses& out) {
    Cta& cta = warp.cta();
    const uint64_t reserved = RESERVED_SHARED;
    const uint64_t room = cta.shared_bytes() - reserved;
    out.place((uint64_t)cta.shared(), addresses);
    if (reach.within(reserved, room, request.size)) return;
    for_active(active, [&](unsigned lane) {
        if (fits(addresses[lane] - reserved, request.size, room) || in_groups_scratch(cta, addresses[lane], request.size)) return;
        warp.fault(FaultKind::IllegalAddress, 1u << lane,
                   intent(request) + " at shared address " + hex(addresses[lane]) + "; the block has " +
                       std::to_string(room) + " bytes from " + hex(reserved),
                   addresses[lane]);
    });
}

void resolve_cluster(Warp& warp, const Request& request, LaneMask active, const uint64_t* addresses, HostAddresses& out) {
    uint64_t* const places = out.place_each();
    for_active(active, [&](unsigned lane) {
        const std::vector<Cta*>& cluster = warp.cta().cluster();
        const uint64_t rank = addresses[lane] >> RANK_SHIFT;
        const uint64_t offset = addresses[lane] & ((1u << RANK_SHIFT) - 1);
        if (rank >= cluster.size() || offset < RESERVED_SHARED ||
            offset + request.size > cluster[rank]->shared_bytes()) {
            warp.fault(FaultKind::IllegalAddress, 1u << lane,
                       intent(request) + " at shared::cluster address " + hex(addresses[lane]), addresses[lane]);
        }
        places[lane] = (uint64_t)cluster[rank]->shared() + offset;
    });
}

// Null where the thread has no such bytes.
std::byte* private_bytes(Warp& warp, unsigned lane, uint64_t address, uint64_t size) {
    if (address >= LocalStack::START && warp.extensions().has<LocalStack>()) {
        return warp.extensions().get<LocalStack>().find(lane, address, size);
    }
    return fits(address, size, warp.local_bytes()) ? warp.local(lane) + address : nullptr;
}

void resolve_local(Warp& warp, const Request& request, LaneMask active, const uint64_t* addresses, HostAddresses& out) {
    uint64_t* const places = out.place_each();
    for_active(active, [&](unsigned lane) {
        const std::byte* place = private_bytes(warp, lane, addresses[lane], request.size);
        if (place == nullptr) {
            warp.fault(FaultKind::IllegalAddress, 1u << lane,
                       intent(request) + " at local address " + hex(addresses[lane]) + "; the thread has " +
                           std::to_string(warp.local_bytes()) + " bytes, and what alloca gave it",
                       addresses[lane]);
        }
        places[lane] = (uint64_t)place;
    });
    Observer* const observer = warp.cta().worker().observer;
    if (observer != nullptr) {
        observer->local_accessed(warp, {request.space, request.kind, request.order, request.scope, request.size, active, addresses});
    }
}

void resolve_param(Warp& warp, const Request& request, LaneMask active, const uint64_t* addresses, HostAddresses& out) {
    const std::vector<std::byte>& parameters = warp.cta().launch().config.parameters;
    out.place((uint64_t)parameters.data(), addresses);
    for_active(active, [&](unsigned lane) {
        if (request.kind != AccessKind::Load || !fits(addresses[lane], request.size, parameters.size())) {
            warp.fault(FaultKind::IllegalAddress, 1u << lane,
                       intent(request) + " at parameter address " + hex(addresses[lane]) + "; the kernel has " +
                           std::to_string(parameters.size()) + " bytes, to be read only",
                       addresses[lane]);
        }
    });
}

void count_access(Warp& warp, const Request& request, LaneMask active, const uint64_t* addresses, const Reach& reach) {
    Cta& cta = warp.cta();
    Counters& counters = cta.worker().counters;
    const bool shared = request.space == Space::Shared || request.space == Space::SharedCluster;
    if (request.kind == AccessKind::Atomic) {
        (shared ? counters.atomics_shared : counters.atomics_global) += count(active);
    } else if (shared) {
        count_shared(request.kind == AccessKind::Load ? counters.shared_loads : counters.shared_stores, active,
                     addresses, reach, request.size);
    } else if (request.space == Space::Global) {
        const bool load = request.kind == AccessKind::Load;
        count_global(load ? counters.global_loads : counters.global_stores, load ? cta.loaded() : cta.stored(), active,
                     addresses, reach, request.size);
    }
}

}  // namespace

Space space_of(uint64_t address) {
    if (address < SHARED_WINDOW) return Space::Global;
    if (address < LOCAL_WINDOW) return Space::Shared;
    if (address < PARAM_WINDOW) return Space::Local;
    return address < PARAM_WINDOW + WINDOW_BYTES ? Space::Param : Space::Global;
}

void addresses_of(const Warp& warp, Ref base, bool narrow, int64_t offset, uint64_t* addresses) {
    if (narrow) {
        const uint32_t* from = warp.read<uint32_t>(base);
        for (unsigned i = 0; i < LANES; i++) addresses[i] = (uint32_t)(from[i] + (uint32_t)offset);
    } else {
        const uint64_t* from = warp.read<uint64_t>(base);
        for (unsigned i = 0; i < LANES; i++) addresses[i] = from[i] + (uint64_t)offset;
    }
}

void resolve(Warp& warp, const Request& request, LaneMask active, const uint64_t* addresses, HostAddresses& out) {
    const Reach reach = Reach::of(active, addresses, request.size);
    check_alignment(warp, request, active, addresses, reach);
    out.set_pattern(reach.pattern);
    switch (request.space) {
        case Space::Generic:
        case Space::Global:
        case Space::Constant:
            resolve_global(warp, request, active, addresses, reach, out);
            break;
        case Space::Shared:
            resolve_shared(warp, request, active, addresses, reach, out);
            break;
        case Space::SharedCluster:
            resolve_cluster(warp, request, active, addresses, out);
            break;
        case Space::Local:
            return resolve_local(warp, request, active, addresses, out);
        case Space::Param:
            return resolve_param(warp, request, active, addresses, out);
    }
    count_access(warp, request, active, addresses, reach);
    WorkerState& worker = warp.cta().worker();
    if (request.kind == AccessKind::Store) worker.progress++;
    if (worker.observer != nullptr) {
        worker.observer->accessed(warp, {request.space, request.kind, request.order, request.scope, request.size, active,
                                         addresses, request.work, Proxy::Generic, reach.pattern, worker.storing, out.places()});
    }
}

std::byte* resolve_range(Warp& warp, Space space, AccessKind kind, unsigned lane, uint64_t address, uint64_t bytes) {
    Cta& cta = warp.cta();
    const std::string intent = std::string(name(kind)) + " of " + std::to_string(bytes) + " bytes";
    if (space == Space::Shared) {
        const bool fits_behind = address >= RESERVED_SHARED && fits(address, bytes, cta.shared_bytes());
        if (!fits_behind && !in_groups_scratch(cta, address, bytes)) {
            warp.fault(FaultKind::IllegalAddress, 1u << lane, intent + " at shared address " + hex(address), address);
        }
        return cta.shared() + address;
    }
    const MemoryRange* range = cta.launch().environment.memory->find(address);
    if (range == nullptr || !inside(*range, address, bytes) || !permits(*range, kind) || !given(*range, address, bytes)) {
        fault_global(warp, intent, kind, lane, address, bytes);
    }
    if (kind != AccessKind::Load && range->written != nullptr) mark_written(range->written, address - range->address, bytes);
    return range->host + (address - range->address);
}

}  // namespace ridgepoint::emulator
