// The emulator's figures: generic code, matrix kernels against oneDNN, two threads against one. Prints them, and writes
// them into the page named by the argument. A report and no test: it asserts nothing.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "device.h"
#include "onednn.h"
#include "page.h"
#include "stopwatch.h"

using namespace testing;
using namespace bench;

namespace {

constexpr clockid_t PROCESSOR = CLOCK_PROCESS_CPUTIME_ID;  // of one thread: what others do to the wall does not count
constexpr clockid_t WALL = CLOCK_MONOTONIC;
constexpr int ROUNDS = 7;
constexpr double GENERIC_GOAL = 25, GEMM_GOAL = 15, ATTENTION_GOAL = 30, THREADS_GOAL = 1.7;

template <class... V>
std::string format(const char* how, V... values) {
    char text[256];
    std::snprintf(text, sizeof text, how, values...);
    return text;
}

const char* verdict(bool met) { return met ? "yes" : "NO"; }

Device loaded(const std::string& file, int architecture) {
    Device device;
    device.traits.architecture = architecture;
    device.load(read_text(std::string(RIDGEPOINT_PTX) + "/" + file));
    return device;
}

LaunchResult checked(LaunchResult result) {
    if (result.fault) throw std::runtime_error(result.fault->text());
    return result;
}

// bf16 codes of small numbers of both signs.
std::vector<uint16_t> small_bf16(size_t count) {
    std::vector<uint16_t> codes(count);
    for (size_t i = 0; i < count; i++) {
        const float value = (float)((int)(i * 37 % 200) - 100) / 100;
        uint32_t bits;
        std::memcpy(&bits, &value, sizeof bits);
        codes[i] = (uint16_t)(bits >> 16);
    }
    return codes;
}

// --- generic code ---

template <class F>
std::string generic_row(const char* what, F launch) {
    const uint64_t instructions = checked(launch()).counters.warp_instructions();
    std::vector<double> rates;
    for (int i = 0; i < ROUNDS; i++) rates.push_back((double)instructions * 1e-6 / time_of(PROCESSOR, launch));
    return format("%-28s %10.2f M %9.1f %9.1f   >= %-4.0f %s\n", what, (double)instructions * 1e-6, quantile(rates, 0.5),
                  quantile(rates, 1), GENERIC_GOAL, verdict(quantile(rates, 0.5) >= GENERIC_GOAL));
}

std::string generic_code() {
    Device basic = loaded("basic.80.ptx", 80), quantised = loaded("quantised.80.ptx", 80);
    const int size = 256, n = 1 << 20;
    const uint64_t a = basic.upload(std::vector<float>((size_t)n, 0.5f)), b = basic.upload(std::vector<float>((size_t)n, 0.25f));
    const uint64_t c = basic.allocate((uint64_t)n * 4);
    const uint64_t in = quantised.upload(std::vector<float>((size_t)n, 0.3f)), codes = quantised.allocate((uint64_t)n), scales = quantised.allocate(4096);
    const uint64_t w = quantised.upload(std::vector<uint32_t>((size_t)256 * 4096 / 8, 0x12345678)), s = quantised.upload(std::vector<uint16_t>((size_t)256 * 4096 / 32, 0x3800));
    const uint64_t x = quantised.upload(std::vector<uint16_t>(4096, 0x3c00)), y = quantised.allocate(1024);
    return format("%-28s %12s %9s %9s   %-7s %s\n", "kernel", "instructions", "M/s", "best", "goal", "met") +
           generic_row("vector add, 1 M", [&] { return basic.launch("vector_add", {(uint32_t)n / 256, 1, 1}, {256, 1, 1}, a, b, c, n); }) +
           generic_row("tiled SGEMM 256^3", [&] { return basic.launch("tiled_sgemm", {16, 16, 1}, {16, 16, 1}, a, b, c, size, size, size); }) +
           generic_row("softmax 1024 x 1024", [&] { return basic.launch("softmax", {256, 1, 1}, {128, 1, 1}, a, c, 1024, 1024); }) +
           generic_row("fp8 quantise 256 x 4096", [&] { return quantised.launch("quantise_fp8", {256, 1, 1}, {128, 1, 1}, in, codes, scales, 4096); }) +
           generic_row("int4 GEMV 256 x 4096", [&] { return quantised.launch("gemv_int4", {64, 1, 1}, {128, 1, 1}, w, s, x, y, 256, 4096); });
}

// --- matrix kernels ---

template <class F>
std::string rival_row(const std::string& what, const Rival& rival, double goal, F launch) {
    if (!rival.run) return format("%-34s %9.1f ms   (nothing to compare with)\n", what.c_str(), 1e3 * time_of(PROCESSOR, launch));
    const Ratio r = in_turn(PROCESSOR, ROUNDS, launch, rival.run);
    return format("%-34s %9.1f ms %9.1f ms %6.1f  %5.1f-%-6.1f <= %-4.0f %-4s ", what.c_str(), 1e3 * quantile(r.ours, 0.5),
                  1e3 * quantile(r.theirs, 0.5), r.at(0.5), r.at(0.25), r.at(0.75), goal, verdict(r.at(0.5) <= goal)) +
           rival.what + "\n";
}

std::string matrix_kernels() {
    const int size = 1024, length = 512;
    const Rival product = onednn_matmul(size), attention = onednn_attention(12, length, 64);
    std::string rows = format("%-34s %12s %12s %6s  %-12s %-7s %-4s %s\n", "kernel", "emulated", "oneDNN", "ratio", "quartiles", "goal", "met", "against");
    for (const int architecture : {80, 90}) {
        Device device = loaded(architecture == 80 ? "matrix.80.ptx" : "matrix.90a.ptx", architecture);
        const uint64_t a = device.upload(small_bf16((size_t)size * size)), b = device.upload(small_bf16((size_t)size * size));
        const uint64_t c = device.allocate((uint64_t)size * size * 4);
        const std::string as = ", sm_" + std::to_string(architecture);
        rows += rival_row("bf16 mma GEMM 1024^3" + as, product, GEMM_GOAL, [&] { checked(device.launch("gemm_bf16", {16, 16, 1}, {128, 1, 1}, a, b, c, size, size, size)); });
        rows += rival_row("attention 12 x 512 x 64" + as, attention, ATTENTION_GOAL, [&] { checked(device.launch("flash_attention", {8, 12, 1}, {128, 1, 1}, a, b, a, c, length, 0.125f, 0)); });
    }
    return rows;
}

// --- threads ---

std::string all_counters(const Counters& counters) {
    std::string text;
    for (const Executed& e : counters.instructions) text += format("%llu %llu ", (unsigned long long)e.warps, (unsigned long long)e.lanes);
    for (const GlobalTraffic& t : {counters.global_loads, counters.global_stores}) {
        text += format("%llu %llu %llu %llu ", (unsigned long long)t.requests, (unsigned long long)t.bytes, (unsigned long long)t.sectors, (unsigned long long)t.unique_sectors);
    }
    for (const SharedTraffic& t : {counters.shared_loads, counters.shared_stores}) {
        text += format("%llu %llu %llu ", (unsigned long long)t.requests, (unsigned long long)t.wavefronts, (unsigned long long)t.ideal_wavefronts);
    }
    return text;
}

template <class F>
std::string thread_row(const char* what, Device& device, uint64_t out, F launch) {
    const auto on = [&](unsigned threads) {
        return [&device, &launch, threads] {
            device.execution.threads = threads;
            return checked(launch());
        };
    };
    const std::string alone = all_counters(on(1)().counters);
    const std::vector<uint32_t> results = device.download<uint32_t>(out, 512 * 512);
    const bool same = all_counters(on(2)().counters) == alone && device.download<uint32_t>(out, 512 * 512) == results;
    const Ratio wall = in_turn(WALL, ROUNDS, on(1), on(2)), spent = in_turn(PROCESSOR, ROUNDS, on(2), on(1));
    return format("%-28s %8.1f ms %8.1f ms %6.2f  %4.2f-%-5.2f >= %-4.1f %-4s %6.2f         %s\n", what, 1e3 * quantile(wall.ours, 0.5),
                  1e3 * quantile(wall.theirs, 0.5), wall.at(0.5), wall.at(0.25), wall.at(0.75), THREADS_GOAL,
                  verdict(wall.at(0.5) >= THREADS_GOAL), spent.at(0.5), verdict(same));
}

std::string threads() {
    const int size = 512, small = 128;
    Device basic = loaded("basic.80.ptx", 80), matrix = loaded("matrix.90a.ptx", 90);
    const std::vector<float> numbers((size_t)size * size, 0.5f);
    const uint64_t a = basic.upload(numbers), b = basic.upload(numbers), c = basic.allocate(numbers.size() * 4);
    const uint64_t ma = matrix.upload(small_bf16(numbers.size())), mb = matrix.upload(small_bf16(numbers.size())), mc = matrix.allocate(numbers.size() * 4);
    return format("%-28s %11s %11s %6s  %-10s %-7s %-4s %-14s %s\n", "64 blocks of", "1 thread", "2 threads", "ratio", "quartiles", "goal", "met", "processor time", "same results and counters") +
           thread_row("tiled SGEMM 128x128x512", basic, c, [&] { return basic.launch("tiled_sgemm", {8, 8, 1}, {16, 16, 1}, a, b, c, small, small, size); }) +
           thread_row("bf16 mma GEMM 512^3", matrix, mc, [&] { return matrix.launch("gemm_bf16", {8, 8, 1}, {128, 1, 1}, ma, mb, mc, size, size, size); });
}

std::string table(const char* heading, const std::string& rows) {
    std::printf("\n%s\n\n%s", heading, rows.c_str());
    std::fflush(stdout);
    return std::string("\n### ") + heading + "\n\n```\n" + rows + "```\n";
}

}  // namespace

int main(int argc, char** argv) {
    const char* threads_of_onednn = std::getenv("OMP_NUM_THREADS");
    if (threads_of_onednn == nullptr || std::string(threads_of_onednn) != "1") {
        std::fprintf(stderr, "set OMP_NUM_THREADS=1: oneDNN is to use one core, as the emulator does\n");
        return 2;
    }
    try {
        std::string figures = machine() + "- oneDNN: " + onednn_version() + "\n";
        std::printf("%s", figures.c_str());
        figures += table("Generic code, warp-instructions a second on one core", generic_code());
        figures += table("Matrix kernels against oneDNN, processor time of one thread", matrix_kernels());
        figures += table("Two threads against one, by the wall", threads());
        if (argc > 1) replace_figures(argv[1], figures);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
