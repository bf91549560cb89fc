// No false alarm: whole kernels as nvcc compiles them, under race detection, many orders and every completion of copies.
//
// RIDGEPOINT_RACE_SEEDS=32 in the environment is the whole sweep; without it there are fewer seeds, for every build.
#include <cstdlib>

#include "device.h"
#include "harness.h"
#include "hazard/races.h"

using namespace testing;

namespace {

constexpr uint64_t FEW_SEEDS = 3;

uint64_t seeds() {
    const char* wanted = std::getenv("RIDGEPOINT_RACE_SEEDS");
    return wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : FEW_SEEDS;
}

std::string compiled(const std::string& name) { return read_text(std::string(RIDGEPOINT_PTX) + "/" + name); }

// Calls launch(device), which launches once, and expects no fault: for each target, seed and completion.
template <class F>
void check_quiet(const std::string& file, const std::vector<std::string>& targets, F launch) {
    for (const std::string& target : targets) {
        const std::string ptx = compiled(file + "." + target + ".ptx");
        LoadOptions options;
        options.architecture = std::stoi(target);
        const auto module = Module::load(ptx, options);
        for (const Completion completion : completions_for(ptx)) {
            for (uint64_t seed = 0; seed < seeds(); seed++) {
                Device device;
                device.traits.architecture = options.architecture;
                device.execution.completion = completion;
                device.execution.seed = seed;
                device.observer = race_detection().observer;
                device.load(module);
                const LaunchResult result = launch(device);
                if (!result.fault) continue;
                harness::report(file.c_str(), (int)seed, "sm_" + target + ": " + result.fault->text());
                return;
            }
        }
    }
}

const std::vector<std::string> ALL{"80", "90a", "120a"}, HOPPER{"90a", "120a"};

uint64_t floats(Device& device, size_t count) { return device.upload(std::vector<float>(count, 0.5f)); }
uint64_t halves(Device& device, size_t count) { return device.upload(std::vector<uint16_t>(count, 0x3c00)); }

TEST("vector add") {
    check_quiet("basic", ALL, [](Device& d) {
        return d.launch("vector_add", {8, 1, 1}, {128, 1, 1}, floats(d, 1000), floats(d, 1000), floats(d, 1000), 1000);
    });
}

TEST("tiled sgemm") {
    check_quiet("basic", ALL, [](Device& d) {
        return d.launch("tiled_sgemm", {4, 3, 1}, {16, 16, 1}, floats(d, 37 * 41), floats(d, 41 * 53), floats(d, 37 * 53), 37, 53, 41);
    });
}

TEST("shuffle softmax") {
    check_quiet("basic", ALL, [](Device& d) { return d.launch("softmax", {4, 1, 1}, {128, 1, 1}, floats(d, 13 * 77), floats(d, 13 * 77), 13, 77); });
}

TEST("split-K with atomics") {
    check_quiet("basic", ALL, [](Device& d) { return d.launch("split_k_sum", {2, 7, 1}, {64, 1, 1}, floats(d, 7000), floats(d, 70), 100, 70, 16); });
}

TEST("a spin lock") {
    check_quiet("basic", ALL, [](Device& d) {
        const uint64_t lock = d.upload(std::vector<int>{0}), counter = d.upload(std::vector<int>{0});
        return d.launch("ticket_lock", {2, 1, 1}, {8, 1, 1}, lock, counter);
    });
}

TEST("fp8 quantise and dequantise") {
    check_quiet("quantised", ALL, [](Device& d) {
        return d.launch("quantise_fp8", {5, 1, 1}, {64, 1, 1}, floats(d, 650), d.allocate(650), floats(d, 5), 130);
    });
    check_quiet("quantised", ALL, [](Device& d) {
        return d.launch("dequantise_fp8", {5, 1, 1}, {64, 1, 1}, d.upload(std::vector<uint8_t>(650)), floats(d, 5), halves(d, 650), 130);
    });
}

TEST("int4 GEMV") {
    check_quiet("quantised", ALL, [](Device& d) {
        const uint64_t weights = d.upload(std::vector<uint32_t>(9 * 512 / 8, 0x12345678));
        return d.launch("gemv_int4", {3, 1, 1}, {128, 1, 1}, weights, halves(d, 9 * 512 / 32), halves(d, 512), floats(d, 9), 9, 512);
    });
}

TEST("bf16 product with ldmatrix, mma and cp.async in stages") {
    for (const char* kernel : {"gemm_bf16", "gemm_scalar"}) {
        check_quiet("matrix", ALL, [&](Device& d) {
            const unsigned threads = kernel[5] == 's' ? 256 : 128, tile = kernel[5] == 's' ? 16 : 64;
            return d.launch(kernel, {(72 + tile - 1) / tile, (100 + tile - 1) / tile, 1}, {threads, 1, 1}, halves(d, 100 * 104), halves(d, 104 * 72),
                            floats(d, 7200), 100, 72, 104);
        });
    }
}

TEST("flash attention, whole and causal, ragged") {
    for (const int causal : {0, 1}) {
        check_quiet("matrix", ALL, [&](Device& d) {
            const size_t size = 2 * 100 * 64;
            return d.launch("flash_attention", {2, 2, 1}, {128, 1, 1}, halves(d, size), halves(d, size), halves(d, size), floats(d, size), 100, 0.125f, causal);
        });
    }
}

TEST("producer and consumers over mbarriers and bulk copies") {
    check_quiet("pipeline", HOPPER, [](Device& d) {
        return d.launch("pipeline", {3, 1, 1}, {160, 1, 1}, floats(d, 3 * 8 * 256), floats(d, 3 * 8 * 256), 2.0f, 8);
    });
    check_quiet("pipeline", HOPPER, [](Device& d) { return d.launch("copy_and_reverse", {1, 1, 1}, {128, 1, 1}, floats(d, 512), floats(d, 512)); });
}

TEST("copies as the CUDA library writes them") {
    for (const char* kernel : {"reverse_by_barrier", "reverse_by_group"}) {
        check_quiet("library_copies", {"80", "90a"}, [&](Device& d) { return d.launch(kernel, {1, 1, 1}, {256, 1, 1}, floats(d, 1024), floats(d, 1024), 1024); });
    }
}

TEST("a cooperative sum over the grid") {
    check_quiet("cooperative", ALL, [](Device& d) {
        d.config.cooperative = true;
        d.config.grid_workspace = d.upload(std::vector<std::byte>(GRID_WORKSPACE_BYTES));
        return d.launch("grid_sum", {6, 1, 1}, {64, 1, 1}, floats(d, 1000), floats(d, 6), floats(d, 1), 1000);
    });
}

}  // namespace
