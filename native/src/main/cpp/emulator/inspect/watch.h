// Whether a warp is the one looked at, and whether it stands where it was to be awaited.
#pragma once

#include <string>

#include "inspect/inspect.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "exec/stepper.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {

bool is_block(const Watched& watched, const Cta& cta);
inline bool is_warp(const Watched& watched, const Warp& warp) {
    return warp.index() == watched.warp && is_block(watched, warp.cta());
}
// "block (0, 0, 0), warp 3"
std::string text(const Watched& watched);
std::string text(Dim3 at);

// The symbols of the function that the running lanes are in, and of the instruction they run.
const FunctionSymbols& symbols_of(const Warp& warp);
const InstructionSymbols& instruction_of(const Warp& warp);

// Counts arrivals. Only the thread that runs the watched block changes it.
class Arrivals {
  public:
    Arrivals(const Watched& watched, const Arrival& awaited) : watched_(watched), awaited_(awaited) {}
    // To be asked before every operation; true once.
    bool now(const Warp& warp);
    // "block (0, 0, 0), warp 3 came to line 12 twice ..." if the moment never came; empty if it did.
    std::string missed(const LaunchState& launch) const;

  private:
    const Watched watched_;
    const Arrival awaited_;
    uint64_t seen_ = 0;
};

}  // namespace ridgepoint::emulator
