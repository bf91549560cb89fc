// Looks on while a kernel runs, one operation at a time: what traces, stops and dumps are made of.
//
// Nobody looks on for free: a launch with steppers runs a copy of its code in which every operation calls them.
#pragma once

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
    virtual void before(Warp&, LaneMask) {}
    virtual void after(Warp&, LaneMask, Flow) {}
    virtual void faulted(Warp&, LaneMask) {}
    virtual void cta_ends(Cta&) {}
    // Also after a fault.
    virtual void launch_ends(const LaunchState&) {}
};

// The same code with steps in place of its operations; they run the operations of the launch's program.
Code stepped(const Code& code);

}  // namespace ridgepoint::emulator
