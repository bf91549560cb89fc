// Fences between instructions and asynchronous copies, and what launches say to each other. Memory is consistent here
// without any of them: they matter to observers.
#include "decode/opcode.h"
#include "decode/decoder.h"
#include "exec/cta.h"
#include "exec/launch_state.h"
#include "exec/observer.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {
namespace {

Flow proxy_fence(Warp& warp, const Op&, LaneMask active) {
    if (Observer* observer = warp.cta().worker().observer) observer->proxy_fenced(warp, active);
    return Flow::Next;
}

// Inits of mbarriers become visible to the cluster: as a release does.
Flow release_to_cluster(Warp& warp, const Op&, LaneMask active) {
    if (Observer* observer = warp.cta().worker().observer) observer->fenced(warp, active, Order::Release, Scope::Cluster);
    return Flow::Next;
}

Flow nothing(Warp&, const Op&, LaneMask) { return Flow::Next; }

void decode_proxy(Decoder& d) {
    const bool copies = d.take("async");
    if (!copies && !d.take("alias")) d.refuse("comes with the Hopper instructions");
    for (const char* space : {"global", "shared::cta", "shared::cluster"}) d.take(space);
    d.expect_operands(0);
    d.emit(InstructionClass::Fence, copies ? proxy_fence : nothing, {});
}

void decode_mbarrier_init(Decoder& d) {
    d.require("release");
    d.require("cluster");
    d.expect_operands(0);
    d.emit(InstructionClass::Fence, release_to_cluster, {});
}

// Launches run one after the other: the one before is over, and the next may start whenever it likes.
void decode_grid_dependency(Decoder& d) {
    if (!d.take("wait") && !d.take("launch_dependents")) d.refuse("needs .wait or .launch_dependents");
    d.expect_operands(0);
    d.emit(InstructionClass::Control, nothing, {});
}

const Opcode fence_proxy("fence.proxy", decode_proxy);
const Opcode membar_proxy("membar.proxy", decode_proxy);  // its old name
const Opcode fence_mbarrier_init("fence.mbarrier_init", decode_mbarrier_init);
const Opcode griddepcontrol("griddepcontrol", decode_grid_dependency);

}  // namespace
}  // namespace ridgepoint::emulator
