// A piece of work for a stream or a node of a graph: immutable, all it needs copied into it, run any number of times.
#pragma once

#include <cstdint>

#include "driver/abi/types.h"

namespace ridgepoint::emulator::driver {

class Context;

// One execution of an operation.
struct Turn {
    Context& context;
    uint64_t launch;  // the number of the next kernel launched; an operation that launches counts it up
};

class Operation {
  public:
    virtual ~Operation() = default;
    // On a stream's thread. Failures go to the context; anything thrown counts as CUDA_ERROR_UNKNOWN.
    virtual void run(Turn& turn) const = 0;
    virtual CUgraphNodeType type() const = 0;
    // How many kernels run() launches.
    virtual uint64_t launches() const { return 0; }
    // Whether it runs even where an earlier fault has killed the context.
    virtual bool runs_after_fault() const { return false; }
};

}  // namespace ridgepoint::emulator::driver
