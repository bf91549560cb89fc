// Whole kernels as nvcc compiles them, against plain loops.
#include <cmath>
#include <random>

#include "device.h"
#include "harness.h"

using namespace testing;

namespace {

std::string compiled(const std::string& name) { return read_text(std::string(RIDGEPOINT_PTX) + "/" + name); }

std::vector<float> random_floats(size_t count, float low, float high, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<float> value(low, high);
    std::vector<float> values(count);
    for (float& v : values) v = value(random);
    return values;
}

void check_close(const std::vector<float>& actual, const std::vector<double>& expected, double relative, double absolute) {
    for (size_t i = 0; i < expected.size(); i++) {
        const double error = std::fabs(actual[i] - expected[i]);
        if (error <= relative * std::fabs(expected[i]) + absolute) continue;
        harness::report(__FILE__, __LINE__, "element " + std::to_string(i) + " is " + std::to_string(actual[i]) +
                                                ", expected " + std::to_string(expected[i]));
        return;
    }
}

void check_no_fault(const LaunchResult& result) {
    if (result.fault) harness::report(__FILE__, __LINE__, result.fault->text());
}

const std::vector<std::string> TARGETS{"80", "90a", "120a"};

// Each kernel as compiled for each architecture.
template <class F>
void on_every_target(const std::string& file, F body) {
    for (const std::string& target : TARGETS) {
        Device device;
        device.traits.architecture = std::stoi(target);
        device.load(compiled(file + "." + target + ".ptx"));
        body(device);
    }
}

}  // namespace

TEST("vector add") {
    const size_t n = 1000;
    const auto a = random_floats(n, -1, 1, 1), b = random_floats(n, -1, 1, 2);
    on_every_target("basic", [&](Device& device) {
        const uint64_t da = device.upload(a), db = device.upload(b), dc = device.allocate(n * 4);
        const auto result = device.launch("vector_add", {8, 1, 1}, {128, 1, 1}, da, db, dc, (int)n);
        check_no_fault(result);
        const auto c = device.download<float>(dc, n);
        for (size_t i = 0; i < n; i++) CHECK_EQUAL(c[i], a[i] + b[i]);
        CHECK_EQUAL(result.counters.global_loads.bytes, 8 * n);
        CHECK_EQUAL(result.counters.global_loads.sectors, 2 * n / 8);
        CHECK_EQUAL(result.counters.global_loads.unique_sectors, 2 * n / 8);
        CHECK_EQUAL(result.counters.global_stores.requests, (n + 31) / 32);
    });
}

TEST("ragged tiled sgemm") {
    const int m = 37, n = 53, k = 41;
    const auto a = random_floats((size_t)(m * k), -1, 1, 3), b = random_floats((size_t)(k * n), -1, 1, 4);
    std::vector<double> expected((size_t)(m * n));
    for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
            for (int l = 0; l < k; l++) expected[(size_t)(i * n + j)] += (double)a[(size_t)(i * k + l)] * b[(size_t)(l * n + j)];
        }
    }
    on_every_target("basic", [&](Device& device) {
        const uint64_t da = device.upload(a), db = device.upload(b), dc = device.allocate((uint64_t)(m * n * 4));
        for (const uint64_t seed : {0, 1, 2, 3}) {
            device.execution.seed = seed;
            check_no_fault(device.launch("tiled_sgemm", {4, 3, 1}, {16, 16, 1}, da, db, dc, m, n, k));
            check_close(device.download<float>(dc, (size_t)(m * n)), expected, 0, 1e-5);
        }
    });
}

TEST("shuffle softmax") {
    const int rows = 13, columns = 77;
    const auto in = random_floats((size_t)(rows * columns), -5, 5, 5);
    std::vector<double> expected;
    for (int row = 0; row < rows; row++) {
        double sum = 0;
        for (int i = 0; i < columns; i++) sum += std::exp((double)in[(size_t)(row * columns + i)]);
        for (int i = 0; i < columns; i++) expected.push_back(std::exp((double)in[(size_t)(row * columns + i)]) / sum);
    }
    on_every_target("basic", [&](Device& device) {
        const uint64_t din = device.upload(in), dout = device.allocate(in.size() * 4);
        check_no_fault(device.launch("softmax", {4, 1, 1}, {128, 1, 1}, din, dout, rows, columns));
        check_close(device.download<float>(dout, in.size()), expected, 1e-5, 0);
    });
}

TEST("split-K with atomics") {
    const int rows = 100, columns = 70;
    const auto in = random_floats((size_t)(rows * columns), -1, 1, 6);
    std::vector<double> expected((size_t)columns);
    for (size_t i = 0; i < in.size(); i++) expected[i % (size_t)columns] += in[i];
    on_every_target("basic", [&](Device& device) {
        for (const unsigned threads : {1u, 2u}) {
            device.execution.threads = threads;
            const uint64_t din = device.upload(in), dout = device.upload(std::vector<float>((size_t)columns));
            check_no_fault(device.launch("split_k_sum", {2, 7, 1}, {64, 1, 1}, din, dout, rows, columns, 16));
            check_close(device.download<float>(dout, (size_t)columns), expected, 0, 1e-4);
        }
    });
}

TEST("calls, through pointers and recursive") {
    const int n = 100;
    const auto in = random_floats((size_t)n, -1, 1, 7);
    on_every_target("basic", [&](Device& device) {
        const uint64_t din = device.upload(in), dout = device.allocate((uint64_t)n * 4), dfib = device.allocate((uint64_t)n * 4);
        check_no_fault(device.launch("calls", {1, 1, 1}, {128, 1, 1}, din, dout, dfib, n));
        const auto out = device.download<float>(dout, (size_t)n);
        const auto fib = device.download<int>(dfib, (size_t)n);
        const int numbers[] = {0, 1, 1, 2, 3, 5, 8, 13, 21, 34};
        for (int i = 0; i < n; i++) {
            const float x = in[(size_t)i];
            float expected = 2 * x;
            if (i % 2 == 0) {
                expected = 0;
                for (int c = 0; c <= i % 5; c++) expected = std::fma(expected, x, x + (float)c);
            }
            CHECK_EQUAL(out[(size_t)i], expected);
            CHECK_EQUAL(fib[(size_t)i], numbers[i % 10]);
        }
    });
}

TEST("printf and assert") {
    on_every_target("basic", [&](Device& device) {
        check_no_fault(device.launch("says", {1, 1, 1}, {2, 1, 1}, 2));
        CHECK_EQUAL(device.printed, "thread 0 of 2:  0.00 text 1099511627776%\nthread 1 of 2:  1.50 text 1099511627776%\n");
        const auto result = device.launch("says", {1, 1, 1}, {1, 1, 1}, 7);
        CHECK(result.fault.has_value());
        if (!result.fault) return;
        CHECK(result.fault->kind == FaultKind::Assert);
        CHECK_CONTAINS(result.fault->what, "n != 7");
        CHECK_CONTAINS(result.fault->what, "says");
    });
}

TEST("sine, with its slow path") {
    std::vector<float> in = random_floats(200, -10, 10, 8);
    for (const float huge : {1e5f, 1e10f, 3.3e38f, -7e20f, 105615.5f}) in.push_back(huge);
    std::vector<double> expected;
    for (const float x : in) expected.push_back(std::sin((double)x));
    on_every_target("basic", [&](Device& device) {
        const uint64_t din = device.upload(in), dout = device.allocate(in.size() * 4);
        check_no_fault(device.launch("sine", {4, 1, 1}, {64, 1, 1}, din, dout, (int)in.size()));
        check_close(device.download<float>(dout, in.size()), expected, 1e-6, 2e-7);
    });
}

TEST("a spin lock among the lanes of warps") {
    on_every_target("basic", [&](Device& device) {
        for (const uint64_t seed : {0, 5, 6}) {
            device.execution.seed = seed;
            const uint64_t lock = device.upload(std::vector<int>{0}), counter = device.upload(std::vector<int>{0});
            check_no_fault(device.launch("ticket_lock", {2, 1, 1}, {48, 1, 1}, lock, counter));
            CHECK_EQUAL(device.download<int>(counter, 1)[0], 96);
        }
    });
}

namespace {

// e4m3 by looking for the nearest of all its values.
double e4m3_value(unsigned code) {
    const int exponent = (int)(code >> 3) & 15, mantissa = (int)code & 7;
    const double magnitude = exponent == 0 ? mantissa * std::ldexp(1, -9) : (8 + mantissa) * std::ldexp(1, exponent - 10);
    return code & 0x80 ? -magnitude : magnitude;
}
unsigned e4m3_code(double value) {
    unsigned best = 0;
    for (unsigned code = 0; code < 0x7f; code++) {
        const double here = std::fabs(e4m3_value(code) - std::fabs(value)), there = std::fabs(e4m3_value(best) - std::fabs(value));
        if (here < there || (here == there && code % 2 == 0)) best = code;
    }
    return best | (std::signbit(value) ? 0x80 : 0);
}

}  // namespace

TEST("fp8 quantise and dequantise") {
    const int rows = 5, columns = 130;
    const auto in = random_floats((size_t)(rows * columns), -3, 3, 9);
    on_every_target("quantised", [&](Device& device) {
        const uint64_t din = device.upload(in), codes = device.allocate(in.size()), scales = device.allocate((uint64_t)rows * 4);
        check_no_fault(device.launch("quantise_fp8", {(uint32_t)rows, 1, 1}, {64, 1, 1}, din, codes, scales, columns));
        const auto got = device.download<unsigned char>(codes, in.size());
        const auto scale = device.download<float>(scales, (size_t)rows);
        for (size_t i = 0; i < in.size(); i++) CHECK_EQUAL((unsigned)got[i], e4m3_code(in[i] / scale[i / (size_t)columns]));
        const uint64_t out = device.allocate(in.size() * 2);
        check_no_fault(device.launch("dequantise_fp8", {(uint32_t)rows, 1, 1}, {64, 1, 1}, codes, scales, out, columns));
        const auto values = device.download<uint16_t>(out, in.size());
        for (size_t i = 0; i < in.size(); i++) {
            const uint32_t bits = (uint32_t)values[i] << 16;
            float value;
            std::memcpy(&value, &bits, 4);
            CHECK(std::fabs(value - in[i]) <= std::fabs(in[i]) * 0.07f + 0.01f);
        }
    });
}

TEST("int4 GEMV") {
    const int rows = 9, columns = 512;
    std::mt19937 random(10);
    std::vector<uint32_t> weights((size_t)(rows * columns / 8));
    for (uint32_t& w : weights) w = (uint32_t)random();
    // Activations and scales that f16 holds exactly, and sums that stay exact.
    std::vector<uint16_t> x((size_t)columns), scales((size_t)(rows * columns / 32), 0x3800);
    std::vector<double> activation;
    for (uint16_t& half : x) {
        const int value = (int)(random() % 5) - 2;
        const uint16_t codes[] = {0xc000, 0xbc00, 0x0000, 0x3c00, 0x4000};
        half = codes[value + 2];
        activation.push_back(value);
    }
    std::vector<double> expected((size_t)rows);
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            // Nibbles i and i + 4 of a word lie side by side as a pair.
            const uint32_t word = weights[(size_t)(row * columns + column) / 8];
            const int within = column % 8, nibble = within / 2 + (within % 2) * 4;
            expected[(size_t)row] += ((int)(word >> (4 * nibble) & 15) - 8) * activation[(size_t)column] * 0.5;
        }
    }
    on_every_target("quantised", [&](Device& device) {
        const uint64_t dw = device.upload(weights), ds = device.upload(scales), dx = device.upload(x), dy = device.allocate((uint64_t)rows * 4);
        check_no_fault(device.launch("gemv_int4", {3, 1, 1}, {128, 1, 1}, dw, ds, dx, dy, rows, columns));
        check_close(device.download<float>(dy, (size_t)rows), expected, 0, 0);
    });
}

TEST("a cooperative sum over the grid") {
    const int n = 1000;
    std::vector<float> in((size_t)n);
    for (int i = 0; i < n; i++) in[(size_t)i] = (float)(i % 7);
    float expected = 0;
    for (const float v : in) expected += v;
    on_every_target("cooperative", [&](Device& device) {
        for (const uint64_t seed : {0, 1, 2}) {
            device.execution.seed = seed;
            const uint64_t din = device.upload(in), partial = device.allocate(6 * 4), out = device.allocate(4);
            device.config.cooperative = true;
            device.config.grid_workspace = device.upload(std::vector<std::byte>(GRID_WORKSPACE_BYTES));
            check_no_fault(device.launch("grid_sum", {6, 1, 1}, {64, 1, 1}, din, partial, out, n));
            CHECK_EQUAL(device.download<float>(out, 1)[0], expected);
            float shares = 0;
            for (const float share : device.download<float>(partial, 6)) shares += share;
            CHECK(std::fabs(shares - 1) < 1e-6f);
        }
    });
}

TEST("a structure as parameter") {
    struct Table {
        float value[16];
        char tag;
        double scale;
    } table{};
    for (int i = 0; i < 16; i++) table.value[i] = (float)i;
    table.tag = 3;
    table.scale = 0.5;
    on_every_target("cooperative", [&](Device& device) {
        const uint64_t out = device.allocate(32 * 4);
        check_no_fault(device.launch("table_parameter", {1, 1, 1}, {32, 1, 1}, table, out));
        const auto values = device.download<float>(out, 32);
        for (int i = 0; i < 32; i++) CHECK_EQUAL(values[(size_t)i], (float)(i % 16) * 0.5f + 3);
    });
}
