// What a hazard detector sees. It changes nothing but may stop the kernel through Warp::fault().
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "exec/op.h"
#include "exec/reach.h"

namespace ridgepoint::emulator {

class Cta;

enum class Space : uint8_t { Generic, Global, Shared, SharedCluster, Local, Constant, Param };
enum class AccessKind : uint8_t { Load, Store, Atomic };
enum class Order : uint8_t { Weak, Volatile, Relaxed, Acquire, Release, AcquireRelease };
enum class Scope : uint8_t { Cta, Cluster, Gpu, System };
// Through which path memory is reached: fences between paths are instructions of their own.
enum class Proxy : uint8_t { Generic, Async };

// Where the bytes of each lane lie in this process. Loops over lanes take a copy, which nothing they write can change.
struct HostPlaces {
    uint64_t origin;
    const uint64_t* offset;
    std::byte* operator[](unsigned lane) const { return reinterpret_cast<std::byte*>(origin + offset[lane]); }
};

// What the lanes of a store are about to write: up to four parts side by side, each from a register of its own.
struct StoredValues {
    const std::byte* part[4];
    unsigned parts;
    uint32_t register_bytes;  // a lane of a register
    uint32_t bytes;           // of it that are stored
    bool same(unsigned a, unsigned b) const {
        for (unsigned i = 0; i < parts; i++) {
            if (std::memcmp(part[i] + a * register_bytes, part[i] + b * register_bytes, bytes) != 0) return false;
        }
        return true;
    }
    // Whether this lane's values are what lies there, side by side.
    bool equals(unsigned lane, const std::byte* there) const {
        for (unsigned i = 0; i < parts; i++) {
            if (std::memcmp(part[i] + lane * register_bytes, there + i * bytes, bytes) != 0) return false;
        }
        return true;
    }
};

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
    uint64_t work = 0;  // what asynchronous work makes it, from 1; 0 for an instruction that does it itself
    Proxy proxy = Proxy::Generic;
    Pattern pattern = Pattern::Scattered;  // of the addresses
    const StoredValues* values = nullptr;  // of a plain store
    HostPlaces places{0, nullptr};         // where the bytes lie in this process, as they are before the access
    bool asynchronous() const { return work != 0; }
};

// Every method is called on the thread that runs the CTA, in execution order. `lanes` are the warp's lanes concerned.
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void cta_starts(Cta&) {}
    virtual void cta_ends(Cta&) {}
    // These lanes end; the CTA may have others.
    virtual void exiting(Warp&, LaneMask /*lanes*/) {}
    // Of memory that others can reach; private memory has events of its own.
    virtual void accessed(Warp&, const Access&) {}
    // Thread-private memory, by addresses in the local window: accesses, bytes that begin (of a call's frame, of an alloca) and hold
    // nothing yet, and arguments and results on their way from one frame to another.
    virtual void local_accessed(Warp&, const Access&) {}
    virtual void local_made(Warp&, LaneMask /*lanes*/, uint64_t /*address*/, uint64_t /*bytes*/) {}
    virtual void local_copied(Warp&, LaneMask /*lanes*/, uint64_t /*to*/, uint64_t /*from*/, uint32_t /*bytes*/) {}
    // Named barriers: all that arrived before a completion happen before all that leave after it.
    // `everyone`: the barrier waits for all threads that live, not for a count of them.
    virtual void barrier_arrived(Warp&, LaneMask /*lanes*/, unsigned /*barrier*/, bool /*everyone*/) {}
    virtual void barrier_left(Warp&, LaneMask /*lanes*/, unsigned /*barrier*/) {}
    // bar.warp.sync and other .sync operations order memory among their lanes.
    virtual void warp_synchronised(Warp&, LaneMask /*lanes*/) {}
    virtual void fenced(Warp&, LaneMask /*lanes*/, Order, Scope) {}

    // Asynchronous work, numbered within its CTA. Its accesses are told when it is issued: they happen at any time from
    // then on, until it has been awaited or the phase of the mbarrier that it signals is over.
    virtual void work_awaited(Warp&, LaneMask /*lanes*/, uint64_t /*work*/) {}
    // Only the source has been read: it may be written again.
    virtual void work_read(Warp&, LaneMask /*lanes*/, uint64_t /*work*/) {}
    // It is over, and about to say so at the mbarrier.
    virtual void work_signals(Cta&, uint64_t /*work*/, uint64_t /*mbarrier*/) {}
    // mbarriers, by their address in the CTA's shared window.
    virtual void mbarrier_arrived(Warp&, LaneMask /*lanes*/, uint64_t /*mbarrier*/) {}
    virtual void mbarrier_completed(Cta&, uint64_t /*mbarrier*/) {}
    // A test found the phase over: what happened before it is visible.
    virtual void mbarrier_passed(Warp&, LaneMask /*lanes*/, uint64_t /*mbarrier*/) {}
    // Accesses by instructions and by asynchronous copies of these lanes are ordered: fence.proxy.async.
    virtual void proxy_fenced(Warp&, LaneMask /*lanes*/) {}
};

}  // namespace ridgepoint::emulator
