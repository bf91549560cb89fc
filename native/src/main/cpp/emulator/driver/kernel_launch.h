// One launch of a kernel: configuration and parameters copied, checked when made.
#pragma once

#include <memory>

#include "core/launch.h"
#include "driver/module.h"
#include "driver/operation.h"
#include "driver/options.h"

namespace ridgepoint::emulator::driver {

// How a launch is asked for, as the driver's functions take it.
struct LaunchRequest {
    Dim3 grid;
    Dim3 block;
    Dim3 cluster{1, 1, 1};
    unsigned dynamic_shared = 0;
    bool cooperative = false;
    void** parameters = nullptr;
    void** extra = nullptr;
};

class KernelLaunch : public Operation {
  public:
    // Copies the parameters. Throws DriverError with the reason if it cannot be launched.
    KernelLaunch(std::shared_ptr<const Function> function, const LaunchRequest& request);

    void run(Turn& turn) const override;
    CUgraphNodeType type() const override { return CU_GRAPH_NODE_TYPE_KERNEL; }
    uint64_t launches() const override { return 1; }

  private:
    void check(const LaunchRequest& request) const;
    Environment environment(Context& context, uint64_t launch_number) const;

    const std::shared_ptr<const Function> function_;
    const Options options_;
    LaunchConfig config_;
};

}  // namespace ridgepoint::emulator::driver
