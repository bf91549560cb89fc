// alloca, stacksave and stackrestore: each thread has what it asked for, as long as it may, and nothing beyond.
#include "device.h"
#include "harness.h"

using namespace testing;

namespace {

// Adds the numbers 1 to n, which it first writes to memory taken by alloca: a function, so that what it took ends.
const std::string SUM = R"(
.func (.param .b32 result) sum(.param .b32 count)
{
    .reg .pred %p<2>;
    .reg .b32 %r<6>;
    .reg .b64 %rd<6>;
    ld.param.u32 %r1, [count];
    mul.wide.u32 %rd1, %r1, 4;
    alloca.u64 %rd2, %rd1, 16;
    mov.u64 %rd3, %rd2;
    mov.u32 %r2, 0;
FILL:
    add.u32 %r2, %r2, 1;
    st.local.u32 [%rd3], %r2;
    add.u64 %rd3, %rd3, 4;
    setp.lt.u32 %p1, %r2, %r1;
    @%p1 bra FILL;
    mov.u32 %r3, 0;
READ:
    sub.u64 %rd3, %rd3, 4;
    ld.local.u32 %r4, [%rd3];
    add.u32 %r3, %r3, %r4;
    setp.gt.u64 %p1, %rd3, %rd2;
    @%p1 bra READ;
    st.param.u32 [result], %r3;
    ret;
}
)";

LaunchResult run(Device& device, const std::string& body, uint64_t out, const std::string& functions = "") {
    device.load(kernel_around("mul.wide.u32 %rd59, %r63, 4;\nadd.u64 %rd61, %rd61, %rd59;\n" + body, functions));
    return device.launch("k", {2, 1, 1}, {64, 1, 1}, (uint64_t)0, out);
}

std::vector<uint32_t> results(const std::string& body, const std::string& functions = "") {
    Device device;
    const uint64_t out = device.allocate(128 * 4);
    const LaunchResult result = run(device, body, out, functions);
    if (result.fault) harness::report(__FILE__, __LINE__, result.fault->text());
    return device.download<uint32_t>(out, 128);
}

void expect_fault(const std::string& body, FaultKind kind, const std::string& part) {
    Device device;
    const LaunchResult result = run(device, body, device.allocate(128 * 4), SUM);
    if (!result.fault) return harness::report(__FILE__, __LINE__, "no fault, expected one with '" + part + "'");
    if (result.fault->kind != kind) harness::report(__FILE__, __LINE__, result.fault->text());
    CHECK_CONTAINS(result.fault->text(), part);
}

std::string refusal(const std::string& body) {
    try {
        Module::load(kernel_around(body), {});
    } catch (const LoadError& error) {
        return error.what();
    }
    return "none";
}

// %r10 = the sum of 1 to (thread % 7 + 1), by a call.
const std::string CALL = R"({ .param .b32 n; .param .b32 s;
    rem.u32 %r1, %r60, 7; add.u32 %r1, %r1, 1;
    st.param.u32 [n], %r1; call (s), sum, (n); ld.param.u32 %r10, [s]; }
)";

uint32_t sum_of(uint32_t thread) { return (thread % 7 + 1) * (thread % 7 + 2) / 2; }

}  // namespace

TEST("every thread takes as much as it asks for") {
    const auto got = results(CALL + "st.global.u32 [%rd61], %r10;", SUM);
    for (uint32_t i = 0; i < 128; i++) CHECK_EQUAL(got[i], sum_of(i % 64));
}

TEST("a caller's memory outlives its callee's") {
    const auto got = results("alloca.u32 %r20, 4;\nst.local.u32 [%r20], %r60;\n" + CALL +
                                 "ld.local.u32 %r21, [%r20];\nmad.lo.u32 %r21, %r21, 1000, %r10;\nst.global.u32 [%rd61], %r21;", SUM);
    for (uint32_t i = 0; i < 128; i++) CHECK_EQUAL(got[i], i % 64 * 1000 + sum_of(i % 64));
}

TEST("threads that have parted take theirs apart") {
    const auto got = results("alloca.u64 %rd1, 8, 8;\nst.local.u32 [%rd1], %r60;\nsetp.lt.u32 %p1, %r60, 10;\n@%p1 bra FEW;\n"
                             "alloca.u64 %rd2, 64, 64;\nbra BOTH;\nFEW:\nalloca.u64 %rd2, 4, 4;\nBOTH:\nst.local.u32 [%rd2], %r63;\n"
                             "bar.warp.sync 0xffffffff;\nld.local.u32 %r1, [%rd1];\nld.local.u32 %r2, [%rd2];\nmad.lo.u32 %r1, %r1, 1000, %r2;\n"
                             "st.global.u32 [%rd61], %r1;");
    for (uint32_t i = 0; i < 128; i++) CHECK_EQUAL(got[i], i % 64 * 1000 + i);
}

TEST("alignment") {
    for (const std::string align : {"", ", 1", ", 64", ", 4096"}) {
        const std::string mask = align.empty() ? "7" : std::to_string(std::stoul(align.substr(2)) - 1);
        const auto got = results("alloca.u64 %rd1, 3, 1;\nalloca.u64 %rd2, 5" + align + ";\nand.b64 %rd3, %rd2, " + mask +
                                 ";\ncvt.u32.u64 %r1, %rd3;\nst.global.u32 [%rd61], %r1;");
        for (const uint32_t rest : got) CHECK_EQUAL(rest, 0u);
    }
}

TEST("a generic address of it") {
    const auto got = results("alloca.u64 %rd1, 16;\ncvta.local.u64 %rd2, %rd1;\nst.u32 [%rd2+4], %r63;\nld.local.u32 %r1, [%rd1+4];\n"
                             "isspacep.local %p1, %rd2;\nselp.b32 %r1, %r1, 0, %p1;\nst.global.u32 [%rd61], %r1;");
    for (uint32_t i = 0; i < 128; i++) CHECK_EQUAL(got[i], i);
}

TEST("what is given back is taken again") {
    const std::string loop = "mov.u32 %r1, 0;\nAGAIN:\n{0}alloca.u64 %rd2, 4096;\nst.local.u32 [%rd2+4092], %r1;\nld.local.u32 %r2, [%rd2+4092];\n{1}"
                             "add.u32 %r1, %r1, 1;\nsetp.lt.u32 %p1, %r1, 1000;\n@%p1 bra AGAIN;\nst.global.u32 [%rd61], %r2;";
    const auto with = [&](const std::string& save, const std::string& restore) {
        std::string text = loop;
        text.replace(text.find("{0}"), 3, save);
        return text.replace(text.find("{1}"), 3, restore);
    };
    for (const uint32_t last : results(with("stacksave.u64 %rd1;\n", "stackrestore.u64 %rd1;\n"))) CHECK_EQUAL(last, 999u);
    for (const uint32_t last : results(with("stacksave.u32 %r30;\n", "stackrestore.u32 %r30;\n"))) CHECK_EQUAL(last, 999u);
    expect_fault(with("", ""), FaultKind::HardwareStackError, "alloca of 4096 bytes; a thread has 524288");
}

TEST("beyond it, behind it, after it") {
    expect_fault("alloca.u64 %rd1, 12;\nst.local.u32 [%rd1+12], %r60;", FaultKind::IllegalAddress, "store of 4 bytes at local address");
    expect_fault("alloca.u64 %rd1, 12;\nst.local.u8 [%rd1+-1], %rs1;", FaultKind::IllegalAddress, "store of 1 bytes at local address");
    expect_fault("stacksave.u64 %rd2;\nalloca.u64 %rd1, 8;\nst.local.u32 [%rd1], %r60;\nstackrestore.u64 %rd2;\nld.local.u32 %r1, [%rd1];",
                 FaultKind::IllegalAddress, "ld.local.u32 %r1, [%rd1];");
    expect_fault(CALL + "mov.u64 %rd1, 0x80000010;\nld.local.u32 %r1, [%rd1];", FaultKind::IllegalAddress, "load of 4 bytes at local address 0x80000010");
    expect_fault("alloca.u64 %rd1, -1;", FaultKind::HardwareStackError, "alloca of 18446744073709551615 bytes");
    expect_fault("mov.u64 %rd1, 64;\nstackrestore.u64 %rd1;", FaultKind::HardwareStackError, "no stacksave gave");
}

TEST("forms that there are not") {
    CHECK_CONTAINS(refusal("alloca.u64 %rd1, 16, 24;"), "power of two");
    CHECK_CONTAINS(refusal("alloca.u64 %rd1, 16, 16777216;"), "power of two");
    CHECK_CONTAINS(refusal("alloca.u16 %rs1, 16;"), "alloca.u16");
    CHECK_CONTAINS(refusal("stacksave.b64 %rd1;"), "stacksave.b64");
    CHECK_CONTAINS(refusal("stackrestore.s64 %rd1;"), "stackrestore.s64");
}
