// What published CUDA code does beside the memory model: a race to the letter, and none where idioms count.
#include "hazard/idioms.h"
#include "race_harness.h"

namespace {

using namespace testing;

RaceRun with_idioms(unsigned blocks, unsigned threads) {
    RaceRun run;
    run.blocks = blocks;
    run.threads = threads;
    run.reading = Reading::WithIdioms;
    return run;
}

bool races(const std::string& body, RaceRun run) { return race_report(body, run).find("race on") != std::string::npos; }

void only_to_the_letter(const std::string& body, unsigned blocks = 1, unsigned threads = 64) {
    RaceRun run = with_idioms(blocks, threads);
    check_no_race(body, run);
    run.reading = Reading::ToTheLetter;
    CHECK(races(body, run));
}

void either_way(const std::string& body, unsigned blocks = 1, unsigned threads = 64) {
    RaceRun run = with_idioms(blocks, threads);
    CHECK(races(body, run));
    run.reading = Reading::ToTheLetter;
    CHECK(races(body, run));
}

const std::string CAS_LOOP =
    "$again:\nadd.u32 %r11, %r10, 1;\natom.global.cas.b32 %r12, [%rd61], %r10, %r11;\nsetp.ne.u32 %p4, %r12, %r10;\n"
    "mov.u32 %r10, %r12;\n@%p4 bra $again;\n";

std::string last_block(const std::string& fence) {
    return "st.global.u32 [%rd2], 5;\n" + fence +
           "bar.sync 0;\n@%p1 atom.global.add.u32 %r10, [%rd60], 1;\n@%p1 st.shared.u32 [%r4], %r10;\nbar.sync 0;\n"
           "ld.shared.u32 %r11, [%r4];\nsetp.ne.u32 %p4, %r11, 1;\n@%p4 bra $not_last;\nld.global.u32 %r12, [%rd61];\n"
           "ld.global.u32 %r13, [%rd61+256];\n$not_last:\n";
}

}  // namespace

TEST("warps that store what is there already") {
    only_to_the_letter("st.shared.u32 [%r4], 7;\n");
    only_to_the_letter("mov.u32 %r10, 3;\nmov.u32 %r11, 4;\nst.shared.v2.u32 [buffer], {%r10, %r11};\n");
    either_way("st.shared.u32 [%r4], %r60;\n");
}

TEST("threads that initialise one mbarrier, and none that does after an arrival") {
    only_to_the_letter("mbarrier.init.shared.b64 [%r3], 64;\n");
    either_way("@%p2 mbarrier.init.shared.b64 [%r3], 64;\n@%p2 mbarrier.arrive.shared.b64 %rd5, [%r3];\n@!%p2 mbarrier.init.shared.b64 [%r3], 64;\n");
}

TEST("the plain load before a CAS loop, and no other of a counter") {
    only_to_the_letter("ld.global.u32 %r10, [%rd61];\n" + CAS_LOOP, 2);
    only_to_the_letter("ld.global.u32 %r9, [%rd61];\nmov.u32 %r10, %r9;\n" + CAS_LOOP, 2);
    either_way("mov.u32 %r10, 0;\n" + CAS_LOOP + "ld.global.u32 %r13, [%rd61];\n", 2);
    either_way("atom.global.add.u32 %r10, [%rd61], 1;\nld.global.u32 %r11, [%rd61];\n", 2);
}

TEST("whoever saw an atomic operation's result reads what was fenced before it") {
    only_to_the_letter(last_block("membar.gl;\n"), 2);
    only_to_the_letter(last_block("fence.acq_rel.gpu;\n"), 2);
    either_way(last_block(""), 2);
}

TEST("a load and then a store by lanes of one warp, but no store and then a load") {
    only_to_the_letter("ld.shared.u32 %r10, [%r2];\nst.shared.u32 [%r1], %r60;\n", 1, 32);
    either_way("ld.shared.u32 %r10, [%r2];\nst.shared.u32 [%r1], %r60;\n", 1, 64);
    either_way("st.shared.u32 [%r1], %r60;\nld.shared.u32 %r10, [%r2];\n", 1, 32);
}

TEST("what a compare-and-swap is told to expect") {
    const std::vector<std::string_view> lines = {"mov.b32 %r7, %r5;", "@%p1 atom.global.cas.b32 %r3, [%rd1], %r7, %r2;"};
    CHECK(is_expected("ld.global.u32 %r5, [%rd9];", lines));
    CHECK(is_expected("@!%p2 ld.global.cg.b32 %r7, [%rd9];", lines));
    CHECK(!is_expected("ld.global.u32 %r2, [%rd1];", lines));
    CHECK(!is_expected("st.global.u32 [%rd9], %r5;", lines));
    CHECK(!is_expected("ld.global.u32 %r5, [%rd9];", {}));
}
