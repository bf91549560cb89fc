// Order by atomics and fences, within a block and between blocks.
#include "race_harness.h"

using namespace testing;

namespace {

const std::string GPU = "fence.acq_rel.gpu;\n", BAR = "bar.sync 0;\n";
const RaceRun TWO_BLOCKS{2, 32};

TEST("blocks share global memory, and nothing orders them by itself") {
    check_no_race("st.global.u32 [%rd2], 1;\nld.global.u32 %r5, [%rd2];\n", TWO_BLOCKS);
    const std::string racy = race_report("st.global.u32 [%rd61], 1;\n", {2, 1});
    CHECK_CONTAINS(racy, "race on global memory at 0x");
    CHECK_CONTAINS(racy, "offset 0 of allocation 1: store at line 1 by block (1, 0, 0) thread (0, 0, 0), after store at line 1 by block (0, 0, 0) "
                         "thread (0, 0, 0): nothing orders the two blocks");
    CHECK_CONTAINS(race_report("ld.global.u32 %r5, [%rd60];\n@%p3 exit;\nst.global.u32 [%rd60], 1;\n", {2, 1}), "after load at line 1 by block (0, 0, 0)");
    CHECK_CONTAINS(race_report("@%p3 st.global.u32 [%rd60], 1;\n@!%p3 ld.global.u32 %r5, [%rd60];\n", {2, 1}), "load at line 2 by block (1, 0, 0)");
}

TEST("two readers of different blocks are remembered") {
    // Blocks 0 and 1 read, and block 1 writes: its own load does not hide the other's.
    CHECK_CONTAINS(race_report("ld.global.u32 %r5, [%rd60];\nld.global.u32 %r5, [%rd60];\n@%p3 exit;\nst.global.u32 [%rd60], 1;\n", {2, 32}), "race on global");
}

// Block 0 hands out[0] over to block 1 by a flag at out[100].
std::string message(const std::string& release, const std::string& set, const std::string& get, const std::string& acquire) {
    return "setp.ne.u32 %p4, %r60, 0;\n@%p4 exit;\n@!%p3 bra READER;\nst.global.u32 [%rd61], 42;\n" + release + set + "exit;\nREADER:\n" + get +
           "setp.eq.u32 %p5, %r5, 0;\n@%p5 bra READER;\n" + acquire + "ld.global.u32 %r6, [%rd61];\n";
}
const std::string SET = "st.relaxed.gpu.global.u32 [%rd61+400], 1;\n", GET = "ld.relaxed.gpu.global.u32 %r5, [%rd61+400];\n";
const std::string NO_ORDER = "nothing orders the two blocks", NOT_ACQUIRED = "an atomic load has seen that it was done, but no acquire or fence follows";

TEST("message passing: a fence, a flag, a fence") {
    check_no_race(message(GPU, SET, GET, GPU), TWO_BLOCKS);
    check_no_race(message("membar.gl;\n", "st.volatile.global.u32 [%rd61+400], 1;\n", "ld.volatile.global.u32 %r5, [%rd61+400];\n", "membar.gl;\n"), TWO_BLOCKS);
    check_no_race(message(GPU, "red.global.add.u32 [%rd61+400], 1;\n", "atom.global.add.u32 %r5, [%rd61+400], 0;\n", GPU), TWO_BLOCKS);
    CHECK_CONTAINS(race_report(message("", SET, GET, GPU), TWO_BLOCKS), NO_ORDER);
    CHECK_CONTAINS(race_report(message(GPU, SET, GET, ""), TWO_BLOCKS), NOT_ACQUIRED);
    CHECK_CONTAINS(race_report(message("", SET, GET, ""), TWO_BLOCKS), "load at line 11 by block (1, 0, 0) thread (0, 0, 0), after store at line 4 by block (0, 0, 0)");
}

TEST("message passing by release and acquire") {
    const std::string release = "st.release.gpu.global.u32 [%rd61+400], 1;\n", acquire = "ld.acquire.gpu.global.u32 %r5, [%rd61+400];\n";
    check_no_race(message("", release, acquire, ""), TWO_BLOCKS);
    check_no_race(message("", "red.release.gpu.global.add.u32 [%rd61+400], 1;\n", acquire, ""), TWO_BLOCKS);
    check_no_race(message("", "atom.acq_rel.sys.global.exch.b32 %r7, [%rd61+400], 1;\n", acquire, ""), TWO_BLOCKS);
    check_no_race(message("", release, GET, GPU), TWO_BLOCKS);
    CHECK_CONTAINS(race_report(message("", SET, acquire, ""), TWO_BLOCKS), NO_ORDER);
    CHECK_CONTAINS(race_report(message("", release, GET, ""), TWO_BLOCKS), NOT_ACQUIRED);
}

TEST("a scope must reach the other") {
    const std::string block = "fence.acq_rel.cta;\n";
    CHECK_CONTAINS(race_report(message(block, SET, GET, GPU), TWO_BLOCKS), NO_ORDER);
    CHECK_CONTAINS(race_report(message(GPU, SET, GET, block), TWO_BLOCKS), NOT_ACQUIRED);
    CHECK_CONTAINS(race_report(message(GPU, "st.relaxed.cta.global.u32 [%rd61+400], 1;\n", GET, GPU), TWO_BLOCKS), "the scope of one is its own block only");
    CHECK_CONTAINS(race_report("atom.relaxed.cta.global.add.u32 %r5, [%rd61], 1;\n", {2, 1}), "the scope of one is its own block only");
    check_no_race("atom.relaxed.cta.global.add.u32 %r5, [%rd61], 1;\n", {1, 64});
}

TEST("a flag that is no atomic races itself") {
    const std::string racy = race_report(message(GPU, "st.global.u32 [%rd61+400], 1;\n", GET, GPU), TWO_BLOCKS);
    CHECK_CONTAINS(racy, "offset 400 of allocation 1");
    CHECK_CONTAINS(racy, "only one of them is atomic or volatile, and nothing orders the two blocks");
}

TEST("atomics do not race, others with them do") {
    check_no_race("red.global.add.u32 [%rd61], 1;\n", {3, 64});
    check_no_race("red.shared.add.u32 [%r4], 1;\n" + BAR + "ld.shared.u32 %r5, [%r4];\n");
    CHECK_CONTAINS(race_report("red.shared.add.u32 [%r4], 1;\nld.shared.u32 %r5, [%r4];\n"), "load at line 2 by block (0, 0, 0) thread (0, 0, 0) and others, after atomic access at "
                   "line 1 by block (0, 0, 0) thread (31, 0, 0) and others");
    CHECK_CONTAINS(race_report("@%p3 red.global.add.u32 [%rd61], 1;\n@!%p3 ld.global.u32 %r5, [%rd61];\n", {2, 1}), "after atomic access at line 1 by block (0, 0, 0)");
    // An atomic operation comes after those that it has seen, and so does what follows it.
    check_no_race("atom.global.add.u32 %r6, [%rd61], 1;\nsetp.ne.u32 %p5, %r6, 1;\n@%p5 exit;\nld.global.u32 %r5, [%rd61];\n", {2, 1});
}

// A thread of every warp adds one to a counter under a lock.
std::string locked(const std::string& lock, const std::string& unlock) {
    return "and.b32 %r8, %r60, 31;\nsetp.ne.u32 %p4, %r8, 0;\n@%p4 exit;\nTRY:\n" + lock + "setp.ne.u32 %p5, %r5, 0;\n@%p5 bra TRY;\nld.global.u32 %r6, [%rd61];\nadd.u32 %r6, %r6, 1;\n"
           "st.global.u32 [%rd61], %r6;\n" + unlock;
}

TEST("a spin lock needs a fence on both sides") {
    const std::string take = "atom.global.cas.b32 %r5, [%rd61+400], 0, 1;\n", give = "atom.global.exch.b32 %r7, [%rd61+400], 0;\n";
    for (const RaceRun run : {RaceRun{2, 32}, RaceRun{1, 64}}) {
        check_no_race(locked(take + GPU, GPU + give), run);
        check_no_race(locked("atom.acquire.gpu.global.cas.b32 %r5, [%rd61+400], 0, 1;\n", "st.release.gpu.global.u32 [%rd61+400], 0;\n"), run);
        CHECK_CONTAINS(race_report(locked(take, GPU + give), run), NOT_ACQUIRED);
        CHECK_CONTAINS(race_report(locked(take + GPU, give), run), "race on global memory");
    }
}

// Every block leaves a part, the last one to count adds them up: out[block] is the part, out[100] the count.
std::string last_block(const std::string& before_count, const std::string& after_count) {
    return "mad.wide.u32 %rd5, %r61, 4, %rd61;\nsetp.eq.u32 %p4, %r60, 40;\n@%p4 st.global.u32 [%rd5], 1;\n" + before_count +
           "@!%p1 bra COUNTED;\natom.global.add.u32 %r5, [%rd61+400], 1;\nst.shared.u32 [%r4], %r5;\nCOUNTED:\n" + after_count +
           BAR + "ld.shared.u32 %r6, [%r4];\nsetp.ne.u32 %p5, %r6, 3;\n@%p5 exit;\nsetp.ge.u32 %p6, %r60, 4;\n@%p6 exit;\n"
           "ld.global.u32 %r7, [%rd2];\nmad.wide.u32 %rd6, %r60, 4, %rd61;\nld.global.u32 %r8, [%rd6];\n";
}

TEST("what a barrier has collected, one thread hands on") {
    const RaceRun run{4, 64};
    check_no_race(last_block(BAR + GPU, GPU), run);
    check_no_race(last_block(GPU + BAR, GPU), run);  // every thread has fenced what it wrote
    CHECK_CONTAINS(race_report(last_block(GPU, GPU), run), NO_ORDER);  // thread 40 may not be there yet
    CHECK_CONTAINS(race_report(last_block(BAR, GPU), run), NO_ORDER);
    CHECK_CONTAINS(race_report(last_block(BAR + GPU, ""), run), NOT_ACQUIRED);
}

TEST("who has seen an atomic write may write over it") {
    // The last block sets the counter back; a poller its flag, or another thread does behind a barrier.
    const std::string count = "@!%p1 exit;\n" + GPU + "atom.global.add.u32 %r5, [%rd61+400], 1;\nsetp.ne.u32 %p5, %r5, 3;\n@%p5 exit;\n";
    check_no_race(count + GPU + "st.global.u32 [%rd61+400], 0;\nld.global.u32 %r5, [%rd61+400];\n", {4, 32});
    check_no_race(message(GPU, SET, GET, GPU + "ld.global.u32 %r7, [%rd61+400];\nld.global.u32 %r7, [%rd61+400];\nst.global.u32 [%rd61+400], 0;\n"), TWO_BLOCKS);
    const auto reset = [](const std::string& barrier) {
        return "@%p3 bra WRITER;\n@!%p1 bra BEHIND;\nAGAIN:\n" + GET + "setp.eq.u32 %p5, %r5, 0;\n@%p5 bra AGAIN;\nBEHIND:\n" + barrier +
               "setp.eq.u32 %p6, %r60, 40;\n@%p6 st.global.u32 [%rd61+400], 0;\nexit;\nWRITER:\n@%p1 " + SET;
    };
    check_no_race(reset(BAR), {2, 64});
    CHECK_CONTAINS(race_report(reset(""), {2, 64}), "only one of them is atomic or volatile");
}

TEST("flags in shared memory order warps") {
    const auto body = [](const std::string& release, const std::string& acquire) {
        return "@!%p1 bra OTHERS;\nst.shared.u32 [%r1+1024], 42;\n" + release + "st.volatile.shared.u32 [%r4], 1;\nexit;\nOTHERS:\n@%p2 exit;\nAGAIN:\n"
               "ld.volatile.shared.u32 %r5, [%r4];\nsetp.eq.u32 %p5, %r5, 0;\n@%p5 bra AGAIN;\n" + acquire + "mov.u32 %r7, buffer;\nld.shared.u32 %r6, [%r7+1024];\n";
    };
    const std::string fence = "fence.acq_rel.cta;\n";
    // The flag starts as zero: shared memory does here.
    check_no_race(body(fence, fence));
    CHECK_CONTAINS(race_report(body("", fence)), "no barrier between");
    CHECK_CONTAINS(race_report(body(fence, "")), NOT_ACQUIRED);
}

}  // namespace
