// Looks on while a kernel runs, one operation at a time: what traces, stops and dumps are made of.
//
// Nobody looks on for free: a launch with steppers runs a copy of its operations in which those looked at call them.
#pragma once

#include <memory>
#include <vector>

#include "core/module.h"
#include "decode/code.h"
#include "exec/op.h"

namespace ridgepoint::emulator {

class Cta;
struct LaunchState;

// Sees every block of a launch, those of several threads at once. It may read everything and must change nothing, but
// may end the kernel by Warp::fault(). Operations without an active lane do not run and are not seen.
class Stepper {
  public:
    virtual ~Stepper() = default;
    virtual void launch_starts(const Code&, const Kernel&) {}
    // Whether it wants to see this operation; it may see others, too. Asked when the launch starts.
    virtual bool looks_at(uint32_t /*pc*/) const { return true; }
    virtual void before(Warp&, LaneMask) {}
    virtual void after(Warp&, LaneMask, Flow) {}
    virtual void faulted(Warp&, LaneMask) {}
    virtual void cta_ends(Cta&) {}
    // Also after a fault.
    virtual void launch_ends(const LaunchState&) {}
};

// The code's operations, with a step in place of each that somebody looks at; it runs what it stands for. Empty where nobody
// looks at any.
std::vector<Op> stepped(const Code& code, const std::vector<std::shared_ptr<Stepper>>& steppers);

}  // namespace ridgepoint::emulator
