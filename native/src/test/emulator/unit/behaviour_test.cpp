// What the core does around instructions: faults and their reports, hangs, reconvergence, orders, counters.
#include <cstring>
#include <random>
#include <set>

#include "device.h"
#include "harness.h"
#include "hazard/uninitialised.h"

using namespace testing;

namespace {

// Runs `body` (see kernel_around) on one CTA, or more.
LaunchResult run(Device& device, const std::string& body, uint64_t in, uint64_t out, Dim3 grid = {1, 1, 1}, Dim3 block = {32, 1, 1}) {
    device.load(kernel_around(body));
    return device.launch("k", grid, block, in, out);
}

void expect_fault(const LaunchResult& result, FaultKind kind, const std::string& part) {
    if (!result.fault) return harness::report("fault", 0, "no fault, expected one with '" + part + "'");
    if (result.fault->kind != kind) harness::report("fault", 0, result.fault->text());
    CHECK_CONTAINS(result.fault->text(), part);
}

uint32_t line_of(const std::string& text, const std::string& part) {
    uint32_t line = 1;
    for (size_t i = 0; i < text.find(part); i++) line += text[i] == '\n';
    return line;
}

std::string message(const std::string& ptx) {
    try {
        Module::load(ptx, {});
    } catch (const LoadError& error) {
        return error.what();
    }
    return "";
}

const std::string INDEX = "mul.wide.u32 %rd1, %r63, 4;\nadd.u64 %rd2, %rd61, %rd1;\n";

}  // namespace

TEST("out of bounds, with line, thread and allocation") {
    Device device;
    const uint64_t out = device.allocate(64, "buffer out");
    const std::string body = INDEX + "st.global.u32 [%rd2], %r60;\n";
    const auto result = run(device, body, 0, out);
    expect_fault(result, FaultKind::IllegalAddress, "store of 4 bytes");
    expect_fault(result, FaultKind::IllegalAddress, "0 bytes past the end of buffer out (64 bytes)");
    if (!result.fault) return;
    CHECK_EQUAL(result.fault->line, line_of(kernel_around(body), "st.global"));
    CHECK_EQUAL(result.fault->source, "st.global.u32 [%rd2], %r60;");
    CHECK_EQUAL(result.fault->thread.x, 16u);
    CHECK_EQUAL(result.fault->address, out + 64);
    CHECK_EQUAL(result.fault->kernel, "k");
}

TEST("over the end, null, freed, read-only, far away") {
    Device device;
    const uint64_t out = device.allocate(64, "buffer");
    expect_fault(run(device, "ld.global.u64 %rd1, [%rd61+60];", 0, out), FaultKind::MisalignedAddress, "not a multiple of its size");
    const uint64_t odd = device.allocate(12, "odd");
    expect_fault(run(device, "ld.global.u64 %rd1, [%rd61+8];", 0, odd), FaultKind::IllegalAddress, "4 bytes over the end of odd (12 bytes)");
    expect_fault(run(device, "ld.global.u32 %r1, [%rd61];", 0, 0), FaultKind::IllegalAddress, "null pointer");
    expect_fault(run(device, "ld.global.u32 %r1, [%rd61+-4];", 0, out), FaultKind::IllegalAddress, "4 bytes before the start of buffer");
    device.free(out);
    expect_fault(run(device, "ld.global.u32 %r1, [%rd61];", 0, out), FaultKind::IllegalAddress, "has been freed");
}

TEST("shared, local and parameter bounds") {
    Device device;
    const uint64_t out = device.allocate(64);
    const std::string shared = ".shared .align 16 .b8 tile[64];\n";
    expect_fault(run(device, shared + "mov.u32 %r1, tile; st.shared.u32 [%r1+64], %r60;", 0, out), FaultKind::IllegalAddress, "the block has 64 bytes");
    expect_fault(run(device, shared + "mov.u32 %r1, tile; st.shared.u32 [0], %r1;", 0, out), FaultKind::IllegalAddress, "shared address 0x0");
    expect_fault(run(device, ".local .align 16 .b8 own[32];\nmov.u64 %rd1, own; ld.local.u32 %r1, [%rd1+32];", 0, out), FaultKind::IllegalAddress, "the thread has 32 bytes");
    expect_fault(run(device, "trap;", 0, out), FaultKind::LaunchFailed, "trap");
}

TEST("generic addresses reach every space") {
    Device device;
    const uint64_t out = device.allocate(32 * 4);
    const auto result = run(device, R"(
        .shared .align 4 .b8 tile[128];
        .local .align 4 .b8 own[4];
        mov.u64 %rd1, tile; cvta.shared.u64 %rd1, %rd1;
        mul.wide.u32 %rd5, %r60, 4; add.u64 %rd1, %rd1, %rd5;
        mov.u64 %rd2, own; cvta.local.u64 %rd2, %rd2;
        and.b32 %r1, %r60, 1; setp.eq.u32 %p1, %r1, 0;
        selp.b64 %rd3, %rd1, %rd2, %p1;
        st.u32 [%rd3], %r60;
        ld.u32 %r2, [%rd3];
        isspacep.shared %p2, %rd3;
        @%p2 add.u32 %r2, %r2, 100;
        add.u64 %rd4, %rd61, %rd5;
        st.u32 [%rd4], %r2;)", 0, out);
    if (result.fault) harness::report("fault", 0, result.fault->text());
    const auto values = device.download<uint32_t>(out, 32);
    for (uint32_t i = 0; i < 32; i++) CHECK_EQUAL(values[i], i % 2 == 0 ? i + 100 : i);
}

TEST("a barrier that some warps never reach is a deadlock, and says who waits") {
    Device device;
    const uint64_t out = device.allocate(4);
    const std::string body = "setp.lt.u32 %p1, %r60, 32;\n@%p1 bra LATE;\nbar.sync 1, 64;\nbra DONE;\nLATE:\nbar.sync 2, 64;\nDONE:\n";
    const auto result = run(device, body, 0, out, {1, 1, 1}, {64, 1, 1});
    expect_fault(result, FaultKind::LaunchTimeout, "deadlock");
    expect_fault(result, FaultKind::LaunchTimeout, "barrier 1: 32 of 64 threads have arrived");
    expect_fault(result, FaultKind::LaunchTimeout, "barrier 2: 32 of 64 threads have arrived");
    expect_fault(result, FaultKind::LaunchTimeout, "bar.sync 2, 64;");
}

TEST("a divergent aligned barrier is reported, not passed") {
    Device device;
    const uint64_t out = device.allocate(4);
    const auto result = run(device, "setp.lt.u32 %p1, %r60, 5;\n@%p1 bra A;\nbar.sync 0;\nbra B;\nA:\nbar.sync 0;\nB:\n", 0, out);
    expect_fault(result, FaultKind::LaunchTimeout, "waits for lanes 0000001f of the warp to get there");
}

TEST("polling what never comes is a hang") {
    Device device;
    device.execution.stall_limit = 1 << 20;
    const uint64_t in = device.upload(std::vector<uint32_t>{0}), out = device.allocate(4);
    expect_fault(run(device, "L: ld.volatile.global.u32 %r1, [%rd60];\nsetp.eq.u32 %p1, %r1, 0;\n@%p1 bra L;", in, out), FaultKind::LaunchTimeout, "hang");
    expect_fault(run(device, "L: nanosleep.u32 20;\nld.volatile.global.u32 %r1, [%rd60];\nsetp.eq.u32 %p1, %r1, 0;\n@%p1 bra L;", in, out), FaultKind::LaunchTimeout, "hang");
}

TEST("a CTA may wait for one that starts later") {
    Device device;
    const uint64_t in = device.upload(std::vector<uint32_t>{0}), out = device.allocate(4);
    // CTA 0 waits for the flag that CTA 3 sets.
    const auto result = run(device, R"(
        setp.eq.u32 %p1, %r61, 3;
        @%p1 st.volatile.global.u32 [%rd60], 1;
        setp.ne.u32 %p2, %r61, 0;
        @%p2 bra END;
        L: ld.acquire.gpu.global.u32 %r1, [%rd60];
        setp.eq.u32 %p3, %r1, 0;
        @%p3 bra L;
        END:)", in, out, {4, 1, 1});
    CHECK(!result.fault.has_value());
}

TEST("lanes meet again after a branch, and shuffles wait for them") {
    Device device;
    const uint64_t out = device.allocate(32 * 4);
    const auto result = run(device, INDEX + R"(
        mov.u32 %r1, 0;
        and.b32 %r2, %r60, 3;
        LOOP:
        setp.ge.u32 %p1, %r1, %r2;
        @%p1 bra OUT;
        add.u32 %r1, %r1, 1;
        bra LOOP;
        OUT:
        shfl.sync.bfly.b32 %r3, %r1, 1, 31, -1;
        activemask.b32 %r4;
        st.global.u32 [%rd2], %r3;)", 0, out);
    CHECK(!result.fault.has_value());
    const auto values = device.download<uint32_t>(out, 32);
    for (uint32_t i = 0; i < 32; i++) CHECK_EQUAL(values[i], (i ^ 1) & 3);
    CHECK(result.counters.divergent_branches > 0);
}

TEST("bar.warp.sync joins lanes that stand at different ones") {
    Device device;
    const uint64_t out = device.allocate(4);
    const auto result = run(device, "setp.lt.u32 %p1, %r60, 7;\n@%p1 bra A;\nbar.warp.sync -1;\nbra B;\nA:\nbar.warp.sync -1;\nB:\nbar.warp.sync -1;", 0, out);
    if (result.fault) harness::report("fault", 0, result.fault->text());
}

TEST("tiles of a warp each name their own members") {
    Device device;
    const uint64_t out = device.allocate(32 * 4);
    // Lanes 0 to 15 and 16 to 23 are tiles; lanes 24 to 31 have left, and lanes 16 to 19 come later.
    const auto result = run(device, INDEX + R"(
        setp.ge.u32 %p1, %r60, 24;
        @%p1 exit;
        setp.lt.u32 %p2, %r60, 16;
        selp.b32 %r1, 0xffff, 0xff0000, %p2;
        and.b32 %r2, %r60, 28;
        setp.ne.u32 %p3, %r2, 16;
        @%p3 bra MEET;
        add.u32 %r60, %r60, 100;
        MEET:
        shfl.sync.bfly.b32 %r3, %r60, 4, 31, %r1;
        bar.warp.sync %r1;
        redux.sync.add.u32 %r4, %r3, %r1;
        st.global.u32 [%rd2], %r4;)", 0, out);
    if (result.fault) harness::report("fault", 0, result.fault->text());
    const auto values = device.download<uint32_t>(out, 24);
    for (uint32_t i = 0; i < 16; i++) CHECK_EQUAL(values[i], 120u);
    for (uint32_t i = 16; i < 24; i++) CHECK_EQUAL(values[i], 156u + 400u);
}

TEST("a lane outside its own member mask is a fault") {
    Device device;
    const uint64_t out = device.allocate(4);
    const auto result = run(device, "shfl.sync.bfly.b32 %r3, %r60, 4, 31, 0xfffffffe;", 0, out);
    CHECK(result.fault.has_value());
    CHECK(result.fault && result.fault->text().find("not in its member mask") != std::string::npos);
}

TEST("an indexed branch scatters lanes") {
    Device device;
    const uint64_t out = device.allocate(32 * 4);
    const auto result = run(device, INDEX + R"(
        ts: .branchtargets A, B, C;
        rem.u32 %r1, %r60, 3;
        brx.idx %r1, ts;
        A: mov.u32 %r2, 10; bra END;
        B: mov.u32 %r2, 20; bra END;
        C: mov.u32 %r2, 30;
        END: st.global.u32 [%rd2], %r2;)", 0, out);
    CHECK(!result.fault.has_value());
    const auto values = device.download<uint32_t>(out, 32);
    for (uint32_t i = 0; i < 32; i++) CHECK_EQUAL(values[i], 10 * (i % 3 + 1));
}

TEST("votes, matches, reductions, elections") {
    Device device;
    const uint64_t out = device.allocate(32 * 4 * 8);
    const auto result = run(device, R"(
        mul.wide.u32 %rd1, %r63, 32;
        add.u64 %rd2, %rd61, %rd1;
        and.b32 %r1, %r60, 3;
        setp.eq.u32 %p1, %r1, 2;
        vote.sync.ballot.b32 %r2, %p1, -1;
        match.any.sync.b32 %r3, %r1, -1;
        redux.sync.add.u32 %r4, %r60, -1;
        redux.sync.max.s32 %r5, %r60, -1;
        elect.sync %r6|%p2, -1;
        selp.u32 %r7, 1, 0, %p2;
        vote.sync.any.pred %p3, %p1, -1;
        selp.u32 %r8, 1, 0, %p3;
        shfl.sync.up.b32 %r9|%p4, %r60, 1, 0, -1;
        @!%p4 mov.u32 %r9, 77;
        st.global.u32 [%rd2], %r2;
        st.global.u32 [%rd2+4], %r3;
        st.global.u32 [%rd2+8], %r4;
        st.global.u32 [%rd2+12], %r5;
        st.global.u32 [%rd2+16], %r6;
        st.global.u32 [%rd2+20], %r7;
        st.global.u32 [%rd2+24], %r8;
        st.global.u32 [%rd2+28], %r9;)", 0, out);
    if (result.fault) harness::report("fault", 0, result.fault->text());
    const auto v = device.download<uint32_t>(out, 32 * 8);
    for (uint32_t i = 0; i < 32; i++) {
        CHECK_EQUAL(v[i * 8], 0x44444444u);
        CHECK_EQUAL(v[i * 8 + 1], 0x11111111u << (i & 3));
        CHECK_EQUAL(v[i * 8 + 2], 496u);
        CHECK_EQUAL(v[i * 8 + 3], 31u);
        CHECK_EQUAL(v[i * 8 + 4], 0u);
        CHECK_EQUAL(v[i * 8 + 5], i == 0 ? 1u : 0u);
        CHECK_EQUAL(v[i * 8 + 6], 1u);
        CHECK_EQUAL(v[i * 8 + 7], i == 0 ? 77u : i - 1);
    }
}

TEST("barriers with votes") {
    Device device;
    const uint64_t out = device.allocate(96 * 4);
    const auto result = run(device, INDEX + R"(
        setp.lt.u32 %p1, %r60, 50;
        bar.red.popc.u32 %r1, 0, %p1;
        bar.red.and.pred %p2, 0, %p1;
        bar.red.or.pred %p3, 0, !%p1;
        selp.u32 %r2, 1000, 0, %p2;
        selp.u32 %r3, 100, 0, %p3;
        add.u32 %r1, %r1, %r2;
        add.u32 %r1, %r1, %r3;
        st.global.u32 [%rd2], %r1;)", 0, out, {1, 1, 1}, {96, 1, 1});
    if (result.fault) harness::report("fault", 0, result.fault->text());
    for (const uint32_t value : device.download<uint32_t>(out, 96)) CHECK_EQUAL(value, 150u);
    CHECK_EQUAL(result.counters.barriers, 9u);
}

TEST("a load brings each lane its own word, whatever lanes have in common") {
    // Words by lane, then a table of them that the block copies to shared memory.
    const std::string body = INDEX + R"(
    add.u64 %rd3, %rd60, %rd1;
    ld.global.u32 %r1, [%rd3];
    shl.b32 %r2, %r1, 2;
    cvt.u64.u32 %rd4, %r2;
    add.u64 %rd5, %rd60, %rd4;
    ld.global.u32 %r3, [%rd5+128];
    mov.u32 %r4, buffer;
    shl.b32 %r5, %r60, 2;
    add.u32 %r5, %r4, %r5;
    ld.global.u32 %r6, [%rd3+128];
    ld.global.u32 %r7, [%rd3+256];
    st.shared.u32 [%r5], %r6;
    st.shared.u32 [%r5+128], %r7;
    bar.sync 0;
    add.u32 %r8, %r4, %r2;
    ld.shared.u32 %r9, [%r8];
    st.global.u32 [%rd2], %r3;
    st.global.u32 [%rd2+128], %r9;
)";
    Device device;
    device.load(kernel_around(body, ".shared .align 4 .b8 buffer[256];\n"));
    std::mt19937 generator(1);
    const auto random = [&] { return (uint32_t)generator(); };
    for (unsigned round = 0; round < 256; round++) {
        std::vector<uint32_t> words(96);
        for (unsigned lane = 0; lane < 32; lane++) {
            // Eight lanes in a row, at one place, nearly in a row, or anywhere.
            if (lane % 8 == 0) words[lane] = random() % 56;
            const uint32_t first = words[lane / 8 * 8];
            const uint32_t choices[] = {first + lane % 8, first, first + lane % 8 + lane % 8 / 7, random() % 64};
            words[lane] = choices[round >> lane / 8 * 2 & 3];
        }
        for (unsigned i = 32; i < 96; i++) words[i] = random();
        const uint64_t in = device.upload(words), out = device.allocate(256);
        CHECK(!device.launch("k", {1, 1, 1}, {32, 1, 1}, in, out).fault);
        const auto loaded = device.download<uint32_t>(out, 64);
        for (unsigned lane = 0; lane < 32; lane++) {
            CHECK_EQUAL(loaded[lane], words[32 + words[lane]]);
            CHECK_EQUAL(loaded[32 + lane], words[32 + words[lane]]);
        }
    }
}

TEST("seeds permute CTAs and warps, and repeat themselves") {
    Device device;
    const uint64_t ticket = device.upload(std::vector<uint32_t>{0}), out = device.allocate(64 * 4);
    device.load(kernel_around(R"(
        setp.ne.u32 %p1, %r60, 0;
        @%p1 bra END;
        atom.global.add.u32 %r1, [%rd60], 1;
        mul.wide.u32 %rd1, %r61, 4;
        add.u64 %rd2, %rd61, %rd1;
        st.global.u32 [%rd2], %r1;
        END:)"));
    std::set<std::vector<uint32_t>> orders;
    for (const uint64_t seed : {0, 1, 2, 1}) {
        device.execution.seed = seed;
        *(uint32_t*)device.host(ticket) = 0;
        CHECK(!device.launch("k", {64, 1, 1}, {32, 1, 1}, ticket, out).fault.has_value());
        orders.insert(device.download<uint32_t>(out, 64));
    }
    CHECK_EQUAL(orders.size(), 3u);
}

TEST("of a launch only the ends run where that is asked for") {
    Device device;
    const uint64_t unused = device.upload(std::vector<uint32_t>{0}), out = device.allocate(9 * 4);
    device.load(kernel_around(R"(
        mul.wide.u32 %rd1, %r61, 4;
        add.u64 %rd2, %rd61, %rd1;
        mov.u32 %r1, 1;
        st.global.u32 [%rd2], %r1;)"));
    const std::vector<uint32_t> all(9, 1), two_at_either_end{1, 1, 0, 0, 0, 0, 0, 1, 1};
    for (const auto& [ends, expected] : std::vector<std::pair<uint64_t, std::vector<uint32_t>>>{
             {0, all}, {2, two_at_either_end}, {4, {1, 1, 1, 1, 0, 1, 1, 1, 1}}, {5, all}, {100, all}}) {
        for (const uint64_t seed : {0, 3}) {
            for (const unsigned threads : {1u, 3u}) {
                device.execution.ends = ends;
                device.execution.seed = seed;
                device.execution.threads = threads;
                std::memset(device.host(out), 0, 9 * 4);
                CHECK(!device.launch("k", {9, 1, 1}, {32, 1, 1}, unused, out).fault.has_value());
                CHECK(device.download<uint32_t>(out, 9) == expected);
            }
        }
    }
}

TEST("counters do not depend on threads or order") {
    Device device;
    const uint64_t in = device.upload(std::vector<uint32_t>(4096, 1)), out = device.upload(std::vector<uint32_t>(4096));
    device.load(kernel_around(R"(
        .shared .align 4 .b8 tile[4096];
        mul.wide.u32 %rd1, %r63, 8;
        and.b64 %rd1, %rd1, 16383;
        add.u64 %rd2, %rd60, %rd1;
        ld.global.u32 %r1, [%rd2];
        mov.u32 %r2, tile;
        shl.b32 %r3, %r60, 6;
        and.b32 %r3, %r3, 4095;
        add.u32 %r3, %r3, %r2;
        st.shared.u32 [%r3], %r1;
        bar.sync 0;
        add.u64 %rd3, %rd61, %rd1;
        red.global.add.u32 [%rd3], %r1;)"));
    std::string first;
    for (const unsigned threads : {1u, 2u, 3u}) {
        for (const uint64_t seed : {0, 9}) {
            device.execution.threads = threads;
            device.execution.seed = seed;
            const auto result = device.launch("k", {32, 1, 1}, {128, 1, 1}, in, out);
            if (result.fault) harness::report("fault", 0, result.fault->text());
            const Counters& c = result.counters;
            std::string text = std::to_string(c.warp_instructions()) + " " + std::to_string(c.global_loads.sectors) + " " +
                               std::to_string(c.global_loads.unique_sectors) + " " + std::to_string(c.shared_stores.wavefronts) + " " +
                               std::to_string(c.shared_stores.ideal_wavefronts) + " " + std::to_string(c.atomics_global) + " " + std::to_string(c.barriers);
            for (const auto& [line, executed] : c.lines) text += " " + std::to_string(line) + ":" + std::to_string(executed.warps) + "/" + std::to_string(executed.lanes);
            if (first.empty()) first = text;
            CHECK_EQUAL(text, first);
            CHECK_EQUAL(c.global_loads.sectors, 32u * 4 * 8);
        }
    }
}

TEST("shared wavefronts count conflicts") {
    Device device;
    const uint64_t out = device.allocate(4);
    const auto waves = [&](unsigned stride, const std::string& access) {
        const auto result = run(device, ".shared .align 16 .b8 tile[16384];\nmov.u32 %r1, tile;\nmad.lo.u32 %r2, %r60, " + std::to_string(stride) + ", %r1;\n" + access, 0, out);
        if (result.fault) harness::report("fault", 0, result.fault->text());
        return std::to_string(result.counters.shared_loads.wavefronts) + "/" + std::to_string(result.counters.shared_loads.ideal_wavefronts);
    };
    CHECK_EQUAL(waves(4, "ld.shared.u32 %r3, [%r2];"), "1/1");
    CHECK_EQUAL(waves(0, "ld.shared.u32 %r3, [%r2];"), "1/1");
    CHECK_EQUAL(waves(8, "ld.shared.u32 %r3, [%r2];"), "2/1");
    CHECK_EQUAL(waves(128, "ld.shared.u32 %r3, [%r2];"), "32/1");
    CHECK_EQUAL(waves(132, "ld.shared.u32 %r3, [%r2];"), "1/1");
    CHECK_EQUAL(waves(16, "ld.shared.v4.u32 {%r3, %r4, %r5, %r6}, [%r2];"), "4/4");
    CHECK_EQUAL(waves(128, "ld.shared.v4.u32 {%r3, %r4, %r5, %r6}, [%r2];"), "32/4");
    CHECK_EQUAL(waves(8, "ld.shared.u64 %rd3, [%r2];"), "2/2");
    CHECK_EQUAL(waves(1, "ld.shared.u8 %rs3, [%r2];"), "1/1");
}

TEST("reserved shared memory: the part of cooperative groups, for who has asked where it is") {
    Device device;
    const uint64_t out = device.allocate(4 * 4);
    const auto result = run(device, R"(
        mov.u32 %r1, %reserved_smem_offset_1;
        mov.u32 %r2, %reserved_smem_offset_begin;
        mov.u32 %r3, %reserved_smem_offset_end;
        setp.ge.u32 %p1, %r1, %r2; selp.u32 %r4, 1, 0, %p1;
        sub.u32 %r5, %r3, %r1; setp.ge.u32 %p1, %r5, 288; selp.u32 %r5, 1, 0, %p1;
        ld.shared.u32 %r6, [%r1];
        atom.shared.or.b32 %r7, [%r1], 7;
        ld.volatile.shared.u32 %r7, [%r1];
        st.global.v4.u32 [%rd61], {%r4, %r5, %r6, %r7};)", 0, out);
    CHECK(!result.fault);
    CHECK(device.download<uint32_t>(out, 4) == (std::vector<uint32_t>{1, 1, 0, 7}));
    const std::string ask = "mov.u32 %r1, %reserved_smem_offset_1;\nmov.u32 %r2, %reserved_smem_offset_end;\n";
    expect_fault(run(device, ask + "st.shared.u32 [%r1+-4], 1;", 0, out), FaultKind::IllegalAddress, "store of 4 bytes at shared address");
    CHECK(!run(device, ask + "st.shared.u32 [%r1+284], 1;", 0, out).fault);
    expect_fault(run(device, ask + "st.shared.u32 [%r1+288], 1;", 0, out), FaultKind::IllegalAddress, "at shared address");
    expect_fault(run(device, ask + "st.shared.u32 [%r2], 1;", 0, out), FaultKind::IllegalAddress, "at shared address");
    expect_fault(run(device, "mov.u32 %r1, 512;\nst.shared.u32 [%r1], 1;", 0, out), FaultKind::IllegalAddress, "at shared address");
}

TEST("what is not supported is refused by name, with its line") {
    const std::string body = "vadd.u32.u32.u32.sat %r1, %r2, %r3;";
    const std::string text = kernel_around(body);
    CHECK_CONTAINS(message(text), "line " + std::to_string(line_of(text, "vadd")));
    CHECK_CONTAINS(message(text), "vadd.u32.u32.u32.sat: not supported");
    CHECK_CONTAINS(message(kernel_around("add.rn.wide.u32 %r1, %r2, %r3;")), "modifier .rn is not supported here");
    CHECK_CONTAINS(message(kernel_around("add.u32 %r1, %r2;")), "takes 3 operands");
    CHECK_CONTAINS(message(kernel_around("add.u32 %r1, %r2, %rs1;")), "an operand of 16 bits where 32 are needed");
    CHECK_CONTAINS(message(kernel_around("bra NOWHERE;")), "unknown name, found 'NOWHERE'");
    CHECK_CONTAINS(message(kernel_around("mov.u32 %r1, %nosuch;")), "special register %nosuch is not supported");
    CHECK_CONTAINS(message(kernel_around("add.u32 %r1 %r2, %r3;")), "expected ';', found '%r2'");
    CHECK_CONTAINS(message(".version 9.9\n.target sm_80\n.address_size 64\n"), "9.9 is newer than 9.0");
    CHECK_CONTAINS(message(".version 8.0\n.target sm_120\n.address_size 64\n"), "does not run on the sm_90");
    CHECK_CONTAINS(message(""), "expected .version first");
}

TEST("scopes: the same names in braces of their own") {
    Device device;
    const uint64_t out = device.allocate(32 * 4);
    const auto result = run(device, INDEX + R"(
        mov.u32 %r1, 0;
        { .reg .pred p; .reg .u32 t; setp.lt.u32 p, %r60, 10; mov.u32 t, 5; @p bra L1; mov.u32 t, 6; L1: add.u32 %r1, %r1, t; }
        { .reg .pred p; .reg .u64 t; setp.lt.u32 p, %r60, 20; mov.u64 t, 50; @p bra L1; mov.u64 t, 60; L1: cvt.u32.u64 %r2, t; add.u32 %r1, %r1, %r2; }
        st.global.u32 [%rd2], %r1;)", 0, out);
    if (result.fault) harness::report("fault", 0, result.fault->text());
    const auto values = device.download<uint32_t>(out, 32);
    for (uint32_t i = 0; i < 32; i++) CHECK_EQUAL(values[i], (i < 10 ? 5u : 6u) + (i < 20 ? 50u : 60u));
}

TEST("variables start with their values and relocations") {
    Device device;
    const uint64_t out = device.allocate(32);
    device.load(kernel_around("mov.u64 %rd1, list;\nld.global.u64 %rd2, [%rd1+8];\nld.const.u32 %r1, [%rd2+4];\nld.global.f32 %f1, [real];\nst.global.u32 [%rd61], %r1;\nst.global.f32 [%rd61+4], %f1;",
                              ".const .align 4 .u32 table[3] = {7, 8, 9};\n.global .align 8 .u64 list[2] = {generic(table)+4, table+4};\n.global .f32 real = 1.5;\n"));
    CHECK(!device.launch("k", {1, 1, 1}, {1, 1, 1}, (uint64_t)0, out).fault.has_value());
    CHECK_EQUAL(device.download<uint32_t>(out, 1)[0], 9u);
    CHECK_EQUAL(device.download<float>(out + 4, 1)[0], 1.5f);
}

TEST("launches that cannot be are objected to") {
    Device device;
    device.load(kernel_around(""));
    const Kernel& kernel = *device.module().kernel("k");
    LaunchConfig config;
    config.parameters.resize(16);
    CHECK(!objection(kernel, config, device.traits).has_value());
    const auto reason = [&](LaunchConfig wrong) { return objection(kernel, wrong, device.traits).value_or(Objection{0, ""}).reason; };
    LaunchConfig wrong = config;
    wrong.block = {1025, 1, 1};
    CHECK_CONTAINS(reason(wrong), "block 1025x1x1");
    wrong = config;
    wrong.dynamic_shared = 1 << 20;
    CHECK_CONTAINS(reason(wrong), "bytes of shared memory");
    wrong = config;
    wrong.parameters.resize(8);
    CHECK_CONTAINS(reason(wrong), "8 bytes of parameters, the kernel has 16");
    wrong = config;
    wrong.grid = {3, 1, 1};
    wrong.cluster = {2, 1, 1};
    CHECK_CONTAINS(reason(wrong), "grid 3x1x1 is not made of clusters 2x1x1");
}

TEST("threads of the emulator share memory by real atomics") {
    Device device;
    device.execution.threads = 2;
    const uint64_t in = device.upload(std::vector<uint32_t>{0}), out = device.allocate(4);
    const auto result = run(device, "red.global.add.u32 [%rd60], 1;", in, out, {500, 1, 1}, {64, 1, 1});
    CHECK(!result.fault.has_value());
    CHECK_EQUAL(device.download<uint32_t>(in, 1)[0], 32000u);
}

TEST("the fault of the first CTA is reported, for any number of threads") {
    for (const unsigned threads : {1u, 2u, 4u}) {
        Device device;
        device.execution.threads = threads;
        const uint64_t out = device.allocate(4);
        const auto result = run(device, "setp.gt.u32 %p1, %r61, 20;\n@%p1 trap;", 0, out, {100, 1, 1});
        CHECK(result.fault.has_value());
        if (result.fault) CHECK_EQUAL(result.fault->block.x, 21u);
    }
}

TEST("printf answers how many arguments it has printed") {
    Device device;
    const uint64_t out = device.allocate(8);
    device.load(kernel_around(R"(
        .local .align 8 .b8 list[16];
        mov.u64 %rd1, list;
        st.local.u32 [%rd1], 5; st.local.u32 [%rd1+4], -6;
        cvta.local.u64 %rd1, %rd1;
        mov.u64 %rd2, format; cvta.global.u64 %rd2, %rd2;
        { .param .b64 f; .param .b64 l; .param .b32 r;
        st.param.b64 [f], %rd2; st.param.b64 [l], %rd1; call (r), vprintf, (f, l); ld.param.b32 %r1, [r]; }
        { .param .b64 f; .param .b64 l; .param .b32 r;
        st.param.b64 [f], 0; st.param.b64 [l], %rd1; call (r), vprintf, (f, l); ld.param.b32 %r2, [r]; }
        st.global.v2.u32 [%rd61], {%r1, %r2};)", ".extern .func (.param .b32 n) vprintf(.param .b64 a, .param .b64 b);\n"
        ".global .align 1 .b8 format[11] = {37, 100, 32, 37, 37, 32, 37, 53, 100, 10, 0};\n"));  // "%d %% %5d\n"
    const LaunchResult result = device.launch("k", {1, 1, 1}, {1, 1, 1}, (uint64_t)0, out);
    if (result.fault) harness::report("fault", 0, result.fault->text());
    CHECK_EQUAL(device.printed, "5 %    -6\n");
    const auto answers = device.download<int32_t>(out, 2);
    CHECK_EQUAL(answers[0], 2);
    CHECK_EQUAL(answers[1], -1);
    CHECK_CONTAINS(message(kernel_around("call vprintf;", ".extern .func (.param .b32 n) vprintf(.param .b64 a, .param .b64 b);\n")), "arguments do not fit vprintf");
}

TEST("the word of an atomic access may reach over the end, as it does where libraries add to 16 bits") {
    Device device;
    device.tracks_writes = true;
    device.observer = make_uninitialised_reads;
    const uint64_t half = device.upload(std::vector<uint16_t>{7, 8, 9});
    const std::string again = "ld.relaxed.gpu.global.u32 %r1, [%rd61+4];\nadd.u32 %r2, %r1, 1;\natom.global.cas.b32 %r3, [%rd61+4], %r1, %r2;\n";
    const auto fine = run(device, again, 0, half, {1, 1, 1}, {1, 1, 1});
    if (fine.fault) harness::report("fault", 0, fine.fault->text());
    CHECK_EQUAL(device.download<uint16_t>(half, 3)[2], 10u);
    expect_fault(run(device, "ld.global.u32 %r1, [%rd61+4];", 0, half), FaultKind::IllegalAddress, "2 bytes over the end");
    expect_fault(run(device, "ld.relaxed.gpu.global.u64 %rd1, [%rd61];", 0, half), FaultKind::IllegalAddress, "2 bytes over the end");
    expect_fault(run(device, "ld.relaxed.gpu.global.u32 %r1, [%rd61+8];", 0, half), FaultKind::IllegalAddress, "past the end");
}
