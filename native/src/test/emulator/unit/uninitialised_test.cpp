// Loads of shared memory that nothing in the block, and of private memory that the thread has not written: found where asked for, and
// nothing else is.
#include "device.h"
#include "harness.h"
#include "hazard/uninitialised_local.h"
#include "hazard/uninitialised_shared.h"

using namespace testing;

namespace {

const std::string SHARED = ".shared .align 16 .b8 s[1024];";

// Runs `body` on two blocks of 64 threads. %r1 is a thread's place in `s`, 4 bytes apart.
LaunchResult run_shared(const std::string& body) {
    Device device;
    device.observer = make_uninitialised_shared_reads;
    const uint64_t buffer = device.upload(std::vector<uint32_t>(256, 1));
    device.load(kernel_around("mov.u32 %r1, s;\nshl.b32 %r2, %r60, 2;\nadd.u32 %r1, %r1, %r2;\n" + body, SHARED));
    return device.launch("k", {2, 1, 1}, {64, 1, 1}, buffer, buffer);
}

// The same for private memory: `own` has 64 bytes, and %rd1 is its address.
LaunchResult run_local(const std::string& body, const std::string& functions = "") {
    Device device;
    device.observer = make_uninitialised_local_reads;
    const uint64_t buffer = device.upload(std::vector<uint32_t>(256, 1));
    device.load(kernel_around(".local .align 16 .b8 own[64];\nmov.u64 %rd1, own;\n" + body, functions));
    return device.launch("k", {2, 1, 1}, {64, 1, 1}, buffer, buffer);
}

void expect_clean(const LaunchResult& result) {
    if (result.fault) harness::report(__FILE__, __LINE__, result.fault->text());
}

void expect_found(const LaunchResult& result, const std::string& what, const std::string& part) {
    if (!result.fault) return harness::report(__FILE__, __LINE__, "not found: " + what + ", " + part);
    CHECK(result.fault->kind == FaultKind::LaunchFailed);
    CHECK_CONTAINS(result.fault->text(), what);
    CHECK_CONTAINS(result.fault->text(), part);
}

void expect_shared(const std::string& body, const std::string& part) {
    expect_found(run_shared(body), ") that nothing in the block has written", part);
}
void expect_local(const LaunchResult& result, const std::string& part) {
    expect_found(result, "that the thread has not written", part);
}

// A structure of a word and a byte, by value and back.
const std::string PASS_ON = R"(
.func (.param .align 4 .b8 result[8]) pass(.param .align 4 .b8 given[8])
{
    .reg .b32 %r<4>;
    .reg .b16 %rs<4>;
    ld.param.u32 %r1, [given];
    ld.param.u8 %rs1, [given+4];
    st.param.u32 [result], %r1;
    st.param.u8 [result+4], %rs1;
    ret;
}
.func (.param .b32 result) spoil()
{
    .local .align 16 .b8 mine[128];
    .reg .b32 %r<4>;
    .reg .b64 %rd<4>;
    mov.u64 %rd1, mine;
    mov.u32 %r1, 7;
    st.local.u32 [%rd1], %r1;
    st.local.u32 [%rd1+64], %r1;
    st.param.u32 [result], %r1;
    ret;
}
.func (.param .b32 result) look()
{
    .local .align 16 .b8 mine[128];
    .reg .b32 %r<4>;
    .reg .b64 %rd<4>;
    mov.u64 %rd1, mine;
    ld.local.u32 %r1, [%rd1+64];
    st.param.u32 [result], %r1;
    ret;
}
)";

std::string call_pass(const std::string& stores, const std::string& load) {
    return "{ .param .align 4 .b8 a[8];\n.param .align 4 .b8 b[8];\n" + stores + "\ncall (b), pass, (a);\n" + load + "\n}\n";
}

}  // namespace

TEST("shared memory that the block has written may be read") {
    expect_clean(run_shared("st.shared.u32 [%r1], %r60;\nbar.sync 0;\nxor.b32 %r3, %r1, 128;\nld.shared.u32 %r4, [%r1];"));
    expect_clean(run_shared("st.shared.v2.u16 [%r1], {%rs1, %rs2};\nld.shared.u8 %rs3, [%r1+3];"));
    expect_clean(run_shared("cp.async.ca.shared.global [%r1], [%rd60], 4;\ncp.async.wait_all;\nbar.sync 0;\nld.shared.u32 %r4, [%r1];"));
    expect_clean(run_shared("atom.shared.exch.b32 %r3, [%r1], 5;\nld.shared.u32 %r4, [%r1];"));
}

TEST("shared memory that it has not") {
    expect_shared("ld.shared.u32 %r4, [%r1];", "load of 4 bytes");
    expect_shared("st.shared.u8 [%r1], %rs1;\nld.shared.u16 %rs2, [%r1];", "load of 2 bytes");
    // Only the second warp's words are missing.
    expect_shared("setp.lt.u32 %p1, %r60, 32;\n@%p1 st.shared.u32 [%r1], %r60;\nbar.sync 0;\nld.shared.u32 %r4, [%r1];", "thread (32, 0, 0)");
    CHECK_CONTAINS(run_shared("ld.shared.u32 %r4, [%r1+128];").fault->text(), "shared memory (address 0x480)");
    // The block before has written its own shared memory, not this one's.
    expect_shared("setp.eq.u32 %p1, %r61, 0;\n@%p1 st.shared.u32 [%r1], %r60;\nld.shared.u32 %r4, [%r1];", "block (1, 0, 0)");
}

TEST("private memory that the thread has written may be read") {
    expect_clean(run_local("st.local.u32 [%rd1+8], %r60;\nld.local.u32 %r4, [%rd1+8];\nld.local.u8 %rs1, [%rd1+11];"));
    expect_clean(run_local("cvta.local.u64 %rd2, %rd1;\nst.v2.u32 [%rd2], {%r60, %r60};\nld.local.u64 %rd3, [%rd1];"));
    // Each lane at a place of its own.
    expect_clean(run_local("and.b32 %r1, %r60, 15;\nmul.wide.u32 %rd2, %r1, 4;\nadd.u64 %rd2, %rd1, %rd2;\n"
                           "st.local.u32 [%rd2], %r60;\nld.local.u32 %r4, [%rd2];"));
}

TEST("private memory that it has not") {
    const LaunchResult plain = run_local("st.local.u32 [%rd1], %r60;\nld.local.u32 %r4, [%rd1+12];");
    expect_local(plain, "load of 4 bytes of private memory (local address 0xc)");
    expect_local(plain, "kernel k, block (0, 0, 0), thread (0, 0, 0)");
    expect_local(plain, "ld.local.u32 %r4, [%rd1+12];");
    expect_local(run_local("st.local.u8 [%rd1], %rs1;\nld.local.u16 %rs2, [%rd1];"), "load of 2 bytes");
    expect_local(run_local("cvta.local.u64 %rd2, %rd1;\nld.u32 %r1, [%rd2];"), "local address 0x0");
    // One lane's store is no other's, of the same warp or of another.
    expect_local(run_local("setp.ne.u32 %p1, %r60, 40;\n@%p1 st.local.u32 [%rd1], %r60;\nld.local.u32 %r4, [%rd1];"), "thread (40, 0, 0)");
    // Nor is that of the block before.
    expect_local(run_local("setp.eq.u32 %p1, %r61, 0;\n@%p1 st.local.u32 [%rd1], %r60;\nld.local.u32 %r4, [%rd1];"), "block (1, 0, 0)");
}

TEST("private memory of calls") {
    const std::string whole = "st.param.u32 [a], %r60;\nst.param.u8 [a+4], %rs1;";
    expect_clean(run_local(call_pass(whole, "ld.param.u32 %r1, [b];\nld.param.u8 %rs2, [b+4];"), PASS_ON));
    expect_local(run_local(call_pass(whole, "ld.param.u8 %rs2, [b+5];"), PASS_ON), "load of 1 bytes");
    expect_local(run_local(call_pass("st.param.u32 [a], %r60;", "ld.param.u32 %r1, [b];"), PASS_ON), "ld.param.u8 %rs1, [given+4];");
    // What another call has left in the same place is not written.
    expect_local(run_local("{ .param .b32 b;\ncall (b), spoil; }\n{ .param .b32 b;\ncall (b), look;\nld.param.u32 %r1, [b]; }\n", PASS_ON), "ld.local.u32 %r1, [%rd1+64];");
}

TEST("private memory of alloca") {
    const std::string twice = "mov.u64 %rd10, 16;\nstacksave.u64 %rd2;\nalloca.u64 %rd3, %rd10;\nst.local.u64 [%rd3+8], %rd10;\n"
                              "ld.local.u64 %rd5, [%rd3+8];\nstackrestore.u64 %rd2;\nalloca.u64 %rd4, %rd10;\n";
    expect_clean(run_local(twice + "st.local.u64 [%rd4+8], %rd10;\nld.local.u64 %rd5, [%rd4+8];"));
    expect_local(run_local(twice + "ld.local.u64 %rd5, [%rd4+8];"), "load of 8 bytes");
}
