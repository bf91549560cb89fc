// Whole warps on rows of neighbouring words, which are watched as one: nothing of it may show.
#include "race_harness.h"

using namespace testing;

namespace {

const std::string BAR = "bar.sync 0;\n", SYNC = "bar.warp.sync 0xffffffff;\n";
// %rd5 is at word `lane` of out, the same for every warp and every block.
const std::string ROW = "and.b32 %r8, %r60, 31;\nmul.wide.u32 %rd5, %r8, 4;\nadd.s64 %rd5, %rd61, %rd5;\n";
const RaceRun TWO_BLOCKS{2, 32};

TEST("two warps on one row") {
    check_no_race(ROW + "ld.global.u32 %r5, [%rd5];\n");
    check_no_race(ROW + "@%p2 st.global.u32 [%rd5], 1;\n" + BAR + "@!%p2 st.global.u32 [%rd5], 2;\n" + BAR + "ld.global.u32 %r5, [%rd5];\n");
    CHECK_CONTAINS(race_report(ROW + "st.global.u32 [%rd5], 1;\n"), "store at line 4 by block (0, 0, 0) thread (32, 0, 0), after store at line 4 by block (0, 0, 0) thread (0, 0, 0)");
    CHECK_CONTAINS(race_report(ROW + "@%p2 ld.global.u32 %r5, [%rd5];\n@!%p2 st.global.u32 [%rd5], 1;\n"), "after load at line 4 by block (0, 0, 0) thread (0, 0, 0)");
}

TEST("the loads of a row are not forgotten by a later one") {
    // Both warps read, then each writes: the second reader's own load does not hide the first's.
    CHECK_CONTAINS(race_report(ROW + "ld.global.u32 %r5, [%rd5];\n@%p2 exit;\nst.global.u32 [%rd5], 1;\n"), "after load at line 4 by block (0, 0, 0) thread (0, 0, 0)");
}

TEST("a row read in other steps than it was written") {
    const std::string write = ROW + "@%p2 st.global.u32 [%rd5], 1;\n";
    const std::string shifted = "@!%p2 ld.global.u32 %r5, [%rd5+4];\n", narrow = "@!%p2 ld.global.u8 %r5, [%rd5+1];\n";
    const std::string one = "@%p2 exit;\nsetp.ne.u32 %p4, %r8, 7;\n@%p4 exit;\nld.global.u32 %r5, [%rd5];\n";
    CHECK_CONTAINS(race_report(write + shifted), "after store at line 4 by block (0, 0, 0) thread (1, 0, 0)");
    CHECK_CONTAINS(race_report(write + narrow), "after store at line 4 by block (0, 0, 0) thread (0, 0, 0)");
    CHECK_CONTAINS(race_report(write + one), "thread (39, 0, 0), after store at line 4 by block (0, 0, 0) thread (7, 0, 0)");
    for (const std::string& read : {shifted, narrow, one}) check_no_race(write + BAR + read);
}

TEST("one lane cannot speak for the row") {
    const auto passed_on = [](const std::string& before) {
        return ROW + "@!%p3 bra READER;\nst.global.u32 [%rd5], 42;\n" + before + "setp.ne.u32 %p4, %r8, 0;\n@%p4 exit;\nfence.acq_rel.gpu;\nst.relaxed.gpu.global.u32 [%rd61+400], 1;\nexit;\n"
               "READER:\nld.relaxed.gpu.global.u32 %r5, [%rd61+400];\nsetp.eq.u32 %p5, %r5, 0;\n@%p5 bra READER;\nfence.acq_rel.gpu;\nld.global.u32 %r6, [%rd5];\n";
    };
    check_no_race(passed_on(SYNC), TWO_BLOCKS);
    CHECK_CONTAINS(race_report(passed_on(""), TWO_BLOCKS), "after store at line 5 by block (0, 0, 0) thread (1, 0, 0)");
}

}  // namespace
