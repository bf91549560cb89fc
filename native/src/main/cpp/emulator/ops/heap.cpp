// malloc and free as device code calls them; new and delete are made of them.
#include <cstdio>
#include <string>

#include "core/heap.h"
#include "decode/special.h"
#include "exec/cta.h"
#include "exec/lanes.h"
#include "exec/launch_state.h"
#include "exec/written.h"
#include "ops/system_call.h"

namespace ridgepoint::emulator {
namespace {

Heap& heap_of(Warp& warp) {
    Heap* const heap = warp.cta().launch().environment.heap.get();
    if (heap == nullptr) warp.fault(FaultKind::LaunchFailed, ALL_LANES, "malloc and free where no heap was given to the launch");
    return *heap;
}

// Whatever one thread did before it freed a piece is over before another is given its bytes.
void meet(Warp& warp, const Heap& heap, LaneMask active) {
    uint64_t addresses[LANES];
    for (uint64_t& address : addresses) address = heap.meeting();
    HostAddresses host;
    resolve(warp, {Space::Global, AccessKind::Atomic, 4, Order::AcquireRelease, Scope::Gpu}, active, addresses, host);
}

void forget_what_was_written(Warp& warp, uint64_t address, uint64_t bytes) {
    const MemoryRange* range = warp.cta().launch().environment.memory->find(address);
    if (range->written != nullptr) clear_written(range->written, address - range->address, bytes);
}

// void* malloc(size_t bytes)
Flow allocate(Warp& warp, const Op& op, LaneMask active) {
    Heap& heap = heap_of(warp);
    meet(warp, heap, active);
    for_active(active, [&](unsigned lane) {
        const uint64_t bytes = argument(warp, call_site(op), 0, lane);
        const uint64_t address = bytes == 0 ? 0 : heap.allocate(bytes);
        if (address != 0) forget_what_was_written(warp, address, bytes);
        set_result(warp, call_site(op), lane, address);
    });
    return Flow::Next;
}

// void free(void* address)
Flow release(Warp& warp, const Op& op, LaneMask active) {
    Heap& heap = heap_of(warp);
    meet(warp, heap, active);
    for_active(active, [&](unsigned lane) {
        const uint64_t address = argument(warp, call_site(op), 0, lane);
        if (address == 0 || heap.free(address)) return;
        char text[24];
        std::snprintf(text, sizeof text, "0x%llx", (unsigned long long)address);
        warp.fault(FaultKind::LaunchFailed, 1u << lane, std::string("free of ") + text + ", where nothing begins that malloc gave and that is not freed yet", address);
    });
    return Flow::Next;
}

const SystemFunction malloc_("malloc", allocate, {8}, {8});
const SystemFunction free_("free", release, {8}, {});

}  // namespace
}  // namespace ridgepoint::emulator
