// Accesses of many registers, 128-bit values, atomics on vectors: against what the bytes are by hand.
#include <cmath>
#include <cstring>

#include "device.h"
#include "harness.h"
#include "table.h"

using namespace testing;

namespace {

const std::string PLACES = R"(
    mul.wide.u32 %rd1, %r63, 32;
    add.u64 %rd2, %rd60, %rd1;
    add.u64 %rd3, %rd61, %rd1;
    .reg .b128 %q<4>;
)";

std::vector<uint32_t> counting(size_t count) {
    std::vector<uint32_t> words(count);
    for (size_t i = 0; i < count; i++) words[i] = 0x9e3779b9u * (uint32_t)(i + 1);
    return words;
}

// Runs `body` on one warp, whose lanes own 32 bytes each of `in` and of `out`, as sm_120; answers what is in `out`.
std::vector<uint32_t> moved(const std::string& body, const std::vector<uint32_t>& in, const std::vector<uint32_t>& out) {
    Device device;
    device.traits.architecture = 120;
    std::string text = kernel_around(PLACES + body);
    text.replace(text.find("sm_90a"), 6, "sm_120");
    const uint64_t from = device.upload(in), to = device.upload(out);
    device.load(text);
    const LaunchResult result = device.launch("k", {1, 1, 1}, {32, 1, 1}, from, to);
    if (result.fault) harness::report(__FILE__, __LINE__, result.fault->text());
    return device.download<uint32_t>(to, out.size());
}

std::vector<uint32_t> moved(const std::string& body) { return moved(body, counting(256), std::vector<uint32_t>(256, 0)); }

const std::string EIGHT = "{%r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8}";

}  // namespace

TEST("32 bytes by one instruction") {
    CHECK(moved("ld.global.v8.b32 " + EIGHT + ", [%rd2];\nst.global.v8.b32 [%rd3], " + EIGHT + ";") == counting(256));
    CHECK(moved("ld.v4.b64 {%rd4, %rd5, %rd6, %rd7}, [%rd2];\nst.v4.b64 [%rd3], {%rd4, %rd5, %rd6, %rd7};") == counting(256));
    // Parts come in the order of memory: rotated by one.
    const auto rotated = moved("ld.global.nc.v8.u32 " + EIGHT + ", [%rd2];\nst.global.v8.u32 [%rd3], {%r2, %r3, %r4, %r5, %r6, %r7, %r8, %r1};");
    const auto words = counting(256);
    for (size_t i = 0; i < 256; i++) CHECK_EQUAL(rotated[i], words[i / 8 * 8 + (i + 1) % 8]);
    const auto narrow = moved("ld.global.v8.u8 {%rs1, %rs2, %rs3, %rs4, %rs5, %rs6, %rs7, %rs8}, [%rd2];\n"
                              "st.global.v8.u8 [%rd3], {%rs8, %rs7, %rs6, %rs5, %rs4, %rs3, %rs2, %rs1};");
    for (size_t lane = 0; lane < 32; lane++) {
        CHECK_EQUAL(narrow[8 * lane], __builtin_bswap32(words[8 * lane + 1]));
        CHECK_EQUAL(narrow[8 * lane + 1], __builtin_bswap32(words[8 * lane]));
        CHECK_EQUAL(narrow[8 * lane + 2], 0u);
    }
}

TEST("32 bytes must be aligned, initialised and in bounds") {
    const struct {
        const char* body;
        FaultKind kind;
    } WRONG[] = {{"ld.global.v8.b32 {%r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8}, [%rd2+16];", FaultKind::MisalignedAddress},
                 {"ld.global.v8.b32 {%r1, %r2, %r3, %r4, %r5, %r6, %r7, %r8}, [%rd2+32];", FaultKind::IllegalAddress},
                 {"ld.global.b128 %q1, [%rd2+8];", FaultKind::MisalignedAddress}};
    for (const auto& [body, kind] : WRONG) {
        Device device;
        device.traits.architecture = 120;
        std::string text = kernel_around(PLACES + body);
        text.replace(text.find("sm_90a"), 6, "sm_120");
        const uint64_t from = device.upload(counting(256));
        device.load(text);
        const LaunchResult result = device.launch("k", {1, 1, 1}, {32, 1, 1}, from, from);
        CHECK(result.fault && result.fault->kind == kind);
    }
}

TEST("128 bits in a register") {
    CHECK(moved("ld.global.b128 %q1, [%rd2];\nst.global.b128 [%rd3], %q1;\nld.global.b128 %q2, [%rd2+16];\nmov.b128 %q3, %q2;\nst.global.b128 [%rd3+16], %q3;") ==
          counting(256));
    const auto swapped = moved("ld.global.b128 %q1, [%rd2];\nmov.b128 {%rd4, %rd5}, %q1;\nmov.b128 %q2, {%rd5, %rd4};\nst.global.b128 [%rd3], %q2;");
    const auto words = counting(256);
    for (size_t lane = 0; lane < 32; lane++) {
        for (size_t i = 0; i < 4; i++) CHECK_EQUAL(swapped[8 * lane + i], words[8 * lane + (i + 2) % 4]);
    }
    // Inactive lanes keep theirs.
    const auto some = moved("mov.b128 %q1, {%rd60, %rd60};\nsetp.lt.u32 %p1, %r60, 7;\nld.global.b128 %q2, [%rd2];\n@%p1 mov.b128 %q1, %q2;\n"
                            "@%p1 st.global.b128 [%rd3], %q1;");
    for (size_t lane = 0; lane < 32; lane++) CHECK_EQUAL(some[8 * lane + 3], lane < 7 ? words[8 * lane + 3] : 0u);
}

TEST("exchanges of 128 bits") {
    const auto words = counting(256);
    const auto exchanged = moved("ld.global.b128 %q1, [%rd2];\natom.global.exch.b128 %q2, [%rd3], %q1;\nst.global.b128 [%rd3+16], %q2;", words, std::vector<uint32_t>(256, 7));
    for (size_t i = 0; i < 256; i++) CHECK_EQUAL(exchanged[i], i % 8 < 4 ? words[i] : 7u);
    // Only the lane whose expectation is right to the last bit changes anything.
    std::vector<uint32_t> there = words;
    for (size_t lane = 1; lane < 32; lane++) there[8 * lane + lane % 4] ^= 0x80000000u >> lane;
    const auto compared = moved("ld.global.b128 %q1, [%rd2];\nmov.b128 %q2, {%rd60, %rd60};\natom.global.cas.b128 %q3, [%rd3], %q1, %q2;\n"
                                "st.global.b128 [%rd3+16], %q3;", words, there);
    for (size_t lane = 0; lane < 32; lane++) {
        for (size_t i = 0; i < 4; i++) {
            CHECK_EQUAL(compared[8 * lane + 4 + i], there[8 * lane + i]);
            CHECK_EQUAL(compared[8 * lane + i] == there[8 * lane + i], lane != 0);
        }
    }
}

TEST("atomics on vectors") {
    // All lanes add to one place, lane i i + 1, 2i + 2, ...: sums of small integers are exact in any order.
    const std::string ADDS = R"(
        add.u32 %r1, %r60, 1;
        cvt.rn.f32.u32 %f1, %r1;
        add.f32 %f2, %f1, %f1;
        add.f32 %f3, %f2, %f1;
        add.f32 %f4, %f3, %f1;
        red.global.add.v4.f32 [%rd61], {%f1, %f2, %f3, %f4};
        bar.warp.sync 0xffffffff;
        atom.global.add.v2.f32 {%f5, %f6}, [%rd61+16], {%f1, %f2};
    )";
    const auto sums = moved(ADDS);
    for (uint32_t i = 0; i < 4; i++) {
        float sum;
        std::memcpy(&sum, &sums[i], sizeof sum);
        CHECK_EQUAL(sum, 528.0f * (float)(i + 1));
    }
    // Lanes go one after the other, so what one of them finds is the sum of those before.
    const auto found = moved(ADDS + "shl.b32 %r2, %r60, 2;\ncvt.u64.u32 %rd5, %r2;\nadd.u64 %rd6, %rd61, %rd5;\nst.global.f32 [%rd6+512], %f6;");
    for (uint32_t lane = 0; lane < 32; lane++) {
        float before;
        std::memcpy(&before, &found[128 + lane], sizeof before);
        CHECK_EQUAL(before, (float)(lane * (lane + 1)));
    }
}

TEST("atomics on vectors of halves") {
    std::vector<uint32_t> in = counting(256), out = counting(512);
    out.erase(out.begin(), out.begin() + 256);
    const auto half = [](const std::vector<uint32_t>& words, size_t i) { return words[i / 2] >> (i % 2 * 16) & 0xffffu; };
    const std::string LOAD = "ld.global.v4.b32 {%r1, %r2, %r3, %r4}, [%rd2];\n";
    const struct {
        const char* operation;
        const Table& table;
        double (*model)(double, double);
    } CASES[] = {{"add.noftz.v4.f16x2", f16_table(), [](double a, double b) { return a + b; }},
                 {"min.noftz.v4.bf16x2", bf16_table(), [](double a, double b) { return std::fmin(a, b); }},
                 {"max.noftz.v4.f16x2", f16_table(), [](double a, double b) { return std::fmax(a, b); }}};
    for (const auto& [operation, table, model] : CASES) {
        const auto result = moved(LOAD + "red.global." + operation + " [%rd3], {%r1, %r2, %r3, %r4};", in, out);
        for (size_t lane = 0; lane < 32; lane++) {
            for (size_t i = 16 * lane; i < 16 * lane + 8; i++) {
                const double a = table.value(half(out, i)), b = table.value(half(in, i));
                const unsigned expected = table.nearest(model(a, b), false);
                if (table.is_nan(expected)) CHECK(table.is_nan(half(result, i)));
                else CHECK_EQUAL(table.value(half(result, i)), table.value(expected));
            }
        }
    }
}

TEST("policies and hints change nothing") {
    const auto words = counting(256);
    const auto result = moved("createpolicy.fractional.L2::evict_last.b64 %rd9, 1.0;\ncreatepolicy.range.global.L2::evict_first.L2::evict_unchanged.b64 %rd8, [%rd60], 64, 256;\n"
                              "ld.global.L2::cache_hint.u32 %r1, [%rd2], %rd9;\nst.global.L2::cache_hint.u32 [%rd3], %r1, %rd8;\n"
                              "applypriority.global.L2::evict_normal [%rd60], 128;\npmevent 3;");
    for (size_t lane = 0; lane < 32; lane++) CHECK_EQUAL(result[8 * lane], words[8 * lane]);
}

TEST("a breakpoint ends the launch") {
    Device device;
    device.load(kernel_around("brkpt;"));
    const LaunchResult result = device.launch("k", {1, 1, 1}, {32, 1, 1}, (uint64_t)0, (uint64_t)0);
    CHECK(result.fault && result.fault->kind == FaultKind::LaunchFailed);
    if (result.fault) CHECK_CONTAINS(result.fault->text(), "brkpt");
}
