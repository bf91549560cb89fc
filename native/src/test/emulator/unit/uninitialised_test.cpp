// Loads of shared memory that nothing has written: found where asked for, and nothing else is.
#include "device.h"
#include "harness.h"
#include "hazard/uninitialised_shared.h"

using namespace testing;

namespace {

const std::string SHARED = ".shared .align 16 .b8 s[1024];";

// Runs `body` on two blocks of 64 threads. %r1 is a thread's place in `s`, 4 bytes apart.
LaunchResult run(const std::string& body) {
    Device device;
    device.observer = make_uninitialised_shared_reads;
    const uint64_t buffer = device.upload(std::vector<uint32_t>(256, 1));
    device.load(kernel_around("mov.u32 %r1, s;\nshl.b32 %r2, %r60, 2;\nadd.u32 %r1, %r1, %r2;\n" + body, SHARED));
    return device.launch("k", {2, 1, 1}, {64, 1, 1}, buffer, buffer);
}

void expect_clean(const std::string& body) {
    const LaunchResult result = run(body);
    if (result.fault) harness::report(__FILE__, __LINE__, result.fault->text());
}

void expect_found(const std::string& body, const std::string& part) {
    const LaunchResult result = run(body);
    if (!result.fault) return harness::report(__FILE__, __LINE__, "not found: " + body);
    CHECK(result.fault->kind == FaultKind::LaunchFailed);
    CHECK_CONTAINS(result.fault->text(), "that nothing in the block has written");
    CHECK_CONTAINS(result.fault->text(), part);
}

}  // namespace

TEST("what the block has written may be read") {
    expect_clean("st.shared.u32 [%r1], %r60;\nbar.sync 0;\nxor.b32 %r3, %r1, 128;\nld.shared.u32 %r4, [%r1];");
    expect_clean("st.shared.v2.u16 [%r1], {%rs1, %rs2};\nld.shared.u8 %rs3, [%r1+3];");
    expect_clean("cp.async.ca.shared.global [%r1], [%rd60], 4;\ncp.async.wait_all;\nbar.sync 0;\nld.shared.u32 %r4, [%r1];");
    expect_clean("atom.shared.exch.b32 %r3, [%r1], 5;\nld.shared.u32 %r4, [%r1];");
}

TEST("what it has not") {
    expect_found("ld.shared.u32 %r4, [%r1];", "load of 4 bytes");
    expect_found("st.shared.u8 [%r1], %rs1;\nld.shared.u16 %rs2, [%r1];", "load of 2 bytes");
    // Only the second warp's words are missing.
    expect_found("setp.lt.u32 %p1, %r60, 32;\n@%p1 st.shared.u32 [%r1], %r60;\nbar.sync 0;\nld.shared.u32 %r4, [%r1];", "thread (32, 0, 0)");
    // The block before has written its own shared memory, not this one's.
    expect_found("setp.eq.u32 %p1, %r61, 0;\n@%p1 st.shared.u32 [%r1], %r60;\nld.shared.u32 %r4, [%r1];", "block (1, 0, 0)");
}
