#include "exec/stepper.h"

#include "exec/cta.h"
#include "exec/launch_state.h"

namespace ridgepoint::emulator {
namespace {

Flow step(Warp& warp, const Op&, LaneMask active) {
    const LaunchState& launch = warp.cta().launch();
    const auto& steppers = launch.environment.steppers;
    const Op& op = launch.program.module().code().ops[warp.pc()];
    for (const auto& stepper : steppers) stepper->before(warp, active);
    try {
        const Flow flow = op.exec(warp, op, active);
        for (const auto& stepper : steppers) stepper->after(warp, active, flow);
        return flow;
    } catch (const Fault&) {
        for (const auto& stepper : steppers) stepper->faulted(warp, active);
        throw;
    }
}

}  // namespace

Code stepped(const Code& code) {
    Code copy = code;
    for (Op& op : copy.ops) op.exec = step;
    return copy;
}

}  // namespace ridgepoint::emulator
