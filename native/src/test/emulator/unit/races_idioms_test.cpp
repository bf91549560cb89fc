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
           "ld.global.u32 %r13, [%rd61+256];\nadd.u32 %r12, %r12, %r13;\n$not_last:\n";
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
    either_way("mov.u32 %r10, 0;\n" + CAS_LOOP + "ld.global.u32 %r13, [%rd61];\nadd.u32 %r14, %r13, 1;\n", 2);
    either_way("atom.global.add.u32 %r10, [%rd61], 1;\nld.global.u32 %r11, [%rd61];\nadd.u32 %r12, %r11, 1;\n", 2);
}

TEST("whoever saw an atomic operation's result reads what was fenced before it") {
    only_to_the_letter(last_block("membar.gl;\n"), 2);
    only_to_the_letter(last_block("fence.acq_rel.gpu;\n"), 2);
    either_way(last_block(""), 2);
}

TEST("a load and then a store by lanes of one warp, but no store and then a load") {
    const std::string load = "ld.shared.u32 %r10, [%r2];\n", store = "st.shared.u32 [%r1], %r60;\n", use = "add.u32 %r11, %r10, 1;\n";
    only_to_the_letter(load + store + use, 1, 32);
    either_way(load + store + use, 1, 64);
    either_way(store + load + use, 1, 32);
}

TEST("a load whose value nobody uses") {
    const std::string load = "ld.shared.u32 %r10, [%r2];\n", store = "st.shared.u32 [%r1], %r60;\n", use = "add.u32 %r11, %r10, 1;\n";
    for (const std::string& order : {load + store, store + load}) {
        only_to_the_letter(order);
        either_way(order + use);
        either_way(order + "bar.sync 0;\n" + use);
        only_to_the_letter(order + "mov.u32 %r10, 0;\n" + use);
        only_to_the_letter(order + "@!%p1 mov.u32 %r10, 0;\nbar.warp.sync -1;\nsetp.gt.u32 %p4, %r60, 1000;\n@%p4 add.u32 %r11, %r10, 1;\n");
    }
    // What is used before the store, or in time, is a load like any other.
    either_way(load + use + store);
    check_no_race(load + "bar.sync 0;\n" + store + use, with_idioms(1, 64));
    check_no_race(load + use + "bar.sync 0;\n" + store, with_idioms(1, 64));
}

TEST("lanes that use what they have loaded, and lanes that do not") {
    // Thread 32 stores where thread 31 loads.
    const std::string body = "ld.shared.u32 %r10, [%r2];\nst.shared.u32 [%r1], %r60;\nbar.sync 0;\n";
    only_to_the_letter(body + "setp.ne.u32 %p4, %r60, 31;\n@%p4 add.u32 %r11, %r10, 1;\n");
    either_way(body + "setp.eq.u32 %p4, %r60, 31;\n@%p4 add.u32 %r11, %r10, 1;\n");
    either_way(body + "setp.ne.u32 %p4, %r60, 31;\n@%p4 bra $end;\nst.global.u32 [%rd2], %r10;\n$end:\n");
}

TEST("a pipeline that fetches beyond its last tile") {
    const auto pipeline = [](const std::string& between, const std::string& last) {
        // The last fetch is from where the result goes, the others are not.
        return "mov.u32 %r20, 0;\nst.shared.u32 [%r1], %r60;\nst.shared.u32 [%r1+1024], %r60;\nbar.sync 0;\nld.shared.u32 %r10, [%r2+1024];\n$again:\n"
               "add.u32 %r11, %r11, %r10;\nadd.u32 %r20, %r20, 1;\nsetp.lt.u32 %p4, %r20, 3;\nselp.u32 %r21, 1024, 0, %p4;\nadd.u32 %r21, %r21, %r2;\n"
               "ld.shared.u32 %r10, [%r21];\n@%p4 bra $again;\n" + between +
               "st.shared.u32 [%r1], %r11;\n" + last;
    };
    only_to_the_letter(pipeline("", ""));
    either_way(pipeline("", "add.u32 %r11, %r11, %r10;\n"));
    check_no_race(pipeline("bar.sync 0;\n", "add.u32 %r11, %r11, %r10;\n"), with_idioms(1, 64));
}

TEST("vectors of which a part is used, and matrices that other lanes hold") {
    const std::string wide = "mad.lo.u32 %r21, %r60, 12, %r1;\n";  // 16 bytes a thread
    const std::string store = "xor.b32 %r23, %r60, 32;\nmov.u32 %r22, buffer;\nmad.lo.u32 %r22, %r23, 16, %r22;\nst.shared.u32 [%r22], %r60;\n";
    only_to_the_letter(wide + "ld.shared.v4.u32 {%r10, %r11, %r12, %r13}, [%r21];\n" + store + "mov.u32 %r12, 0;\nadd.u32 %r14, %r12, 1;\n");
    either_way(wide + "ld.shared.v4.u32 {%r10, %r11, %r12, %r13}, [%r21];\n" + store + "mov.u32 %r10, 0;\nadd.u32 %r14, %r12, 1;\n");
    const std::string matrix = "ldmatrix.sync.aligned.m8n8.x1.shared.b16 {%r10}, [%r21];\n";
    only_to_the_letter(wide + matrix + store);
    either_way(wide + matrix + store + "setp.eq.u32 %p4, %r60, 30;\n@%p4 add.u32 %r14, %r10, 1;\n");
}

TEST("between blocks, through global memory") {
    const std::string body = "ld.global.u32 %r10, [%rd61];\nst.global.u32 [%rd2], 5;\n";
    only_to_the_letter(body, 2);
    either_way(body + "setp.eq.u32 %p4, %r61, 1;\n@%p4 add.u32 %r11, %r10, 1;\n", 2);
}

TEST("what a compare-and-swap is told to expect") {
    const std::vector<std::string_view> lines = {"mov.b32 %r7, %r5;", "@%p1 atom.global.cas.b32 %r3, [%rd1], %r7, %r2;"};
    CHECK(is_expected("ld.global.u32 %r5, [%rd9];", lines));
    CHECK(is_expected("@!%p2 ld.global.cg.b32 %r7, [%rd9];", lines));
    CHECK(!is_expected("ld.global.u32 %r2, [%rd1];", lines));
    CHECK(!is_expected("st.global.u32 [%rd9], %r5;", lines));
    CHECK(!is_expected("ld.global.u32 %r5, [%rd9];", {}));
}
