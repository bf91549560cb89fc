// malloc and free in kernels: pieces that never meet, bounds of their own, and what is done wrong with them.
#include <map>
#include <random>

#include "core/heap.h"
#include "device.h"
#include "harness.h"
#include "hazard/races.h"
#include "hazard/uninitialised.h"

using namespace testing;

namespace {

constexpr uint64_t START = 0x10000, GAP = 16;

// Whether some hole between the pieces would hold so many bytes with a gap on either side; the first bytes are the heap's own.
bool has_room(const std::map<uint64_t, uint64_t>& pieces, uint64_t bytes_of_heap, uint64_t bytes) {
    const auto up = [](uint64_t address) { return (address + 15) / 16 * 16; };
    uint64_t behind = START + 16;
    for (const auto& [address, size] : pieces) {
        if (up(behind + GAP) + bytes + GAP <= address) return true;
        behind = address + size;
    }
    return up(behind + GAP) + bytes + GAP <= START + bytes_of_heap;
}

const std::string DECLARED = ".extern .func (.param .b64 result) malloc(.param .b64 bytes);\n.extern .func free(.param .b64 address);\n";

std::string malloc_of(const std::string& bytes, const std::string& to) {
    return "{ .param .b64 n; .param .b64 p;\nst.param.b64 [n], " + bytes + ";\ncall (p), malloc, (n);\nld.param.b64 " + to + ", [p]; }\n";
}

std::string free_of(const std::string& address) { return "{ .param .b64 p;\nst.param.b64 [p], " + address + ";\ncall free, (p); }\n"; }

// Runs `body` on two blocks of so many threads; %rd61 is a thread's own word of the output.
LaunchResult run(Device& device, const std::string& body, uint64_t out, unsigned threads = 64) {
    device.load(kernel_around("mul.wide.u32 %rd59, %r63, 4;\nadd.u64 %rd61, %rd61, %rd59;\n" + body, DECLARED));
    return device.launch("k", {2, 1, 1}, {threads, 1, 1}, (uint64_t)0, out);
}

std::vector<uint32_t> results(Device& device, const std::string& body) {
    const uint64_t out = device.allocate(128 * 4);
    const LaunchResult result = run(device, body, out);
    if (result.fault) harness::report(__FILE__, __LINE__, result.fault->text());
    return device.download<uint32_t>(out, 128);
}

void expect_fault(Device& device, const std::string& body, FaultKind kind, const std::string& part) {
    const LaunchResult result = run(device, body, device.allocate(128 * 4));
    if (!result.fault) return harness::report(__FILE__, __LINE__, "no fault, expected one with '" + part + "'");
    if (result.fault->kind != kind) harness::report(__FILE__, __LINE__, result.fault->text());
    CHECK_CONTAINS(result.fault->text(), part);
}

void expect_fault(const std::string& body, FaultKind kind, const std::string& part) {
    Device device;
    device.give_heap(1 << 20);
    expect_fault(device, body, kind, part);
}

std::string refusal(const std::string& body) {
    try {
        Module::load(kernel_around(body, DECLARED), {});
    } catch (const LoadError& error) {
        return error.what();
    }
    return "none";
}

}  // namespace

TEST("pieces never meet, and are refused only where there is no room") {
    std::mt19937 random(5);
    for (const uint64_t bytes_of_heap : {64ull, 1000ull, 65536ull}) {
        Heap heap(START, bytes_of_heap);
        std::map<uint64_t, uint64_t> pieces;
        for (int round = 0; round < 4000; round++) {
            if (random() % 5 < 2 && !pieces.empty()) {
                const auto gone = std::next(pieces.begin(), (ptrdiff_t)(random() % pieces.size()));
                CHECK(!heap.free(gone->first + 1));
                CHECK(heap.free(gone->first));
                CHECK(!heap.free(gone->first));
                CHECK(!heap.holds(gone->first, 1));
                pieces.erase(gone);
                continue;
            }
            const uint64_t bytes = 1 + random() % (bytes_of_heap / 8);
            const bool room = has_room(pieces, bytes_of_heap, bytes);
            const uint64_t address = heap.allocate(bytes);
            CHECK_EQUAL(address != 0, room);
            if (address == 0) continue;
            CHECK_EQUAL(address % 16, 0u);
            CHECK(address >= START + 16 + GAP && address + bytes + GAP <= START + bytes_of_heap);
            const auto after = pieces.lower_bound(address);
            CHECK(after == pieces.end() || address + bytes + GAP <= after->first);
            CHECK(after == pieces.begin() || std::prev(after)->first + std::prev(after)->second + GAP <= address);
            CHECK(heap.holds(address, bytes) && heap.holds(address + bytes - 1, 1));
            CHECK(!heap.holds(address, bytes + 1) && !heap.holds(address + bytes, 1) && !heap.holds(address - 1, 2));
            pieces.emplace(address, bytes);
        }
    }
    CHECK(!Heap(START, 1000).free(START));
    CHECK_EQUAL(Heap(START, 1000).allocate(~0ull), 0u);
}

TEST("every thread has its own, for as long as it likes") {
    Device device;
    device.give_heap(1 << 20);
    const auto kept = results(device, "mul.wide.u32 %rd1, %r60, 8;\nadd.u64 %rd1, %rd1, 4;\n" + malloc_of("%rd1", "%rd2") +
                                          "add.u64 %rd3, %rd2, %rd1;\nst.global.u32 [%rd3+-4], %r63;\n" + malloc_of("64", "%rd4") +
                                          "st.global.u32 [%rd4], %r60;\nbar.sync 0;\n" + free_of("%rd4") +
                                          "ld.global.u32 %r1, [%rd3+-4];\nst.global.u32 [%rd61], %r1;");
    for (uint32_t i = 0; i < 128; i++) CHECK_EQUAL(kept[i], i);
    // The next launch finds what the one before has not freed.
    const auto first = results(device, malloc_of("4", "%rd2") + "st.global.u32 [%rd2], 77;\ncvt.u32.u64 %r1, %rd2;\nst.global.u32 [%rd61], %r1;");
    const auto second = results(device, malloc_of("4", "%rd2") + "cvt.u32.u64 %r1, %rd2;\nst.global.u32 [%rd61], %r1;");
    for (const uint32_t one : first) {
        for (const uint32_t other : second) CHECK(one != other);
    }
}

TEST("null of nothing, and of a heap that is full") {
    Device device;
    device.give_heap(4096);
    const auto got = results(device, malloc_of("1024", "%rd2") + "setp.eq.u64 %p1, %rd2, 0;\nselp.u32 %r1, 1, 0, %p1;\nst.global.u32 [%rd61], %r1;\n" +
                                         malloc_of("0", "%rd3") + "setp.ne.u64 %p2, %rd3, 0;\n@%p2 trap;\n" + free_of("%rd2") + free_of("%rd3"));
    uint32_t refused = 0;
    for (const uint32_t one : got) refused += one;
    CHECK_EQUAL(refused, 128u - 4 * 3);  // three pieces fit, and each of four warps has freed its own before the next one asks
}

TEST("beyond a piece, after free, free of something else") {
    expect_fault(malloc_of("12", "%rd2") + "st.global.u32 [%rd2+12], %r60;", FaultKind::IllegalAddress, "in the heap of kernels");
    expect_fault(malloc_of("12", "%rd2") + "st.u64 [%rd2+8], %rd2;", FaultKind::IllegalAddress, "store of 8 bytes");
    expect_fault(malloc_of("12", "%rd2") + free_of("%rd2") + "ld.global.u32 %r1, [%rd2];", FaultKind::IllegalAddress, "has been freed");
    expect_fault(malloc_of("12", "%rd2") + free_of("%rd2") + free_of("%rd2"), FaultKind::LaunchFailed, "call free");
    expect_fault(malloc_of("12", "%rd2") + "add.u64 %rd2, %rd2, 4;\n" + free_of("%rd2"), FaultKind::LaunchFailed, "where nothing begins");
    Device none;
    expect_fault(none, malloc_of("12", "%rd2"), FaultKind::LaunchFailed, "no heap was given");
}

TEST("what is given again is as if nobody had written it") {
    // The second piece begins 16 bytes behind where the first did.
    Device device;
    device.tracks_writes = true;
    device.observer = make_uninitialised_reads;
    device.give_heap(256);  // one thread's piece at a time
    const std::string again = "setp.ne.u32 %p1, %r63, 0;\n@%p1 exit;\n" + malloc_of("128", "%rd2") + "st.global.u64 [%rd2+8], %rd2;\nst.global.u64 [%rd2+24], %rd2;\nld.global.u64 %rd4, [%rd2+24];\n" +
                              free_of("%rd2") + malloc_of("128", "%rd3");
    expect_fault(device, again + "ld.global.u64 %rd4, [%rd3+8];", FaultKind::LaunchFailed, "that nobody wrote");
}

TEST("giving a piece on is no race, sharing it is") {
    const auto watched = [](const std::string& body) {
        Device device;
        device.observer = race_detection().observer;
        device.give_heap(160);  // a piece of 64 bytes, and no second
        const LaunchResult result = run(device, body, device.allocate(128 * 4), 4);
        return result.fault ? result.fault->text() : std::string("none");
    };
    const std::string own = "$again:\n" + malloc_of("64", "%rd2") + "setp.eq.u64 %p1, %rd2, 0;\n@%p1 bra $again;\nst.global.u32 [%rd2], %r63;\n" + free_of("%rd2");
    CHECK_EQUAL(watched(own), std::string("none"));
    const std::string shared = ".shared .align 8 .b64 place;\nsetp.eq.u32 %p1, %r60, 0;\nmov.u32 %r9, place;\nmov.u64 %rd2, 0;\nsetp.ne.u32 %p3, %r61, 0;\n@%p3 exit;\n@!%p1 bra $there;\n" +
                               malloc_of("64", "%rd2") + "st.shared.u64 [%r9], %rd2;\n$there:\nbar.sync 0;\nld.shared.u64 %rd2, [%r9];\nst.global.u32 [%rd2], %r60;\n";
    CHECK_CONTAINS(watched(shared), "race on global memory");
}

TEST("functions of the system have their arguments") {
    CHECK_CONTAINS(refusal("{ .param .b32 n; .param .b64 p;\ncall (p), malloc, (n); }"), "arguments do not fit malloc");
    CHECK_CONTAINS(refusal("call free;"), "arguments do not fit free");
}
