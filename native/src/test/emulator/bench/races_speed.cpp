// What looking for races costs: processor time with it against without, in turns, to the letter and with idioms. Prints a
// table; asserts nothing. An argument chooses the rows whose names contain it.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>

#include "device.h"
#include "hazard/races.h"

using namespace testing;

namespace {

constexpr int TURNS = 5;
std::string chosen;

Device loaded(const std::string& file) {
    Device device;
    device.traits.architecture = 80;
    device.load(read_text(std::string(RIDGEPOINT_PTX) + "/" + file + ".80.ptx"));
    return device;
}

template <class F>
double seconds(F run) {
    timespec start, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    const LaunchResult result = run();
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    if (result.fault) std::printf("%s", result.fault->text().c_str());
    return (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) * 1e-9;
}

template <class... P>
void measure(const char* name, Device& device, const char* kernel, Dim3 grid, Dim3 block, P... parameters) {
    if (std::string(name).find(chosen) == std::string::npos) return;
    const auto run = [&](const RaceDetection& races) {
        device.observer = races.observer;
        device.steppers.clear();
        if (races.stepper) device.steppers.push_back(races.stepper);
        return seconds([&] { return device.launch(kernel, grid, block, parameters...); });
    };
    double plain = 1e30, strict = 1e30, idioms = 1e30;
    for (int i = 0; i < TURNS; i++) {
        plain = std::min(plain, run({}));
        strict = std::min(strict, run(race_detection(Reading::ToTheLetter)));
        idioms = std::min(idioms, run(race_detection(Reading::WithIdioms)));
    }
    std::printf("%-28s %8.1f ms %6.2f times %6.2f times\n", name, plain * 1e3, strict / plain, idioms / plain);
}

}  // namespace

int main(int given, char** arguments) {
    if (given > 1) chosen = arguments[1];
    Device basic = loaded("basic"), quantised = loaded("quantised"), matrix = loaded("matrix");
    const int n = 1 << 20;
    const auto floats = [](Device& device, size_t count) { return device.upload(std::vector<float>(count, 0.5f)); };
    std::printf("%-28s %11s %12s %12s\n", "kernel", "plain", "strict", "on");
    const uint64_t a = floats(basic, n), b = floats(basic, n), c = floats(basic, n);
    measure("vector_add 1M", basic, "vector_add", {n / 256, 1, 1}, {256, 1, 1}, a, b, c, n);
    measure("tiled_sgemm 256^3", basic, "tiled_sgemm", {16, 16, 1}, {16, 16, 1}, a, b, c, 256, 256, 256);
    measure("softmax 1024x1024", basic, "softmax", {256, 1, 1}, {128, 1, 1}, a, c, 1024, 1024);
    measure("split_k_sum 1024x1024", basic, "split_k_sum", {8, 16, 1}, {128, 1, 1}, a, c, 1024, 1024, 64);
    const uint64_t in = floats(quantised, n), codes = quantised.allocate(n), scales = quantised.allocate(4096);
    measure("quantise_fp8 256x4096", quantised, "quantise_fp8", {256, 1, 1}, {128, 1, 1}, in, codes, scales, 4096);
    const uint64_t w = floats(quantised, n), s = floats(quantised, n), x = floats(quantised, 4096), y = floats(quantised, 1024);
    measure("gemv_int4 256x4096", quantised, "gemv_int4", {64, 1, 1}, {128, 1, 1}, w, s, x, y, 256, 4096);
    const uint64_t p = floats(matrix, n / 2), q = floats(matrix, n / 2), r = floats(matrix, n);
    measure("gemm_bf16 512^3", matrix, "gemm_bf16", {8, 8, 1}, {128, 1, 1}, p, q, r, 512, 512, 512);
    measure("flash_attention 4x512x64", matrix, "flash_attention", {8, 4, 1}, {128, 1, 1}, p, q, p, r, 512, 0.125f, 0);
    return 0;
}
