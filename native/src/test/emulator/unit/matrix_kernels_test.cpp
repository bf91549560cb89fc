// Tensor-core and pipelined kernels as nvcc compiles them, against plain loops in double, under every completion mode.
#include <algorithm>
#include <cmath>
#include <random>

#include "device.h"
#include "harness.h"

using namespace testing;

namespace {

std::string compiled(const std::string& name) { return read_text(std::string(RIDGEPOINT_PTX) + "/" + name); }

uint16_t to_bf16(float value) {
    uint32_t bits;
    std::memcpy(&bits, &value, sizeof bits);
    return (uint16_t)((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}

double from_bf16(uint16_t code) {
    const uint32_t bits = (uint32_t)code << 16;
    float value;
    std::memcpy(&value, &bits, sizeof value);
    return value;
}

std::vector<uint16_t> random_bf16(size_t count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> value(-1, 1);
    std::vector<uint16_t> codes(count);
    for (uint16_t& code : codes) code = to_bf16(value(random));
    return codes;
}

void check_close(const std::vector<float>& actual, const std::vector<double>& expected, double absolute) {
    for (size_t i = 0; i < expected.size(); i++) {
        if (std::fabs(actual[i] - expected[i]) <= absolute) continue;  // not for NaN
        harness::report(__FILE__, __LINE__, "element " + std::to_string(i) + " is " + std::to_string(actual[i]) + ", expected " + std::to_string(expected[i]));
        return;
    }
}

void check_no_fault(const LaunchResult& result) {
    if (result.fault) harness::report(__FILE__, __LINE__, result.fault->text());
}

// Runs body(device) under eager, lazy and random completion, in order and under other orders of warps.
template <class F>
void under_every_order(const std::string& ptx, int architecture, F body) {
    LoadOptions options;
    options.architecture = architecture;
    const auto module = Module::load(ptx, options);
    for (const Completion completion : COMPLETIONS) {
        for (const uint64_t seed : {0, 1, 2, 3}) {
            Device device;
            device.traits.architecture = architecture;
            device.execution.completion = completion;
            device.execution.seed = seed;
            device.load(module);
            body(device);
        }
    }
}

void check_gemm(const std::string& ptx, int architecture, unsigned m, unsigned n, unsigned k) {
    const std::vector<uint16_t> a = random_bf16(m * k, m + 1), b = random_bf16(k * n, n + 2);
    std::vector<double> expected(m * n);
    for (size_t i = 0; i < m; i++) {
        for (size_t l = 0; l < k; l++) {
            for (size_t j = 0; j < n; j++) expected[i * n + j] += from_bf16(a[i * k + l]) * from_bf16(b[l * n + j]);
        }
    }
    std::vector<float> first;
    under_every_order(ptx, architecture, [&](Device& device) {
        const uint64_t c = device.allocate(m * n * 4);
        const LaunchResult result = device.launch("gemm_bf16", {(n + 63) / 64, (m + 63) / 64, 1}, {128, 1, 1}, device.upload(a),
                                                  device.upload(b), c, (int)m, (int)n, (int)k);
        check_no_fault(result);
        const std::vector<float> out = device.download<float>(c, m * n);
        check_close(out, expected, 1e-5 * std::sqrt((double)k));
        if (first.empty()) first = out;
        CHECK(out == first);
        const uint64_t blocks = (uint64_t)((n + 63) / 64) * ((m + 63) / 64), steps = (k + 31) / 32;
        CHECK_EQUAL(result.counters.named.at("mma.m16n8k16.bf16.flops"), blocks * steps * 2 * 64 * 64 * 32);
        CHECK_EQUAL(result.counters.async_bytes, 2ull * (m * k * ((n + 63) / 64) + k * n * ((m + 63) / 64)));
    });
}

TEST("bf16 product with ldmatrix, mma and cp.async in stages") {
    check_gemm(compiled("matrix.80.ptx"), 80, 64, 64, 32);
    check_gemm(compiled("matrix.80.ptx"), 80, 100, 72, 136);
    check_gemm(compiled("matrix.90a.ptx"), 90, 33, 136, 200);
    check_gemm(compiled("matrix.120a.ptx"), 120, 129, 64, 96);
}

// 64x64x96: the only tile of a block, three steps.
struct Product {
    std::vector<float> out;
    Counters counters;
};
Product product(const std::string& ptx, Execution execution, unsigned m = 64) {
    const unsigned n = 64, k = 96;
    Device device;
    device.traits.architecture = 80;
    device.execution = execution;
    device.load(ptx);
    const uint64_t c = device.allocate(m * n * 4);
    const LaunchResult result = device.launch("gemm_bf16", {1, m / 64, 1}, {128, 1, 1}, device.upload(random_bf16(m * k, 1)),
                                              device.upload(random_bf16(k * n, 2)), c, (int)m, (int)n, (int)k);
    check_no_fault(result);
    return {device.download<float>(c, m * n), result.counters};
}

std::string without(std::string text, const std::string& part) {
    size_t removed = 0;
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part)) {
        text.erase(at, part.size());
        removed++;
    }
    CHECK(removed > 0);
    return text;
}

TEST("a missing wait shows where copies are lazy, a missing barrier where they are eager") {
    const std::string right = compiled("matrix.80.ptx");
    const std::string no_wait = without(right, "cp.async.wait_group 1;"), no_barrier = without(right, "bar.sync \t0;");
    const std::vector<float> expected = product(right, {}).out;
    Execution lazy;
    lazy.completion = Completion::Lazy;
    CHECK(product(right, lazy).out == expected);
    CHECK(product(no_wait, lazy).out != expected);
    CHECK(product(no_wait, {}).out == expected);
    bool shown = false;
    for (uint64_t seed = 1; seed < 9; seed++) {
        Execution eager;
        eager.seed = seed;
        shown |= product(no_barrier, eager).out != expected;
    }
    CHECK(shown);
}

TEST("two threads give the same results and counters as one") {
    Execution two;
    two.threads = 2;
    const Product a = product(compiled("matrix.80.ptx"), {}, 512), b = product(compiled("matrix.80.ptx"), two, 512);
    CHECK(a.out == b.out);
    CHECK(a.counters.named == b.counters.named);
    CHECK_EQUAL(a.counters.async_bytes, b.counters.async_bytes);
    CHECK_EQUAL(a.counters.warp_instructions(), b.counters.warp_instructions());
    CHECK_EQUAL(a.counters.shared_loads.wavefronts, b.counters.shared_loads.wavefronts);
}

void check_attention(const std::string& ptx, int architecture, unsigned heads, unsigned length, bool causal) {
    const size_t width = 64;
    const std::vector<uint16_t> q = random_bf16(heads * length * width, 1), k = random_bf16(heads * length * width, 2),
                                v = random_bf16(heads * length * width, 3);
    const float scale = 0.125f;
    std::vector<double> expected(heads * length * width);
    for (size_t h = 0; h < heads; h++) {
        for (size_t i = 0; i < length; i++) {
            const size_t keys = causal ? i + 1 : length;
            std::vector<double> weight(keys);
            double total = 0;
            for (size_t j = 0; j < keys; j++) {
                double dot = 0;
                for (size_t d = 0; d < width; d++) dot += from_bf16(q[(h * length + i) * width + d]) * from_bf16(k[(h * length + j) * width + d]);
                total += weight[j] = std::exp(dot * scale);
            }
            for (size_t j = 0; j < keys; j++) {
                for (size_t d = 0; d < width; d++) expected[(h * length + i) * width + d] += weight[j] / total * from_bf16(v[(h * length + j) * width + d]);
            }
        }
    }
    under_every_order(ptx, architecture, [&](Device& device) {
        const uint64_t out = device.allocate(expected.size() * 4);
        check_no_fault(device.launch("flash_attention", {(length + 63) / 64, heads, 1}, {128, 1, 1}, device.upload(q), device.upload(k),
                                     device.upload(v), out, (int)length, scale, (int)causal));
        check_close(device.download<float>(out, expected.size()), expected, 4e-3);  // weights are rounded to bf16
    });
}

TEST("flash attention, whole, causal, ragged") {
    check_attention(compiled("matrix.80.ptx"), 80, 2, 128, false);
    check_attention(compiled("matrix.90a.ptx"), 90, 2, 100, true);
    check_attention(compiled("matrix.120a.ptx"), 120, 1, 77, false);
}

TEST("producer and consumers over mbarriers and bulk copies") {
    const unsigned blocks = 3, chunks = 8, floats = blocks * chunks * 256;
    std::vector<float> in(floats);
    for (size_t i = 0; i < floats; i++) in[i] = (float)(i % 101) - 50;
    std::vector<double> expected(floats);
    for (size_t i = 0; i < floats; i++) {
        double sum = 0;
        for (size_t j = i / 256 * 256; j < i / 256 * 256 + 256; j++) sum += in[j];
        expected[i] = 2.0 * in[i] + sum;
    }
    for (const char* name : {"pipeline.90a.ptx", "pipeline.120a.ptx"}) {
        under_every_order(compiled(name), name[9] == '9' ? 90 : 120, [&](Device& device) {
            const uint64_t out = device.allocate(floats * 4);
            const LaunchResult result = device.launch("pipeline", {blocks, 1, 1}, {160, 1, 1}, device.upload(in), out, 2.0f, (int)chunks);
            check_no_fault(result);
            check_close(device.download<float>(out, floats), expected, 0);
            CHECK_EQUAL(result.counters.async_bytes, 2ull * floats * 4);
        });
    }
}

TEST("copies that arrive at an mbarrier") {
    std::vector<float> in(512);
    for (size_t i = 0; i < 512; i++) in[i] = (float)i;
    std::vector<double> expected(512);
    for (size_t i = 0; i < 512; i++) expected[i] = (double)(511 - i);
    under_every_order(compiled("pipeline.90a.ptx"), 90, [&](Device& device) {
        const uint64_t out = device.allocate(2048);
        check_no_fault(device.launch("copy_and_reverse", {1, 1, 1}, {128, 1, 1}, device.upload(in), out));
        check_close(device.download<float>(out, 512), expected, 0);
    });
}

TEST("copies as the CUDA library writes them") {
    const unsigned n = 1024;
    std::vector<float> in(n);
    std::vector<double> expected(n);
    for (size_t i = 0; i < n; i++) {
        in[i] = (float)i;
        expected[i / 256 * 256 + 255 - i % 256] = (double)i;
    }
    for (const char* name : {"library_copies.80.ptx", "library_copies.90a.ptx"}) {
        for (const char* kernel : {"reverse_by_barrier", "reverse_by_group"}) {
            under_every_order(compiled(name), name[15] == '8' ? 80 : 90, [&](Device& device) {
                const uint64_t out = device.allocate(n * 4);
                check_no_fault(device.launch(kernel, {1, 1, 1}, {256, 1, 1}, device.upload(in), out, (int)n));
                check_close(device.download<float>(out, n), expected, 0);
            });
        }
    }
}

}  // namespace
