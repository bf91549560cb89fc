// Operations that only move operands into place; decoding inserts them.
#pragma once

#include "exec/op.h"

namespace ridgepoint::emulator {

// operand 0 = operand 1 cut to fewer bits, or extended to more. Bits are 16, 32 or 64.
Exec narrowing(unsigned from_bits, unsigned to_bits);
Exec extension(unsigned from_bits, unsigned to_bits, bool with_sign);
// operand 0 = not operand 1, both predicates.
Flow invert_predicate(Warp& warp, const Op& op, LaneMask active);
// operand 0 (64 or 32 bits) = address in thread-private memory of offset `immediate` in this frame.
Flow frame_address64(Warp& warp, const Op& op, LaneMask active);
Flow frame_address32(Warp& warp, const Op& op, LaneMask active);
// operand 0 = where dynamic shared memory starts, plus `immediate`.
Flow dynamic_shared64(Warp& warp, const Op& op, LaneMask active);
Flow dynamic_shared32(Warp& warp, const Op& op, LaneMask active);

}  // namespace ridgepoint::emulator
