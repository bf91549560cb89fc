// What matrix instructions and the kernels around them cost on one core, counters and checks on. Asserts nothing.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <random>

#include "device.h"

using namespace testing;

namespace {

// Of the processor, not of the wall: others may be using the machine.
double seconds_now() {
    timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

template <class F>
double best_of(int rounds, F launch) {
    double best = 1e30;
    for (int i = 0; i < rounds; i++) {
        const double start = seconds_now();
        const LaunchResult result = launch();
        best = std::min(best, seconds_now() - start);
        if (result.fault) std::printf("%s", result.fault->text().c_str());
    }
    return best;
}

// Products of ordinary values, 8 in a loop; all bytes are ordinary as 8-bit values too.
void measure_mma(int architecture, const char* name, const std::string& instruction) {
    const int rounds = 2000;
    std::string body = "cvta.to.global.u64 %rd1, %rd60;\nmad.wide.u32 %rd1, %r60, 64, %rd1;\n";
    for (int i = 0; i < 6; i++) body += "ld.global.u32 %r" + std::to_string(i) + ", [%rd1+" + std::to_string(4 * i) + "];\n";
    for (int i = 0; i < 4; i++) body += "ld.global.u32 %r" + std::to_string(10 + i) + ", [%rd1+" + std::to_string(32 + 4 * i) + "];\n";
    body += "mov.u32 %r20, 0;\nLOOP:\n";
    for (int i = 0; i < 8; i++) body += instruction + "\n";
    body += "add.u32 %r20, %r20, 1;\nsetp.lt.u32 %p1, %r20, " + std::to_string(rounds) + ";\n@%p1 bra LOOP;\nst.global.u32 [%rd61], %r14;\n";
    Device device;
    device.load(kernel_around(body));  // for sm_90: only its arithmetic is that of another architecture
    device.traits.architecture = architecture;
    std::mt19937 random(1);
    std::vector<uint16_t> values(32 * 32);
    for (uint16_t& v : values) v = (uint16_t)(0x3838 + (random() & 0x0707) + (random() & 0x8080));
    const uint64_t in = device.upload(values), out = device.allocate(16);
    const double seconds = best_of(3, [&] { return device.launch("k", {1, 1, 1}, {32, 1, 1}, in, out); });
    std::printf("%-34s sm_%-4d %8.0f ns\n", name, architecture, seconds * 1e9 / (8.0 * rounds));
}

std::vector<uint16_t> random_bf16(size_t count) {
    std::mt19937 random(5);
    std::uniform_real_distribution<float> value(-1, 1);
    std::vector<uint16_t> codes(count);
    for (uint16_t& code : codes) {
        const float v = value(random);
        uint32_t bits;
        std::memcpy(&bits, &v, sizeof bits);
        code = (uint16_t)(bits >> 16);
    }
    return codes;
}

void measure_kernels(int architecture, const char* file) {
    Device device;
    device.traits.architecture = architecture;
    device.load(read_text(std::string(RIDGEPOINT_PTX) + "/" + file));
    const int size = 1024;
    const uint64_t a = device.upload(random_bf16((size_t)size * size)), b = device.upload(random_bf16((size_t)size * size));
    const uint64_t c = device.allocate((uint64_t)size * size * 4);
    const double product = best_of(2, [&] { return device.launch("gemm_bf16", {16, 16, 1}, {128, 1, 1}, a, b, c, size, size, size); });
    std::printf("%-34s sm_%-4d %8.3f s\n", "bf16 mma product 1024^3", architecture, product);
    const int small = 256;
    const double scalar = best_of(1, [&] { return device.launch("gemm_scalar", {16, 16, 1}, {256, 1, 1}, a, b, c, small, small, small); });
    std::printf("%-34s sm_%-4d %8.3f s\n", "bf16 scalar product 256^3", architecture, scalar);
    const double attention = best_of(2, [&] { return device.launch("flash_attention", {8, 12, 1}, {128, 1, 1}, a, b, a, c, 512, 0.125f, 0); });
    std::printf("%-34s sm_%-4d %8.3f s\n", "attention, 12 heads, 512, 64", architecture, attention);
}

}  // namespace

int main() {
    const std::string factors = " {%r14, %r15, %r16, %r17}, {%r0, %r1, %r2, %r3}, {%r4, %r5}, {%r10, %r11, %r12, %r13};";
    for (const int architecture : {80, 90}) {
        const std::string form = "mma.sync.aligned.";
        measure_mma(architecture, "m16n8k16 bf16 to f32", form + "m16n8k16.row.col.f32.bf16.bf16.f32" + factors);
        measure_mma(architecture, "m16n8k16 f16 to f32", form + "m16n8k16.row.col.f32.f16.f16.f32" + factors);
        measure_mma(architecture, "m16n8k16 f16 to f16", form + "m16n8k16.row.col.f16.f16.f16.f16 {%r14, %r15}, {%r0, %r1, %r2, %r3}, {%r4, %r5}, {%r10, %r11};");
        measure_mma(architecture, "m16n8k8 tf32 to f32", form + "m16n8k8.row.col.f32.tf32.tf32.f32" + factors);
        measure_mma(architecture, "m16n8k32 s8 to s32", form + "m16n8k32.row.col.s32.s8.s8.s32" + factors);
        if (architecture >= 89) measure_mma(architecture, "m16n8k32 e4m3 to f32", form + "m16n8k32.row.col.f32.e4m3.e4m3.f32" + factors);
    }
    measure_kernels(80, "matrix.80.ptx");
    measure_kernels(90, "matrix.90a.ptx");
    return 0;
}
