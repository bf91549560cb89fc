// Directed rounding of f32 and f64 arithmetic: the processor's own, switched around an operation.
#pragma once

#include <cfenv>

#include "decode/decoder.h"

namespace ridgepoint::emulator {

// Runs EXEC under a rounding mode. The registers it reads and writes are memory that the calls may touch, so no
// compiler moves its work across them.
template <Exec EXEC, int MODE>
__attribute__((noinline)) Flow under_mode(Warp& warp, const Op& op, LaneMask active) {
    std::fesetround(MODE);
    const Flow flow = EXEC(warp, op, active);
    std::fesetround(FE_TONEAREST);
    return flow;
}

template <Exec EXEC>
Exec rounded(const Decoder& d, Rounding rounding) {
    switch (rounding) {
        case Rounding::Nearest: return EXEC;
        case Rounding::Zero: return under_mode<EXEC, FE_TOWARDZERO>;
        case Rounding::Down: return under_mode<EXEC, FE_DOWNWARD>;
        case Rounding::Up: return under_mode<EXEC, FE_UPWARD>;
        default: d.refuse("this rounding is not supported here");
    }
}

}  // namespace ridgepoint::emulator
