// Special registers: who a thread is, and what time it is.
#include <memory>
#include <vector>

#include "decode/special.h"
#include "exec/cta.h"
#include "exec/lanes.h"
#include "exec/launch_state.h"

namespace ridgepoint::emulator {
namespace {

enum Axis : uint64_t { X, Y, Z };

uint32_t part(Dim3 d, uint64_t axis) { return axis == X ? d.x : axis == Y ? d.y : d.z; }

template <class T>
Flow fill(Warp& warp, const Op& op, LaneMask active, T value) {
    each_lane(warp.write<T>(op.operand[0]), active, [=](unsigned) { return value; });
    return Flow::Next;
}

Flow tid(Warp& warp, const Op& op, LaneMask active) {
    const Dim3 block = warp.cta().launch().config.block;
    Dim3 at = warp.thread(0);
    if (at.x + LANES <= block.x) {
        // The whole warp lies in one row of the block.
        const uint32_t first = part(at, op.immediate), step = op.immediate == X ? 1 : 0;
        each_lane(warp.write<uint32_t>(op.operand[0]), active, [=](unsigned lane) { return first + lane * step; });
        return Flow::Next;
    }
    uint32_t position[LANES];
    for (unsigned lane = 0; lane < LANES; lane++) {
        position[lane] = part(at, op.immediate);
        if (++at.x < block.x) continue;
        at.x = 0;
        if (++at.y < block.y) continue;
        at.y = 0;
        at.z++;
    }
    each_lane(warp.write<uint32_t>(op.operand[0]), active, [&](unsigned lane) { return position[lane]; });
    return Flow::Next;
}

Flow ntid(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, part(warp.cta().launch().config.block, op.immediate));
}
Flow ctaid(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, part(warp.cta().position(), op.immediate));
}
Flow nctaid(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, part(warp.cta().launch().config.grid, op.immediate));
}

Flow laneid(Warp& warp, const Op& op, LaneMask active) {
    each_lane(warp.write<uint32_t>(op.operand[0]), active, [](unsigned i) { return (uint32_t)i; });
    return Flow::Next;
}

// Lanes below, at, or above one's own, by the shift that makes the mask from that of "below".
enum LaneSet : uint64_t { EQUAL, BELOW, UP_TO, ABOVE, FROM };
Flow lanemask(Warp& warp, const Op& op, LaneMask active) {
    const uint64_t set = op.immediate;
    each_lane(warp.write<uint32_t>(op.operand[0]), active, [=](unsigned i) {
        const uint32_t own = 1u << i, below = own - 1;
        return set == EQUAL   ? own
               : set == BELOW ? below
               : set == UP_TO ? (below | own)
               : set == ABOVE ? ~(below | own)
                              : ~below;
    });
    return Flow::Next;
}

Flow warpid(Warp& warp, const Op& op, LaneMask active) { return fill(warp, op, active, warp.index()); }
Flow nwarpid(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, (uint32_t)(2048 / LANES));
}
Flow smid(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, (uint32_t)(warp.cta().rank() % warp.cta().launch().environment.device.processors));
}
Flow nsmid(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, warp.cta().launch().environment.device.processors);
}
// Launches have no number of their own here.
Flow gridid(Warp& warp, const Op& op, LaneMask active) { return fill<uint64_t>(warp, op, active, 1); }

// Time is the number of warp-instructions this thread of the emulator has run: it advances, and is no time of a GPU.
uint64_t now(Warp& warp) { return warp.cta().worker().clock + warp.executed(); }
Flow clock32(Warp& warp, const Op& op, LaneMask active) { return fill(warp, op, active, (uint32_t)now(warp)); }
Flow clock_high(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, (uint32_t)(now(warp) >> 32));
}
Flow clock64(Warp& warp, const Op& op, LaneMask active) { return fill(warp, op, active, now(warp)); }

Flow dynamic_smem(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, warp.cta().launch().config.dynamic_shared);
}
Flow total_smem(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, warp.cta().shared_bytes() - RESERVED_SHARED);
}

// Cooperative groups find the grid's workspace through %envreg1 (high) and %envreg2 (low).
Flow envreg(Warp& warp, const Op& op, LaneMask active) {
    const uint64_t workspace = warp.cta().launch().config.grid_workspace;
    const uint32_t half = op.immediate == 1 ? (uint32_t)(workspace >> 32) : (uint32_t)workspace;
    return fill(warp, op, active, op.immediate == 0 ? 0 : half);
}

Flow constant(Warp& warp, const Op& op, LaneMask active) { return fill(warp, op, active, (uint32_t)op.immediate); }

// Of performance monitors, of which there are none, and what no launch here sets.
Flow zero(Warp& warp, const Op& op, LaneMask active) { return fill<uint32_t>(warp, op, active, 0); }
Flow zero64(Warp& warp, const Op& op, LaneMask active) { return fill<uint64_t>(warp, op, active, 0); }

// --- clusters ---

Dim3 cluster_shape(Warp& warp) { return warp.cta().launch().cluster; }
Dim3 divided(Dim3 a, Dim3 b) { return {a.x / b.x, a.y / b.y, a.z / b.z}; }
Dim3 in_cluster(Warp& warp) {
    const Dim3 at = warp.cta().position(), shape = cluster_shape(warp);
    return {at.x % shape.x, at.y % shape.y, at.z % shape.z};
}

Flow clusterid(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, part(divided(warp.cta().position(), cluster_shape(warp)), op.immediate));
}
Flow nclusterid(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, part(divided(warp.cta().launch().config.grid, cluster_shape(warp)), op.immediate));
}
Flow cluster_ctaid(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, part(in_cluster(warp), op.immediate));
}
Flow cluster_nctaid(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, part(cluster_shape(warp), op.immediate));
}
Flow cluster_ctarank(Warp& warp, const Op& op, LaneMask active) {
    const Dim3 at = in_cluster(warp), shape = cluster_shape(warp);
    return fill(warp, op, active, at.x + shape.x * (at.y + shape.y * at.z));
}
Flow cluster_nctarank(Warp& warp, const Op& op, LaneMask active) {
    return fill(warp, op, active, (uint32_t)cluster_shape(warp).count());
}

// name.x, name.y, name.z
struct ThreeAxes {
    ThreeAxes(const std::string& name, Exec exec)
        : x(name + ".x", Type::U32, exec, X), y(name + ".y", Type::U32, exec, Y), z(name + ".z", Type::U32, exec, Z) {}
    SpecialRegister x, y, z;
};

const ThreeAxes tid_("tid", tid);
const ThreeAxes ntid_("ntid", ntid);
const ThreeAxes ctaid_("ctaid", ctaid);
const ThreeAxes nctaid_("nctaid", nctaid);
const ThreeAxes clusterid_("clusterid", clusterid);
const ThreeAxes nclusterid_("nclusterid", nclusterid);
const ThreeAxes cluster_ctaid_("cluster_ctaid", cluster_ctaid);
const ThreeAxes cluster_nctaid_("cluster_nctaid", cluster_nctaid);
const SpecialRegister cluster_ctarank_("cluster_ctarank", Type::U32, cluster_ctarank);
const SpecialRegister cluster_nctarank_("cluster_nctarank", Type::U32, cluster_nctarank);
const SpecialRegister laneid_("laneid", Type::U32, laneid);
const SpecialRegister warpid_("warpid", Type::U32, warpid);
const SpecialRegister nwarpid_("nwarpid", Type::U32, nwarpid);
const SpecialRegister smid_("smid", Type::U32, smid);
const SpecialRegister nsmid_("nsmid", Type::U32, nsmid);
const SpecialRegister gridid_("gridid", Type::U64, gridid);
const SpecialRegister lanemask_eq("lanemask_eq", Type::U32, lanemask, EQUAL);
const SpecialRegister lanemask_lt("lanemask_lt", Type::U32, lanemask, BELOW);
const SpecialRegister lanemask_le("lanemask_le", Type::U32, lanemask, UP_TO);
const SpecialRegister lanemask_gt("lanemask_gt", Type::U32, lanemask, ABOVE);
const SpecialRegister lanemask_ge("lanemask_ge", Type::U32, lanemask, FROM);
const SpecialRegister clock_("clock", Type::U32, clock32);
const SpecialRegister clock_hi("clock_hi", Type::U32, clock_high);
const SpecialRegister clock64_("clock64", Type::U64, clock64);
const SpecialRegister globaltimer("globaltimer", Type::U64, clock64);
const SpecialRegister globaltimer_lo("globaltimer_lo", Type::U32, clock32);
const SpecialRegister globaltimer_hi("globaltimer_hi", Type::U32, clock_high);
const SpecialRegister dynamic_smem_size("dynamic_smem_size", Type::U32, dynamic_smem);
const SpecialRegister total_smem_size("total_smem_size", Type::U32, total_smem);
const SpecialRegister reserved_smem_offset_begin("reserved_smem_offset_begin", Type::U32, constant, 0);
const SpecialRegister reserved_smem_offset_end("reserved_smem_offset_end", Type::U32, constant, RESERVED_SHARED);
const SpecialRegister reserved_smem_offset_cap("reserved_smem_offset_cap", Type::U32, constant, RESERVED_SHARED);
const SpecialRegister reserved_smem_offset_0("reserved_smem_offset_0", Type::U32, constant, 0);
const SpecialRegister reserved_smem_offset_1("reserved_smem_offset_1", Type::U32, constant, LIBRARY_SHARED);
const SpecialRegister envreg1("envreg1", Type::U32, envreg, 1);
const SpecialRegister envreg2("envreg2", Type::U32, envreg, 2);
const SpecialRegister envreg0("envreg0", Type::U32, envreg, 0);

// %pm0 to %pm7, the same with _64, and %envreg3 to %envreg31.
struct Zeros {
    Zeros() {
        for (int i = 0; i < 8; i++) {
            registers.push_back(std::make_unique<SpecialRegister>("pm" + std::to_string(i), Type::U32, zero));
            registers.push_back(std::make_unique<SpecialRegister>("pm" + std::to_string(i) + "_64", Type::U64, zero64));
        }
        for (int i = 3; i < 32; i++) registers.push_back(std::make_unique<SpecialRegister>("envreg" + std::to_string(i), Type::U32, zero));
    }
    std::vector<std::unique_ptr<SpecialRegister>> registers;
};
const Zeros zeros;
const SpecialRegister current_graph_exec("current_graph_exec", Type::U64, zero64);
const SpecialRegister aggr_smem_size("aggr_smem_size", Type::U32, total_smem);

}  // namespace
}  // namespace ridgepoint::emulator
