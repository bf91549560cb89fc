// Races within a block: barriers, warps, and what memory is made of. For every rule a kernel that breaks it and one
// that keeps it.
#include "race_harness.h"

using namespace testing;

namespace {

const std::string STORE = "st.shared.u32 [%r1], %r60;\n", LOAD_NEXT = "ld.shared.u32 %r5, [%r2];\n", BAR = "bar.sync 0;\n", SYNC = "bar.warp.sync -1;\n";

TEST("a barrier between a store and a load of another thread") {
    check_no_race(STORE + BAR + LOAD_NEXT);
    const std::string racy = race_report(STORE + SYNC + LOAD_NEXT);
    CHECK_CONTAINS(racy, "race on shared memory at 0x480: ");
    CHECK_CONTAINS(racy, "by block (0, 0, 0) thread (31, 0, 0)");
    CHECK_CONTAINS(racy, "by block (0, 0, 0) thread (32, 0, 0)");
    CHECK_CONTAINS(racy, ": no barrier between");
}

TEST("a report names both accesses") {
    const std::string racy = race_report(STORE + LOAD_NEXT, {1, 32});
    CHECK_CONTAINS(racy, "race on shared memory at 0x404: load at line 2 by block (0, 0, 0) thread (0, 0, 0), after store at line 1 by "
                         "block (0, 0, 0) thread (1, 0, 0): lanes of one warp, and no bar.warp.sync between");
    CHECK_CONTAINS(racy, "the other: block (0, 0, 0), thread (1, 0, 0)");
    CHECK_CONTAINS(racy, "PTX line 1: st.shared.u32 [%r1], %r60;");
}

TEST("a barrier before what was read is written over") {
    check_no_race(STORE + BAR + LOAD_NEXT + BAR + STORE);
    const std::string racy = race_report(STORE + BAR + LOAD_NEXT + STORE);
    CHECK_CONTAINS(racy, "store at line 4");
    CHECK_CONTAINS(racy, "after load at line 3");
}

TEST("a thread races not with itself") {
    check_no_race(STORE + "ld.shared.u32 %r5, [%r1];\nst.shared.u32 [%r1], %r5;\n");
    check_no_race(STORE + "shfl.sync.idx.b32 %r5, %r60, 0, 31, -1;\nld.shared.u32 %r5, [%r1];\n" + STORE);
}

// Two buffers in turn, of which others read what a thread has written.
std::string double_buffer(bool second_barrier, bool alternate) {
    return "mov.u32 %r10, 0;\nAGAIN:\nand.b32 %r11, %r10, " + std::string(alternate ? "1" : "0") +
           ";\nmad.lo.u32 %r12, %r11, 1024, %r1;\nxor.b32 %r13, %r60, 33;\nshl.b32 %r13, %r13, 2;\nmov.u32 %r14, buffer;\nadd.u32 %r14, %r14, %r13;\n"
           "mad.lo.u32 %r14, %r11, 1024, %r14;\nst.shared.u32 [%r12], %r10;\n" + BAR + "ld.shared.u32 %r15, [%r14];\n" + (second_barrier ? BAR : "") +
           "add.u32 %r10, %r10, 1;\nsetp.lt.u32 %p5, %r10, 5;\n@%p5 bra AGAIN;\n";
}

TEST("one buffer needs two barriers a turn, two buffers need one") {
    check_no_race(double_buffer(true, false));
    check_no_race(double_buffer(false, true));
    CHECK_CONTAINS(race_report(double_buffer(false, false)), "race on shared memory");
}

TEST("warp-synchronous code needs a synchronisation of the warp") {
    // A sum over a tree, as it was written before threads of a warp ran apart.
    const auto tree = [](const std::string& between) {
        std::string body = "st.shared.u32 [%r1], %r60;\n" + between;
        for (const int step : {16, 8, 4, 2, 1}) {
            const std::string n = std::to_string(step);
            body += "setp.lt.u32 %p4, %r60, " + n + ";\n@%p4 ld.shared.u32 %r5, [%r1+" + std::to_string(4 * step) + "];\n" + between +
                    "@%p4 ld.shared.u32 %r6, [%r1];\nadd.u32 %r5, %r5, %r6;\n@%p4 st.shared.u32 [%r1], %r5;\n" + between;
        }
        return body;
    };
    check_no_race(tree(SYNC), {1, 32});
    CHECK_CONTAINS(race_report(tree(""), {1, 32}), "no bar.warp.sync between");
    // The old remedy: volatile accesses are strong, and strong accesses do not race.
    std::string strong = tree("");
    for (const std::string from : {"st.shared", "ld.shared"}) {
        for (size_t at = strong.find(from); at != std::string::npos; at = strong.find(from, at + 1)) strong.insert(at + 2, ".volatile");
    }
    check_no_race(strong, {1, 32});
}

TEST("votes and shuffles order the lanes that take part") {
    const std::string vote = "vote.sync.ballot.b32 %r5, %p1, -1;\n", shuffle = "shfl.sync.idx.b32 %r5, %r60, 0, 31, -1;\n";
    check_no_race("@%p1 st.shared.u32 [%r4], 7;\n" + vote + "ld.shared.u32 %r6, [%r4];\n", {1, 32});
    check_no_race("@%p1 st.shared.u32 [%r4], 7;\n" + shuffle + "ld.shared.u32 %r6, [%r4];\n", {1, 32});
    CHECK_CONTAINS(race_report("@%p1 st.shared.u32 [%r4], 7;\nld.shared.u32 %r6, [%r4];\n", {1, 32}), "thread (1, 0, 0) and others, after store at line 1 by block (0, 0, 0) thread (0, 0, 0)");
}

TEST("half a warp synchronises half a warp") {
    const auto body = [](const std::string& mask) {
        return "setp.lt.u32 %p4, %r60, 16;\n@!%p4 exit;\nst.shared.u32 [%r1], %r60;\nbar.warp.sync " + mask +
               ";\nxor.b32 %r5, %r60, 1;\nshl.b32 %r5, %r5, 2;\nmov.u32 %r6, buffer;\nadd.u32 %r6, %r6, %r5;\nld.shared.u32 %r7, [%r6];\n";
    };
    check_no_race(body("0xffff"), {1, 32});
    // Pairs that do not hold each other.
    const auto pair = [](const std::string& reader) {
        return STORE + "setp.lt.u32 %p4, %r60, 2;\n@%p4 bar.warp.sync 3;\nsetp.eq.u32 %p5, %r60, " + reader + ";\n@%p5 ld.shared.u32 %r5, [%r2];\n";
    };
    check_no_race(pair("0"), {1, 32});
    CHECK_CONTAINS(race_report(pair("1"), {1, 32}), "load at line 5 by block (0, 0, 0) thread (1, 0, 0), after store at line 1");
}

TEST("one instruction may write one value to one place from many lanes, and no more than one") {
    check_no_race("st.shared.u32 [%r4], 7;\n", {1, 32});
    check_no_race("st.shared.v2.u32 [%r4], {7, %r4};\n", {1, 32});
    CHECK_CONTAINS(race_report("st.shared.u32 [%r4], %r60;\n", {1, 32}), "lanes of one warp, by the same instruction");
    CHECK_CONTAINS(race_report("st.shared.v2.u32 [%r4], {7, %r60};\n", {1, 32}), "lanes of one warp, by the same instruction");
    // Two places, 256 bytes apart; lanes differ in the low byte alone, which is what a byte's store shows.
    const std::string two = "and.b32 %r5, %r60, 1;\nshl.b32 %r5, %r5, 8;\nmov.u32 %r6, buffer;\nadd.u32 %r6, %r6, %r5;\n";
    check_no_race(two + "st.shared.u32 [%r6], %r5;\n", {1, 32});
    CHECK_CONTAINS(race_report(two + "st.shared.u32 [%r6], %r60;\n", {1, 32}), "lanes of one warp, by the same instruction");
    check_no_race(two + "shl.b32 %r7, %r60, 8;\ncvt.u16.u32 %rs1, %r7;\nst.shared.u8 [%r6], %rs1;\n", {1, 32});
}

TEST("threads that write one place at once race, even with one value") {
    CHECK_CONTAINS(race_report("setp.eq.u32 %p4, %r60, 32;\n@%p1 st.shared.u32 [%r4], 7;\n@%p4 st.shared.u32 [%r4], 7;\n"), "no barrier between");
    check_no_race("@%p1 st.shared.u32 [%r4], 7;\n");
}

TEST("bytes are told apart") {
    const std::string bytes = "mov.u32 %r7, buffer;\nadd.u32 %r8, %r7, %r60;\nmov.u16 %rs1, 1;\nst.shared.u8 [%r8], %rs1;\n";
    check_no_race(bytes);
    check_no_race("mov.u32 %r7, buffer;\nmad.lo.u32 %r8, %r60, 2, %r7;\nmov.u16 %rs1, 1;\nst.shared.u16 [%r8], %rs1;\nld.shared.u16 %rs2, [%r8];\n");
    // A word holds the bytes of four threads. Cells are split by then, from 16 bytes.
    const std::string vector = "mad.lo.u32 %r9, %r60, 16, %r7;\n";
    CHECK_CONTAINS(race_report(bytes + "@%p1 ld.shared.u32 %r9, [%r7];\n", {1, 32}), "race on shared memory at 0x401: load at line 5");
    CHECK_CONTAINS(race_report("mov.u32 %r7, buffer;\n" + vector + "@%p1 st.shared.v4.u32 [%r9], {%r5, %r5, %r5, %r5};\nadd.u32 %r8, %r7, %r60;\n"
                               "setp.eq.u32 %p4, %r60, 5;\nmov.u16 %rs1, 1;\n@%p4 st.shared.u8 [%r8], %rs1;\n", {1, 32}),
                   "race on shared memory at 0x405: store at line 7 by block (0, 0, 0) thread (5, 0, 0), after store at line 3");
    check_no_race("mov.u32 %r7, buffer;\n" + vector + "@%p1 st.shared.v4.u32 [%r9], {%r5, %r5, %r5, %r5};\nadd.u32 %r8, %r7, %r60;\n"
                  "setp.eq.u32 %p4, %r60, 16;\nmov.u16 %rs1, 1;\n@%p4 st.shared.u8 [%r8], %rs1;\n", {1, 32});
}

TEST("all readers are remembered, not the last one only") {
    // Thread 0 writes what three warps have read; the barrier leaves one of them out.
    const auto body = [](const std::string& members) {
        return "ld.shared.u32 %r5, [%r4];\nsetp.ge.u32 %p4, %r60, " + members + ";\n@%p4 exit;\nbar.sync 1, 64;\n@%p1 st.shared.u32 [%r4], 1;\n";
    };
    for (uint64_t seed = 0; seed < 6; seed++) CHECK_CONTAINS(race_report(body("64"), {1, 96, Completion::Eager, seed}), "no barrier between");
    check_no_race(body("64"), {1, 64});
}

TEST("named barriers order those who arrive before those who wait") {
    const std::string hand_over = "@%p2 st.shared.u32 [%r1], 1;\n@%p2 bar.arrive 1, 64;\n@!%p2 bar.sync 1, 64;\n@!%p2 ld.shared.u32 %r5, [%r1+-128];\n";
    check_no_race(hand_over);
    // The other way they order nothing.
    CHECK_CONTAINS(race_report("@!%p2 st.shared.u32 [%r1], 1;\n@%p2 bar.arrive 1, 64;\n@!%p2 bar.sync 1, 64;\n@%p2 ld.shared.u32 %r5, [%r1+128];\n"), "no barrier between");
    CHECK_CONTAINS(race_report("@%p2 st.shared.u32 [%r1], 1;\nbar.sync 2, 64;\n@%p2 st.shared.u32 [%r1], 1;\n@!%p2 ld.shared.u32 %r5, [%r1+-128];\n"),
                   "no barrier between");
}

TEST("a thread that has ended does not hold up a barrier, and is ordered by it") {
    check_no_race("@%p2 st.shared.u32 [%r1], 1;\n@%p2 exit;\n" + BAR + "ld.shared.u32 %r5, [%r1+-128];\n");
}

TEST("global memory is watched within a block as well") {
    check_no_race("st.global.u32 [%rd2], 1;\n" + BAR + "ld.global.u32 %r5, [%rd2+4];\n");
    const std::string racy = race_report("st.global.u32 [%rd2], 1;\n" + SYNC + "ld.global.u32 %r5, [%rd2+4];\n");
    CHECK_CONTAINS(racy, "race on global memory at 0x");
    CHECK_CONTAINS(racy, "offset 128 of allocation 1");
}

TEST("generic addresses are the same memory") {
    const std::string generic = "cvta.shared.u64 %rd5, %rd6;\n";
    CHECK_CONTAINS(race_report("cvt.u64.u32 %rd6, %r2;\n" + generic + STORE + "ld.u32 %r5, [%rd5];\n", {1, 32}), "race on shared memory at 0x404: load at line 4");
}

}  // namespace
