// ldmatrix, stmatrix, movmatrix against the ISA's sentences: thread t holds row t / 4, columns 2 (t % 4) and the next.
#include "device.h"
#include "harness.h"

using namespace testing;

namespace {

const char* const SHARED = ".shared .align 16 .b8 tile[2048];\n";

// Element (row, column) of matrix m of the 16-bit elements that the kernels below put into shared memory.
uint16_t element(unsigned m, unsigned row, unsigned column) { return (uint16_t)(m * 64 + row * 8 + column + 1); }

// The tile is filled with elements 1, 2, ...; %r1 is the address of row `lane`, %rd2 where this lane's four words go.
const std::string FILL =
    "mov.u32 %r1, tile;\nmad.lo.u32 %r1, %r60, 16, %r1;\nmad.wide.u32 %rd2, %r60, 16, %rd61;\nshl.b32 %r2, %r60, 3;\n"
    "mov.u32 %r3, 0;\nFILL:\nmad.lo.u32 %r4, %r3, 2, %r1;\nadd.u32 %r5, %r2, %r3;\nadd.u32 %r5, %r5, 1;\ncvt.u16.u32 %rs1, %r5;\n"
    "st.shared.u16 [%r4], %rs1;\nadd.u32 %r3, %r3, 1;\nsetp.lt.u32 %p1, %r3, 8;\n@%p1 bra FILL;\nbar.warp.sync -1;\n"
    "mov.u32 %r20, 0;\nmov.u32 %r21, 0;\nmov.u32 %r22, 0;\nmov.u32 %r23, 0;\n";
const std::string KEEP = "st.global.v4.u32 [%rd2], {%r20, %r21, %r22, %r23};\n";

std::vector<uint32_t> run(const std::string& body, std::string* fault = nullptr) {
    Device device;
    device.load(kernel_around(body, SHARED));
    const uint64_t out = device.allocate(2048);
    const LaunchResult result = device.launch("k", {1, 1, 1}, {32, 1, 1}, device.allocate(16), out);
    if (fault != nullptr) *fault = result.fault ? result.fault->what : "no fault";
    else if (result.fault) harness::report(__FILE__, __LINE__, result.fault->text());
    return device.download<uint32_t>(out, 512);
}

std::string registers(unsigned count) {
    std::string text = "{";
    for (unsigned i = 0; i < count; i++) text += (i ? ", %r" : "%r") + std::to_string(20 + i);
    return text + "}";
}

TEST("ldmatrix hands out rows, or columns") {
    for (const unsigned count : {1u, 2u, 4u}) {
        for (const bool transposed : {false, true}) {
            const std::string load = "ldmatrix.sync.aligned.m8n8.x" + std::to_string(count) + (transposed ? ".trans" : "") + ".shared.b16 " +
                                     registers(count) + ", [%r1];\n";
            const std::vector<uint32_t> out = run(FILL + load + KEEP);
            for (unsigned lane = 0; lane < 32; lane++) {
                for (unsigned m = 0; m < 4; m++) {
                    const unsigned row = lane / 4, column = 2 * (lane % 4);
                    const uint32_t low = transposed ? element(m, column, row) : element(m, row, column);
                    const uint32_t high = transposed ? element(m, column + 1, row) : element(m, row, column + 1);
                    CHECK_EQUAL(out[lane * 4 + m], m < count ? low | high << 16 : 0u);
                }
            }
        }
    }
}

TEST("stmatrix puts back what ldmatrix took") {
    for (const unsigned count : {1u, 2u, 4u}) {
        for (const bool load_transposed : {false, true}) {
            for (const bool store_transposed : {false, true}) {
                const std::string form = ".sync.aligned.m8n8.x" + std::to_string(count);
                const std::string body = FILL + "ldmatrix" + form + (load_transposed ? ".trans" : "") + ".shared.b16 " + registers(count) + ", [%r1];\n" +
                                         "add.u32 %r6, %r1, 512;\nstmatrix" + form + (store_transposed ? ".trans" : "") + ".shared.b16 [%r6], " +
                                         registers(count) + ";\nbar.warp.sync -1;\nld.shared.v4.u32 {%r20, %r21, %r22, %r23}, [%r6];\n" + KEEP;
                const std::vector<uint32_t> out = run(body);
                for (unsigned lane = 0; lane < 8 * count; lane++) {
                    for (unsigned word = 0; word < 4; word++) {
                        const unsigned m = lane / 8, row = lane % 8;
                        const bool swapped = load_transposed != store_transposed;
                        const uint32_t low = swapped ? element(m, 2 * word, row) : element(m, row, 2 * word);
                        const uint32_t high = swapped ? element(m, 2 * word + 1, row) : element(m, row, 2 * word + 1);
                        CHECK_EQUAL(out[lane * 4 + word], low | high << 16);
                    }
                }
            }
        }
    }
}

TEST("movmatrix transposes") {
    const std::vector<uint32_t> out = run(FILL + "ldmatrix.sync.aligned.m8n8.x1.shared.b16 {%r20}, [%r1];\n"
                                                 "movmatrix.sync.aligned.m8n8.trans.b16 %r21, %r20;\n" + KEEP);
    for (unsigned lane = 0; lane < 32; lane++) {
        const unsigned row = lane / 4, column = 2 * (lane % 4);
        CHECK_EQUAL(out[lane * 4 + 1], element(0, column, row) | (uint32_t)element(0, column + 1, row) << 16);
    }
}

TEST("rows of ldmatrix lie at multiples of 16, inside the block's memory") {
    std::string fault;
    run(FILL + "add.u32 %r1, %r1, 8;\nldmatrix.sync.aligned.m8n8.x1.shared.b16 {%r20}, [%r1];\n", &fault);
    CHECK_CONTAINS(fault, "not a multiple");
    run(FILL + "add.u32 %r1, %r1, 4096;\nldmatrix.sync.aligned.m8n8.x4.shared.b16 {%r20, %r21, %r22, %r23}, [%r1];\n", &fault);
    CHECK_CONTAINS(fault, "shared address");
    // Lanes that hold no row's address may hold anything.
    run(FILL + "setp.gt.u32 %p2, %r60, 7;\n@%p2 mov.u32 %r1, 3;\nldmatrix.sync.aligned.m8n8.x1.shared.b16 {%r20}, [%r1];\n", &fault);
    CHECK_CONTAINS(fault, "no fault");
}

}  // namespace
