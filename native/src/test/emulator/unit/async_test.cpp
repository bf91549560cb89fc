// Asynchronous copies and mbarriers, one property at a time.
#include "device.h"
#include "harness.h"

using namespace testing;

namespace {

const char* const SHARED = ".shared .align 16 .b8 buffer[1024];\n.shared .align 8 .b64 barrier;\n";

struct Outcome {
    std::vector<uint32_t> out;
    std::optional<Fault> fault;
    std::string what() const { return fault ? fault->what : "no fault"; }
};

// Thread i reads in[i], writes out[i]; %rd1 and %rd2 point at them, %r1 at the buffer's word i, %r2 at the barrier.
Outcome run(const std::string& body, Completion completion, unsigned threads = 32, uint64_t seed = 0) {
    Device device;
    device.execution.completion = completion;
    device.execution.seed = seed;
    device.execution.stall_limit = 1 << 20;
    device.load(kernel_around("mad.wide.u32 %rd1, %r60, 16, %rd60;\nmad.wide.u32 %rd2, %r60, 4, %rd61;\n"
                              "mov.u32 %r1, buffer;\nmad.lo.u32 %r1, %r60, 16, %r1;\nmov.u32 %r2, barrier;\n" + body, SHARED));
    std::vector<uint32_t> in(256);
    for (uint32_t i = 0; i < 256; i++) in[i] = 100 + i;
    const uint64_t out = device.allocate(4 * 128);
    LaunchResult result = device.launch("k", {1, 1, 1}, {threads, 1, 1}, device.upload(in), out);
    return {device.download<uint32_t>(out, 128), result.fault};
}

const std::string STORE = "st.global.u32 [%rd2], %r3;\n";
const std::string COPY = "st.shared.u32 [%r1], 7;\ncp.async.ca.shared.global [%r1], [%rd1], 4;\n";

TEST("cp.async completes at once, or when waited for") {
    const std::string early = COPY + "ld.shared.u32 %r3, [%r1];\n" + STORE;
    CHECK_EQUAL(run(early, Completion::Eager).out[1], 104u);
    CHECK_EQUAL(run(early, Completion::Lazy).out[1], 7u);
    const std::string waited = COPY + "cp.async.commit_group;\ncp.async.wait_group 0;\nld.shared.u32 %r3, [%r1];\n" + STORE;
    const std::string all = COPY + "cp.async.wait_all;\nld.shared.u32 %r3, [%r1];\n" + STORE;
    for (const Completion mode : {Completion::Eager, Completion::Lazy, Completion::Random}) {
        CHECK_EQUAL(run(waited, mode).out[1], 104u);
        CHECK_EQUAL(run(all, mode).out[31], 100u + 4 * 31);
    }
}

TEST("wait_group leaves the newest groups alone") {
    const std::string body = COPY + "cp.async.commit_group;\ncp.async.ca.shared.global [%r1+4], [%rd1+4], 4;\ncp.async.commit_group;\n"
                             "st.shared.u32 [%r1+4], 9;\ncp.async.wait_group 1;\nld.shared.u32 %r3, [%r1];\nld.shared.u32 %r4, [%r1+4];\n"
                             "mad.lo.u32 %r3, %r4, 1000, %r3;\n" + STORE;
    CHECK_EQUAL(run(body, Completion::Lazy).out[2], 9u * 1000 + 108);
}

TEST("lazy copies read their source when they complete") {
    const std::string body = "cp.async.ca.shared.global [%r1], [%rd1], 4;\nst.global.u32 [%rd1], 55;\ncp.async.wait_all;\nld.shared.u32 %r3, [%r1];\n" + STORE;
    CHECK_EQUAL(run(body, Completion::Eager).out[3], 112u);
    CHECK_EQUAL(run(body, Completion::Lazy).out[3], 55u);
}

TEST("cp.async fills with zeros what its source size leaves out") {
    const std::string body = "st.shared.v4.u32 [%r1], {1, 2, 3, 4};\nmov.u32 %r5, 8;\ncp.async.cg.shared.global [%r1], [%rd1], 16, %r5;\n"
                             "cp.async.wait_all;\nld.shared.v4.u32 {%r6, %r7, %r8, %r9}, [%r1];\nmad.lo.u32 %r3, %r7, 10, %r8;\nadd.u32 %r3, %r3, %r9;\n" + STORE;
    CHECK_EQUAL(run(body, Completion::Lazy).out[0], 1010u);
    // Nothing is read, so the address may be anything.
    const std::string nothing = "st.shared.v4.u32 [%r1], {1, 2, 3, 4};\nmov.u64 %rd1, 0;\nmov.u32 %r5, 0;\ncp.async.cg.shared.global [%r1], [%rd1], 16, %r5;\n"
                                "cp.async.wait_all;\nld.shared.u32 %r3, [%r1+12];\n" + STORE;
    CHECK_EQUAL(run(nothing, Completion::Eager).what(), std::string("no fault"));
    CHECK_EQUAL(run(nothing, Completion::Eager).out[0], 0u);
    const std::string ignored = "st.shared.u32 [%r1], 3;\nsetp.gt.u32 %p1, %r60, 15;\ncp.async.ca.shared.global [%r1], [%rd1], 4, %p1;\n"
                                "cp.async.wait_all;\nld.shared.u32 %r3, [%r1];\n" + STORE;
    CHECK_EQUAL(run(ignored, Completion::Lazy).out[15], 160u);
    CHECK_EQUAL(run(ignored, Completion::Lazy).out[16], 0u);
}

TEST("lanes that copy apart wait apart") {
    const std::string body = "st.shared.u32 [%r1], 7;\nsetp.lt.u32 %p1, %r60, 8;\n@%p1 cp.async.ca.shared.global [%r1], [%rd1], 4;\n@%p1 cp.async.commit_group;\n"
                             "@!%p1 cp.async.ca.shared.global [%r1], [%rd1], 4;\n@!%p1 cp.async.commit_group;\n@%p1 cp.async.wait_group 0;\n"
                             "ld.shared.u32 %r3, [%r1];\n" + STORE;
    CHECK_EQUAL(run(body, Completion::Lazy).out[7], 128u);
    CHECK_EQUAL(run(body, Completion::Lazy).out[8], 7u);
}

TEST("an mbarrier counts arrivals in phases") {
    const std::string body =
        "setp.eq.u32 %p1, %r60, 0;\n@%p1 mbarrier.init.shared.b64 [%r2], 32;\nbar.sync 0;\n"
        "mbarrier.test_wait.parity.shared.b64 %p2, [%r2], 1;\nselp.u32 %r3, 1, 0, %p2;\n"       // the phase before the first is over
        "mbarrier.test_wait.parity.shared.b64 %p3, [%r2], 0;\nselp.u32 %r4, 10, 0, %p3;\n"      // the first is not
        "bar.sync 0;\nmbarrier.arrive.shared.b64 %rd3, [%r2];\nmbarrier.pending_count.b64 %r5, %rd3;\n"
        "WAIT:\nmbarrier.test_wait.shared.b64 %p4, [%r2], %rd3;\n@!%p4 bra WAIT;\n"
        "mbarrier.test_wait.parity.shared.b64 %p5, [%r2], 0;\nselp.u32 %r6, 100, 0, %p5;\n"
        "add.u32 %r3, %r3, %r4;\nadd.u32 %r3, %r3, %r6;\nmad.lo.u32 %r3, %r5, 1000, %r3;\n" + STORE;
    const Outcome outcome = run(body, Completion::Eager);
    CHECK_EQUAL(outcome.what(), std::string("no fault"));
    CHECK_EQUAL(outcome.out[0], 32u * 1000 + 101);
    CHECK_EQUAL(outcome.out[31], 1u * 1000 + 101);
}

// One thread works an mbarrier of `arrivals`; the body may set %r3.
Outcome alone(const std::string& body, unsigned arrivals, Completion completion = Completion::Eager) {
    return run("mbarrier.init.shared.b64 [%r2], " + std::to_string(arrivals) + ";\n" + body + STORE, completion, 1);
}

const std::string OVER = "mbarrier.test_wait.parity.shared.b64 %p1, [%r2], 0;\nselp.u32 %r3, 1, 0, %p1;\n";

TEST("an mbarrier counts bytes as well") {
    CHECK_EQUAL(alone("mbarrier.arrive.expect_tx.shared.b64 _, [%r2], 48;\n" + OVER, 1).out[0], 0u);
    CHECK_EQUAL(alone("mbarrier.arrive.expect_tx.shared.b64 _, [%r2], 48;\nmbarrier.complete_tx.shared.b64 [%r2], 48;\n" + OVER, 1).out[0], 1u);
    CHECK_EQUAL(alone("mbarrier.complete_tx.shared.b64 [%r2], 48;\nmbarrier.arrive.expect_tx.shared.b64 _, [%r2], 48;\n" + OVER, 1).out[0], 1u);
    CHECK_EQUAL(alone("mbarrier.expect_tx.relaxed.cta.shared.b64 [%r2], 16;\nmbarrier.arrive.shared.b64 _, [%r2], 1;\n" + OVER, 1).out[0], 0u);
}

TEST("those who drop out are no longer expected") {
    const std::string next = "mbarrier.test_wait.parity.shared.b64 %p1, [%r2], 1;\nselp.u32 %r3, 1, 0, %p1;\n";
    const std::string twice = "mbarrier.arrive.shared.b64 _, [%r2], 2;\nmbarrier.arrive_drop.shared.b64 _, [%r2];\n" + OVER;
    CHECK_EQUAL(alone(twice, 3).out[0], 1u);
    CHECK_EQUAL(alone(twice + "mbarrier.arrive.shared.b64 _, [%r2], 2;\n" + next, 3).out[0], 1u);
    CHECK_EQUAL(alone(twice + "mbarrier.arrive.shared.b64 _, [%r2], 1;\n" + next, 3).out[0], 0u);
}

TEST("misuse of an mbarrier is a fault in words") {
    CHECK_CONTAINS(run("mbarrier.arrive.shared.b64 _, [%r2];\n", Completion::Eager, 1).what(), "no mbarrier lies here");
    CHECK_CONTAINS(run("mbarrier.init.shared.b64 [%r2], 0;\n", Completion::Eager, 1).what(), "1 to 1048575");
    CHECK_CONTAINS(alone("mbarrier.arrive.shared.b64 _, [%r2], 2;\n", 1).what(), "more arrivals");
    CHECK_CONTAINS(alone("mbarrier.arrive.noComplete.shared.b64 %rd3, [%r2], 1;\n", 1).what(), ".noComplete");
    CHECK_CONTAINS(alone("mbarrier.arrive.shared.b64 _, [%r2];\nmbarrier.init.shared.b64 [%r2], 2;\n", 2).what(), "under way");
    CHECK_CONTAINS(alone("mbarrier.inval.shared.b64 [%r2];\nmbarrier.test_wait.parity.shared.b64 %p1, [%r2], 0;\n", 2).what(), "no mbarrier lies here");
    CHECK_CONTAINS(alone("mbarrier.expect_tx.shared.b64 [%r2], 1048576;\n", 2).what(), "1048575 bytes");
    CHECK_CONTAINS(run("mbarrier.init.b64 [%rd1], 1;\n", Completion::Eager, 1).what(), "must lie in shared memory");
}

TEST("who waits for a phase that never comes is told so") {
    const Outcome hung = alone("WAIT:\nmbarrier.try_wait.parity.shared.b64 %p1, [%r2], 0;\n@!%p1 bra WAIT;\n", 1);
    CHECK_CONTAINS(hung.what(), "hang");
    if (hung.fault) CHECK_CONTAINS(hung.fault->details, "warp 0, lanes 00000001");
}

const std::string BULK = "mov.u32 %r7, buffer;\ncp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [%r7], [%rd60], 64, [%r2];\n";

TEST("a bulk copy tells its mbarrier, and not before") {
    const std::string wait = "WAIT:\nmbarrier.try_wait.parity.shared.b64 %p1, [%r2], 0;\n@!%p1 bra WAIT;\n";
    const std::string expect = "mbarrier.arrive.expect_tx.shared.b64 _, [%r2], 64;\n";
    const std::string read = "ld.shared.u32 %r3, [%r7+60];\n";
    for (const Completion mode : {Completion::Eager, Completion::Lazy, Completion::Random}) {
        CHECK_EQUAL(alone(expect + BULK + wait + read, 1, mode).out[0], 115u);
        CHECK_EQUAL(alone(BULK + expect + wait + read, 1, mode).out[0], 115u);
    }
    CHECK_EQUAL(alone(expect + BULK + read, 1, Completion::Lazy).out[0], 0u);
    CHECK_EQUAL(alone(expect + BULK + read, 1, Completion::Eager).out[0], 115u);
}

TEST("bulk copies need addresses and sizes of 16 bytes") {
    const auto copy = [](const std::string& to, const std::string& from, const std::string& size) {
        return "mov.u32 %r7, buffer;\ncp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [" + to + "], [" + from + "], " + size + ", [%r2];\n";
    };
    CHECK_CONTAINS(alone(copy("%r7", "%rd60", "20"), 1).what(), "multiple of 16, not 20");
    CHECK_CONTAINS(alone(copy("%r7+4", "%rd60", "16"), 1).what(), "multiples of 16");
    CHECK_CONTAINS(alone(copy("%r7", "%rd60+8", "16"), 1).what(), "multiples of 16");
    CHECK_CONTAINS(alone(copy("%r7", "%rd60", "4096"), 1).what(), "store of 4096 bytes at shared address");
    CHECK_CONTAINS(alone(copy("%r7", "%rd60+512", "1024"), 1).what(), "512 bytes over the end");
}

TEST("wait_group.read lets a source be used again, wait_group shows the result") {
    const std::string store = "mov.u32 %r7, buffer;\nst.shared.u32 [%r7], 5;\ncp.async.bulk.global.shared::cta.bulk_group [%rd61], [%r7], 16;\ncp.async.bulk.commit_group;\n";
    const std::string overwrite = "st.shared.u32 [%r7], 6;\n", finish = "cp.async.bulk.wait_group 0;\n";
    const auto stored = [&](const std::string& body, Completion mode) { return run(body + "exit;\n", mode, 1).out[0]; };
    CHECK_EQUAL(stored(store + "cp.async.bulk.wait_group.read 0;\n" + overwrite + finish, Completion::Lazy), 5u);
    CHECK_EQUAL(stored(store + overwrite + finish, Completion::Lazy), 6u);
    CHECK_EQUAL(stored(store + overwrite + finish, Completion::Eager), 5u);
    const std::string look = "ld.global.u32 %r3, [%rd61];\nst.global.u32 [%rd61+64], %r3;\n";
    const auto seen = [&](const std::string& body) { return run("st.global.u32 [%rd61], 1;\n" + body + look + "exit;\n", Completion::Lazy, 1).out[16]; };
    CHECK_EQUAL(seen(store + "cp.async.bulk.wait_group.read 0;\n"), 1u);
    CHECK_EQUAL(seen(store + finish), 5u);
}

TEST("what comes with later instructions is refused by name") {
    const auto refusal = [](const std::string& instruction) -> std::string {
        try {
            Device().load(kernel_around(instruction + "\n", SHARED));
        } catch (const LoadError& error) {
            return error.what();
        }
        return "accepted";
    };
    CHECK_CONTAINS(refusal("cp.async.bulk.tensor.1d.shared::cluster.global.mbarrier::complete_tx::bytes [%r1], [%rd1, {%r2}], [%r3];"), "Hopper instructions");
    CHECK_CONTAINS(refusal("mbarrier.arrive.release.cluster.shared::cluster.b64 _, [%r1];"), "Hopper instructions");
    CHECK_CONTAINS(refusal("mapa.shared::cluster.u32 %r1, %r2, 0;"), "Hopper instructions");
    CHECK_CONTAINS(refusal("cp.reduce.async.bulk.global.shared::cta.bulk_group.add.f32 [%rd1], [%r1], 16;"), "not supported");
    CHECK_CONTAINS(refusal("cp.async.cg.shared.global [%r1], [%rd1], 8;"), "copies 16 bytes");
    CHECK_EQUAL(refusal("fence.proxy.async;"), std::string("accepted"));
    CHECK_EQUAL(refusal("fence.proxy.async.shared::cta;"), std::string("accepted"));
    CHECK_EQUAL(refusal("fence.mbarrier_init.release.cluster;"), std::string("accepted"));
    CHECK_EQUAL(refusal("griddepcontrol.wait;"), std::string("accepted"));
}

}  // namespace
