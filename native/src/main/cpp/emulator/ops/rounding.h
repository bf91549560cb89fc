// Directed rounding of f32 and f64 arithmetic: the processor's own, switched around an operation. Only that of the
// vector units: <cfenv> would switch the x87 too, which costs more than the operation.
#pragma once

#include <immintrin.h>

#include <atomic>

#include "decode/decoder.h"

namespace ridgepoint::emulator {

// The registers of a warp are memory, so no compiler moves work on them across the fence.
inline void round_as(unsigned mode) {
    std::atomic_signal_fence(std::memory_order_seq_cst);
    _MM_SET_ROUNDING_MODE(mode);
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

template <Exec EXEC, unsigned MODE>
__attribute__((noinline)) Flow under_mode(Warp& warp, const Op& op, LaneMask active) {
    round_as(MODE);
    const Flow flow = EXEC(warp, op, active);
    round_as(_MM_ROUND_NEAREST);
    return flow;
}

template <Exec EXEC>
Exec rounded(const Decoder& d, Rounding rounding) {
    switch (rounding) {
        case Rounding::Nearest: return EXEC;
        case Rounding::Zero: return under_mode<EXEC, _MM_ROUND_TOWARD_ZERO>;
        case Rounding::Down: return under_mode<EXEC, _MM_ROUND_DOWN>;
        case Rounding::Up: return under_mode<EXEC, _MM_ROUND_UP>;
        default: d.refuse("this rounding is not supported here");
    }
}

}  // namespace ridgepoint::emulator
