#include "exec/moves.h"

#include "exec/cta.h"
#include "exec/lanes.h"
#include "exec/launch_state.h"

namespace ridgepoint::emulator {
namespace {

struct Convert {
    template <class T>
    T operator()(T value) const {
        return value;
    }
};

template <class T>
Flow fill(Warp& warp, const Op& op, LaneMask active, uint64_t value) {
    each_lane(warp.write<T>(op.operand[0]), active, [=](unsigned) { return (T)value; });
    return Flow::Next;
}

}  // namespace

Exec narrowing(unsigned from_bits, unsigned to_bits) {
    if (from_bits == 64) return to_bits == 32 ? elementwise<Convert, uint32_t, uint64_t> : elementwise<Convert, uint16_t, uint64_t>;
    return elementwise<Convert, uint16_t, uint32_t>;
}

Exec extension(unsigned from_bits, unsigned to_bits, bool with_sign) {
    if (from_bits == 32) return with_sign ? elementwise<Convert, int64_t, int32_t> : elementwise<Convert, uint64_t, uint32_t>;
    if (to_bits == 32) return with_sign ? elementwise<Convert, int32_t, int16_t> : elementwise<Convert, uint32_t, uint16_t>;
    return with_sign ? elementwise<Convert, int64_t, int16_t> : elementwise<Convert, uint64_t, uint16_t>;
}

Flow invert_predicate(Warp& warp, const Op& op, LaneMask active) {
    warp.set_predicate(op.operand[0], ~warp.predicate(op.operand[1]), active);
    return Flow::Next;
}

Flow frame_address64(Warp& warp, const Op& op, LaneMask active) {
    return fill<uint64_t>(warp, op, active, warp.frame().locals + op.immediate);
}

Flow frame_address32(Warp& warp, const Op& op, LaneMask active) {
    return fill<uint32_t>(warp, op, active, warp.frame().locals + op.immediate);
}

Flow dynamic_shared64(Warp& warp, const Op& op, LaneMask active) {
    return fill<uint64_t>(warp, op, active, warp.cta().launch().dynamic_shared + op.immediate);
}

Flow dynamic_shared32(Warp& warp, const Op& op, LaneMask active) {
    return fill<uint32_t>(warp, op, active, warp.cta().launch().dynamic_shared + op.immediate);
}

}  // namespace ridgepoint::emulator
