// Asynchronous copies, mbarriers and proxies: what must be waited for, by whom, and behind which fence.
#include "race_harness.h"

using namespace testing;

namespace {

const std::string BAR = "bar.sync 0;\n";
const std::string COPY = "cp.async.ca.shared.global [%r1], [%rd1], 4;\n", COMMIT = "cp.async.commit_group;\n", WAIT = "cp.async.wait_group 0;\n";
const std::string OWN = "ld.shared.u32 %r5, [%r1];\n", NEXT = "ld.shared.u32 %r5, [%r2];\n";

TEST("cp.async: a wait before the result is used") {
    check_no_race(COPY + COMMIT + WAIT + OWN);
    check_no_race(COPY + "cp.async.wait_all;\n" + OWN);
    const std::string racy = race_report(COPY + COMMIT + OWN, {1, 32});
    CHECK_CONTAINS(racy, "missing wait on shared memory at 0x400: load at line 3 by block (0, 0, 0) thread (0, 0, 0), after write of the copy started at "
                         "line 1 by block (0, 0, 0) thread (0, 0, 0): nobody has waited for the copy");
    CHECK_CONTAINS(racy, "PTX line 1: cp.async.ca.shared.global");
}

TEST("cp.async: others need a barrier behind the wait") {
    check_no_race(COPY + COMMIT + WAIT + BAR + NEXT);
    CHECK_CONTAINS(race_report(COPY + COMMIT + WAIT + NEXT, {1, 32}), "its wait is behind nothing that orders it with this access");
    CHECK_CONTAINS(race_report(COPY + COMMIT + BAR + WAIT + NEXT, {1, 32}), "its wait is behind nothing that orders it with this access");
}

TEST("wait_group with a number one too large") {
    const std::string second = "cp.async.ca.shared.global [%r1+1024], [%rd1], 4;\n" + COMMIT;
    check_no_race(COPY + COMMIT + second + "cp.async.wait_group 1;\n" + OWN + WAIT);
    CHECK_CONTAINS(race_report(COPY + COMMIT + second + "cp.async.wait_group 2;\n" + OWN), "missing wait on shared memory at 0x400: load at line 6");
    CHECK_CONTAINS(race_report(COPY + COMMIT + second + "cp.async.wait_group 1;\nld.shared.u32 %r5, [%r1+1024];\n"), "after write of the copy started at line 3");
    // What is not committed is in no group.
    CHECK_CONTAINS(race_report(COPY + WAIT + OWN), "missing wait");
}

TEST("cp.async: neither end is touched before the wait") {
    CHECK_CONTAINS(race_report(COPY + "st.shared.u32 [%r1], 1;\n"), "missing wait on shared memory at 0x400: store at line 2");
    CHECK_CONTAINS(race_report(COPY + "st.global.u32 [%rd1], 1;\n"), "after read of the copy started at line 1");
    check_no_race(COPY + "cp.async.wait_all;\nst.global.u32 [%rd1], 1;\nst.shared.u32 [%r1], 1;\n");
    CHECK_CONTAINS(race_report(COPY + COPY), "write of the copy started at line 2");
    check_no_race("st.shared.u32 [%r1], 1;\n" + COPY + "cp.async.wait_all;\n" + OWN);
}

TEST("cp.async into what others still read") {
    check_no_race(NEXT + BAR + COPY + "cp.async.wait_all;\n");
    const std::string racy = race_report(NEXT + COPY + "cp.async.wait_all;\n", {1, 32});
    CHECK_CONTAINS(racy, "copy races on shared memory at 0x404: write of the copy started at line 2 by block (0, 0, 0) thread (1, 0, 0), after load at line 1 by block (0, 0, 0) thread (0, 0, 0)");
}

const std::string INIT = "@%p1 mbarrier.init.shared.b64 [%r3], 64;\n", TOKEN = "mbarrier.arrive.shared.b64 %rd5, [%r3];\n";
const std::string UNTIL = "TEST:\nmbarrier.test_wait.shared.b64 %p5, [%r3], %rd5;\n@!%p5 bra TEST;\n";

TEST("an mbarrier orders those who arrive before those who have seen the phase end") {
    check_no_race(INIT + BAR + "st.shared.u32 [%r1], 1;\n" + TOKEN + UNTIL + NEXT);
    CHECK_CONTAINS(race_report(INIT + BAR + "st.shared.u32 [%r1], 1;\n" + TOKEN + NEXT, {1, 64}), "race on shared memory");
    CHECK_CONTAINS(race_report(INIT + BAR + TOKEN + "st.shared.u32 [%r1], 1;\n" + UNTIL + NEXT, {1, 64}), "race on shared memory");
    // The phase before the first is over: that says nothing.
    CHECK_CONTAINS(race_report(INIT + BAR + "st.shared.u32 [%r1], 1;\n" + TOKEN + "TEST:\nmbarrier.test_wait.parity.shared.b64 %p5, [%r3], 1;\n@!%p5 bra TEST;\n" + NEXT, {1, 64}),
                   "race on shared memory");
}

TEST("an mbarrier is initialised before others use it") {
    check_no_race(INIT + BAR + TOKEN + UNTIL);
    CHECK_CONTAINS(race_report(INIT + "bar.warp.sync -1;\n" + TOKEN + UNTIL), "after store at line 1 by block (0, 0, 0) thread (0, 0, 0)");
}

TEST("an mbarrier that hears of copies") {
    const std::string tell = "cp.async.mbarrier.arrive.noinc.shared.b64 [%r3];\nmov.u64 %rd5, 0;\n";
    const std::string first_phase = "TEST:\nmbarrier.test_wait.parity.shared.b64 %p5, [%r3], 0;\n@!%p5 bra TEST;\n";
    check_no_race(INIT + BAR + COPY + tell + first_phase + NEXT);
    CHECK_CONTAINS(race_report(INIT + BAR + tell + COPY + first_phase + NEXT), "missing wait");
    CHECK_CONTAINS(race_report(INIT + BAR + COPY + tell + NEXT), "missing wait");
}

TEST("two mbarriers that hear of one copy: either will do") {
    const std::string both = "mov.u32 %r6, buffer;\nadd.u32 %r6, %r6, 1024;\n" + INIT + "@%p1 mbarrier.init.shared.b64 [%r6], 64;\n" + BAR;
    const auto tell = [](const std::string& place) { return "cp.async.mbarrier.arrive.noinc.shared.b64 [" + place + "];\n"; };
    const auto first_phase = [](const std::string& place) {
        return "TEST:\nmbarrier.test_wait.parity.shared.b64 %p5, [" + place + "], 0;\n@!%p5 bra TEST;\n";
    };
    for (const std::string place : {"%r3", "%r6"}) {
        check_no_race(both + COPY + tell("%r3") + tell("%r6") + first_phase(place) + NEXT);
        CHECK_CONTAINS(race_report(both + tell("%r3") + COPY + tell("%r6") + first_phase("%r3") + NEXT), "missing wait");
    }
}

// Thread 0 brings 256 bytes of the input into the buffer, through an mbarrier of one arrival.
const std::string INIT_ONE = "@%p1 mbarrier.init.shared.b64 [%r3], 1;\n";
const std::string BRING = "@!%p1 bra HERE;\nmbarrier.arrive.expect_tx.shared.b64 _, [%r3], 256;\n"
                          "cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [%r1], [%rd60], 256, [%r3];\nHERE:\n";
const std::string BROUGHT = "WAIT:\nmbarrier.try_wait.parity.shared.b64 %p5, [%r3], 0;\n@!%p5 bra WAIT;\n";
const std::string PROXY = "fence.proxy.async.shared::cta;\n";

TEST("a bulk copy to shared memory is waited for at its mbarrier") {
    check_no_race(INIT_ONE + BAR + BRING + BROUGHT + OWN);
    CHECK_CONTAINS(race_report(INIT_ONE + BAR + BRING + "@%p1 ld.shared.u32 %r5, [%r1+4];\n" + BROUGHT), "missing wait on shared memory at 0x404");
    CHECK_CONTAINS(race_report(INIT_ONE + BAR + BRING + BAR), "missing wait: the block ends, and nobody has waited for a bulk copy");
    // It is enough that one waits, and tells the others.
    check_no_race(INIT_ONE + BAR + BRING + "@!%p1 bra OVER;\n" + BROUGHT + "OVER:\n" + BAR + OWN);
    CHECK_CONTAINS(race_report(INIT_ONE + BAR + BRING + "@!%p1 bra OVER;\n" + BROUGHT + "OVER:\n" + OWN), "write of the copy started at line 5");
}

TEST("what instructions wrote, bulk copies write over behind a proxy fence") {
    const std::string store = "st.shared.u32 [%r1], 1;\n";
    check_no_race(store + INIT_ONE + PROXY + BAR + BRING + BROUGHT + OWN);
    CHECK_CONTAINS(race_report(store + INIT_ONE + BAR + BRING + BROUGHT + OWN), "missing proxy fence on shared memory at 0x400");
    // What they read needs none.
    check_no_race(OWN + INIT_ONE + BAR + BRING + BROUGHT);
}

const std::string FILL = "st.shared.u32 [%r1], %r60;\n";
const std::string SEND = "@!%p1 bra SENT;\ncp.async.bulk.global.shared::cta.bulk_group [%rd61], [%r1], 256;\ncp.async.bulk.commit_group;\n";

TEST("a bulk copy from shared memory: fence, barrier, copy, wait") {
    const std::string wait = "cp.async.bulk.wait_group.read 0;\nSENT:\n";
    check_no_race(FILL + PROXY + BAR + SEND + wait);
    check_no_race(FILL + BAR + PROXY + SEND + wait);  // on the way from one to the other, it may lie anywhere
    const std::string racy = race_report(FILL + BAR + SEND + wait);
    CHECK_CONTAINS(racy, "missing proxy fence on shared memory at 0x400: read of the copy started at line 4 by block (0, 0, 0) thread (0, 0, 0), after store "
                         "at line 1 by block (0, 0, 0) thread (0, 0, 0): no fence.proxy.async between");
    CHECK_CONTAINS(race_report(FILL + PROXY + SEND + wait), "copy races on shared memory");
    CHECK_CONTAINS(race_report(FILL + PROXY + BAR + SEND + "SENT:\n"), "missing wait: the block ends, and nobody has waited for a bulk copy that uses its "
                                                                      "shared memory, started at line 5");
}

TEST("wait_group.read gives the source back, wait_group the result as well") {
    const std::string again = "SENT:\n" + BAR + FILL, look = "ld.global.u32 %r5, [%rd61];\nSENT:\n";
    check_no_race(FILL + PROXY + BAR + SEND + "cp.async.bulk.wait_group.read 0;\n" + again);
    CHECK_CONTAINS(race_report(FILL + PROXY + BAR + SEND + again), "missing wait on shared memory at 0x400: store at line 9");
    check_no_race(FILL + PROXY + BAR + SEND + "cp.async.bulk.wait_group 0;\n" + look);
    CHECK_CONTAINS(race_report(FILL + PROXY + BAR + SEND + "cp.async.bulk.wait_group.read 0;\n" + look), "missing wait on global memory");
}

}  // namespace
