// A function of the host in a stream's order.
#pragma once

#include "driver/context.h"
#include "driver/operation.h"

namespace ridgepoint::emulator::driver {

class HostCall : public Operation {
  public:
    HostCall(CUhostFn function, void* data) : function_(function), data_(data) {}

    void run(Turn&) const override { function_(data_); }
    CUgraphNodeType type() const override { return CU_GRAPH_NODE_TYPE_HOST; }

  private:
    const CUhostFn function_;
    void* const data_;
};

// As cuStreamAddCallback has it: told whether the context lives, and called even if it does not.
class Callback : public Operation {
  public:
    Callback(CUstreamCallback function, CUstream stream, void* data)
        : function_(function), stream_(stream), data_(data) {}

    void run(Turn& turn) const override { function_(stream_, turn.context.health(), data_); }
    CUgraphNodeType type() const override { return CU_GRAPH_NODE_TYPE_HOST; }
    bool runs_after_fault() const override { return true; }

  private:
    const CUstreamCallback function_;
    const CUstream stream_;
    void* const data_;
};

}  // namespace ridgepoint::emulator::driver
