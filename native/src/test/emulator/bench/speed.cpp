// Warp-instructions a second on one core, counters and checks on. Prints a table; asserts nothing.
#include <ctime>
#include <cstdio>
#include <cstdlib>

#include "device.h"

using namespace testing;

namespace {

unsigned threads = 1;

Device loaded(const std::string& file) {
    Device device;
    device.traits.architecture = 80;
    device.load(read_text(std::string(RIDGEPOINT_PTX) + "/" + file + ".80.ptx"));
    return device;
}

// Of the processor, not of the wall, on one thread: others may be using the machine.
double seconds_now() {
    timespec now;
    clock_gettime(threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

template <class F>
void measure(const char* name, Device& device, F launch) {
    double best = 1e30;
    uint64_t instructions = 0;
    for (int i = 0; i < 5; i++) {
        const double start = seconds_now();
        const LaunchResult result = launch(device);
        const double seconds = seconds_now() - start;
        if (result.fault) std::printf("%s", result.fault->text().c_str());
        instructions = result.counters.warp_instructions();
        best = seconds < best ? seconds : best;
    }
    std::printf("%-28s %8.1f ms %10.2f M warp-instructions %8.1f M/s\n", name, best * 1e3, (double)instructions * 1e-6,
                (double)instructions * 1e-6 / best);
}

}  // namespace

int main(int argc, char** argv) {
    Device basic = loaded("basic"), quantised = loaded("quantised");
    if (argc > 1) threads = (unsigned)std::atoi(argv[1]);
    basic.execution.threads = quantised.execution.threads = threads;
    const int size = 256, n = 1 << 20;
    const uint64_t a = basic.upload(std::vector<float>((size_t)n, 0.5f)), b = basic.upload(std::vector<float>((size_t)n, 0.25f));
    const uint64_t c = basic.allocate((uint64_t)n * 4);
    measure("vector_add 1M", basic, [&](Device& d) { return d.launch("vector_add", {(uint32_t)n / 256, 1, 1}, {256, 1, 1}, a, b, c, n); });
    measure("tiled_sgemm 256^3", basic, [&](Device& d) { return d.launch("tiled_sgemm", {16, 16, 1}, {16, 16, 1}, a, b, c, size, size, size); });
    measure("softmax 1024x1024", basic, [&](Device& d) { return d.launch("softmax", {256, 1, 1}, {128, 1, 1}, a, c, 1024, 1024); });
    const uint64_t in = quantised.upload(std::vector<float>((size_t)n, 0.3f)), codes = quantised.allocate((uint64_t)n), scales = quantised.allocate(4096);
    measure("quantise_fp8 256x4096", quantised, [&](Device& d) { return d.launch("quantise_fp8", {256, 1, 1}, {128, 1, 1}, in, codes, scales, 4096); });
    const uint64_t w = quantised.upload(std::vector<uint32_t>((size_t)256 * 4096 / 8, 0x12345678)), s = quantised.upload(std::vector<uint16_t>((size_t)256 * 4096 / 32, 0x3800));
    const uint64_t x = quantised.upload(std::vector<uint16_t>(4096, 0x3c00)), y = quantised.allocate(1024);
    measure("gemv_int4 256x4096", quantised, [&](Device& d) { return d.launch("gemv_int4", {64, 1, 1}, {128, 1, 1}, w, s, x, y, 256, 4096); });
    return 0;
}
