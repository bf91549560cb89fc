#include "exec/stepper.h"

#include <algorithm>

#include "exec/cta.h"
#include "exec/launch_state.h"

namespace ridgepoint::emulator {
namespace {

Flow step(Warp& warp, const Op&, LaneMask active) {
    const LaunchState& launch = warp.cta().launch();
    const auto& steppers = launch.environment.steppers;
    const Op& op = launch.code.ops[warp.pc()];
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

std::vector<Op> stepped(const Code& code, const std::vector<std::shared_ptr<Stepper>>& steppers) {
    std::vector<Op> ops;
    for (uint32_t pc = 0; pc < code.ops.size(); pc++) {
        if (std::none_of(steppers.begin(), steppers.end(), [&](const auto& stepper) { return stepper->looks_at(pc); })) continue;
        if (ops.empty()) ops = code.ops;
        ops[pc].exec = step;
    }
    return ops;
}

}  // namespace ridgepoint::emulator
