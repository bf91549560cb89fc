// Spellings that no assembler takes, and targets that lack an instruction: refused when the module loads, by line and opcode.
#include "device.h"
#include "harness.h"

using namespace testing;

namespace {

std::string with_target(const std::string& instruction, const std::string& target) {
    std::string text = kernel_around(instruction + "\n", "");
    const size_t at = text.find("sm_90a");
    return text.replace(at, 6, target);
}

// What the loader says, or nothing if it takes the module.
std::string refusal(const std::string& instruction, const std::string& target = "sm_90a") {
    LoadOptions options;
    if (target == "sm_120") options.architecture = 120;
    try {
        Module::load(with_target(instruction, target), options);
        return "";
    } catch (const LoadError& error) {
        return error.what();
    }
}

void taken(const std::string& instruction, const std::string& target = "sm_90a") {
    const std::string said = refusal(instruction, target);
    if (!said.empty()) harness::report(__FILE__, __LINE__, instruction + " on " + target + ": " + said);
}

void refused(const std::string& instruction, const std::string& because, const std::string& target = "sm_90a") {
    const std::string said = refusal(instruction, target);
    if (said.empty()) return harness::report(__FILE__, __LINE__, instruction + " is taken on " + target);
    CHECK_CONTAINS(said, because);
    CHECK_CONTAINS(said, "line 19, column 1: " + instruction.substr(0, instruction.find_first_of(" ;")) + ": ");
}

const std::string TOGETHER = "these modifiers do not go together";

}  // namespace

TEST("modifiers that do not go together") {
    refused("add.sat.bf16 %rs1, %rs2, %rs3;", TOGETHER);
    refused("add.relu.f16 %rs1, %rs2, %rs3;", TOGETHER);
    refused("fma.f16 %rs1, %rs2, %rs3, %rs4;", TOGETHER);
    refused("and.u32 %r1, %r2, %r3;", TOGETHER);
    refused("setp.hi.s32 %p1, %r1, %r2;", TOGETHER);
    refused("set.eq.u16.s32 %rs1, %r2, %r3;", TOGETHER);
    refused("slct.ftz.u32.s32 %r1, %r2, %r3, %r4;", TOGETHER);
    refused("ld.release.gpu.global.u32 %r1, [%rd1];", TOGETHER);
    refused("ld.relaxed.global.u32 %r1, [%rd1];", TOGETHER);
    refused("ld.shared.L1::evict_last.u32 %r1, [%rd1];", TOGETHER);
    refused("ld.nc.u32 %r1, [%rd1];", TOGETHER);
    refused("st.acquire.gpu.global.u32 [%rd1], %r1;", TOGETHER);
    refused("st.const.u32 [%rd1], %r1;", TOGETHER);
    refused("atom.local.add.u32 %r1, [%rd1], %r2;", TOGETHER);
    refused("atom.add.f16 %rs1, [%rd1], %rs2;", TOGETHER);
    refused("red.acquire.gpu.add.u32 [%rd1], %r2;", TOGETHER);
    refused("red.exch.b32 [%rd1], %r2;", TOGETHER);
    refused("fence;", TOGETHER);
    refused("membar.gpu;", TOGETHER);
    refused("mbarrier.arrive.noComplete.relaxed.cta.shared.b64 %rd1, [%r1], 1;", TOGETHER);
    refused("wmma.load.a.sync.aligned.row.m16n16k16.local.f16 {%r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8}, [%rd1];", TOGETHER);
}

TEST("modifiers that do, in any order") {
    taken("add.rn.ftz.sat.f32 %f1, %f2, %f3;");
    taken("add.sat.ftz.rn.f32 %f1, %f2, %f3;");
    taken("ld.global.nc.L1::no_allocate.L2::128B.v4.f32 {%f1, %f2, %f3, %f4}, [%rd1];");
    taken("ld.relaxed.global.gpu.L1::evict_last.u32 %r1, [%rd1];");
    taken("atom.add.acq_rel.gpu.global.u32 %r1, [%rd1], %r2;");
    taken("atom.relaxed.gpu.global.add.L2::cache_hint.f32 %f1, [%rd1], %f2, %rd3;");
    taken("set.ltu.ftz.f16x2.f16x2 %r1, %r2, %r3;");
    taken("fence.acq_rel.cluster;");
}

TEST("instructions that a target lacks") {
    const struct {
        const char* instruction;
        const char* since;
    } LATER[] = {{"add.u16x2 %r1, %r2, %r3;", "sm_90"},
                 {"mul.bf16 %rs1, %rs2, %rs3;", "sm_90"},
                 {"atom.add.noftz.bf16x2 %r1, [%rd1], %r2;", "sm_90"},
                 {"ld.shared::cluster.u32 %r1, [%rd1];", "sm_90"},
                 {"fence.cluster;", "sm_90"},
                 {"elect.sync _|%p1, 0xffffffff;", "sm_90"},
                 {"griddepcontrol.wait;", "sm_90"},
                 {"cp.async.bulk.commit_group;", "sm_90"},
                 {"mbarrier.try_wait.shared.b64 %p1, [%r1], %rd1;", "sm_90"},
                 {"min.NaN.xorsign.abs.f16 %rs1, %rs2, %rs3;", "sm_86"},
                 {"cvt.rn.satfinite.e4m3x2.f32 %rs1, %f2, %f3;", "sm_89"}};
    for (const auto& [instruction, since] : LATER) {
        refused(instruction, std::string("needs .target ") + since, "sm_80");
        taken(instruction, "sm_90a");
        taken(instruction, "sm_120");
    }
    refused("ld.global.v8.f32 {%f1, %f2, %f3, %f4, %f5, %f6, %f7, %f8}, [%rd1];", "sm_100", "sm_90a");
    taken("ld.global.v8.f32 {%f1, %f2, %f3, %f4, %f5, %f6, %f7, %f8}, [%rd1];", "sm_120");
}

TEST("operands that are out of range") {
    refused("bar.sync 16;", "0 to 15");
    refused("barrier.sync 1, 33;", "multiple of 32");
    refused("bar.arrive 1, 0;", "needs a thread count");
    refused("bar.sync.aligned 0;", "aligned in any case");
    refused("match.any.sync.b32 %r1|%p1, %r2, %r3;", "no predicate");
    refused("discard.global.L2 [%rd1], 64;", "128 bytes");
    refused("mov.f64 %fd1, {%f1, %f2};", "have parts");
}

// What is not here is refused by name, never run as something else.
TEST("classes that are not here") {
    for (const char* instruction : {"vadd.u32.u32.u32 %r1, %r2, %r3;", "vmax4.u32.u32.u32.add %r1, %r2, %r3, %r4;",
                                    "wgmma.fence.sync.aligned;", "setmaxnreg.inc.sync.aligned.u32 104;", "barrier.cluster.arrive;",
                                    "mapa.u64 %rd1, %rd2, %r1;", "getctarank.u32 %r1, %rd1;", "fma.rn.oob.f16 %rs1, %rs2, %rs3, %rs4;",
                                    "cp.reduce.async.bulk.global.shared::cta.bulk_group.add.u32 [%rd1], [%r1], %r2;",
                                    "tex.1d.v4.f32.s32 {%f1, %f2, %f3, %f4}, [%rd1, {%r1}];",
                                    "mma.sp.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%f1, %f2, %f3, %f4}, {%r1, %r2}, {%r3, %r4}, {%f1, %f2, %f3, %f4}, %r5, 0x0;",
                                    "multimem.red.relaxed.sys.global.add.u32 [%rd1], %r1;", "istypep.texref %p1, %rd1;"}) {
        refused(instruction, "");
    }
}
