// What a hazard detector sees. It changes nothing but may stop the kernel through Warp::fault().
#pragma once

#include <cstdint>

#include "exec/op.h"

namespace ridgepoint::emulator {

class Cta;

enum class Space : uint8_t { Generic, Global, Shared, SharedCluster, Local, Constant, Param };
enum class AccessKind : uint8_t { Load, Store, Atomic };
enum class Order : uint8_t { Weak, Volatile, Relaxed, Acquire, Release, AcquireRelease };
enum class Scope : uint8_t { Cta, Cluster, Gpu, System };

// One checked access: `size` bytes by each of `lanes`. Never generic: the space is the one it landed in. Shared
// addresses are offsets in the CTA's window, global and constant ones device addresses.
struct Access {
    Space space;
    AccessKind kind;
    Order order;
    Scope scope;
    uint32_t size;
    LaneMask lanes;
    const uint64_t* addresses;  // 32 of them; only those of `lanes` mean anything
    bool asynchronous = false;  // made on behalf of an instruction that has already retired
};

// Every method is called on the thread that runs the CTA, in execution order. `lanes` are the warp's lanes concerned.
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void cta_starts(Cta&) {}
    virtual void cta_ends(Cta&) {}
    virtual void accessed(Warp&, const Access&) {}
    // Named barriers: all that arrived before a completion happen before all that leave after it.
    virtual void barrier_arrived(Warp&, LaneMask /*lanes*/, unsigned /*barrier*/) {}
    virtual void barrier_left(Warp&, LaneMask /*lanes*/, unsigned /*barrier*/) {}
    // bar.warp.sync and other .sync operations order memory among their lanes.
    virtual void warp_synchronised(Warp&, LaneMask /*lanes*/) {}
    virtual void fenced(Warp&, LaneMask /*lanes*/, Order, Scope) {}
};

}  // namespace ridgepoint::emulator
