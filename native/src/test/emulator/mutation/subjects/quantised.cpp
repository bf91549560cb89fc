// fp8 and int4.
#include <cmath>
#include <random>

#include "mutation/inputs.h"
#include "mutation/subjects.h"

namespace mutation {
namespace {

double e4m3_value(unsigned code) {
    const int exponent = (int)(code >> 3) & 15, mantissa = (int)code & 7;
    const double magnitude = exponent == 0 ? mantissa * std::ldexp(1, -9) : (8 + mantissa) * std::ldexp(1, exponent - 10);
    return code & 0x80 ? -magnitude : magnitude;
}

// The nearest of all codes, even among two.
uint8_t e4m3_code(double value) {
    unsigned best = 0;
    for (unsigned code = 0; code < 0x7f; code++) {
        const double here = std::fabs(e4m3_value(code) - std::fabs(value)), there = std::fabs(e4m3_value(best) - std::fabs(value));
        if (here < there || (here == there && code % 2 == 0)) best = code;
    }
    return (uint8_t)(best | (std::signbit(value) ? 0x80 : 0));
}

constexpr size_t ROWS = 3;

struct Quantised {
    uint32_t threads;
    size_t columns;
    std::vector<float> in, scales;
    std::vector<uint8_t> codes;
};

Quantised quantised(uint32_t threads, size_t columns) {
    Quantised made{threads, columns, random_floats(ROWS * columns, -3, 3, 9), {}, {}};
    for (size_t row = 0; row < ROWS; row++) {
        float largest = 0;
        for (size_t i = 0; i < columns; i++) largest = std::fmax(largest, std::fabs(made.in[row * columns + i]));
        made.scales.push_back(largest / 448.0f);
        for (size_t i = 0; i < columns; i++) made.codes.push_back(e4m3_code(made.in[row * columns + i] / made.scales[row]));
    }
    return made;
}

// Partial results of warps are added four at a time: of one warp, two, four, nine.
Subject quantise() {
    const std::vector<Quantised> cases{quantised(32, 0), quantised(64, 650), quantised(128, 130), quantised(288, 650)};
    return {"quantise_fp8", "quantised.80", 80, [=](Stage& stage) {
                for (const Quantised& each : cases) {
                    const uint64_t to = stage.allocate<uint8_t>(each.codes.size()), scales = stage.allocate<float>(ROWS);
                    stage.launch("quantise_fp8", {(uint32_t)ROWS, 1, 1}, {each.threads, 1, 1}, stage.upload(each.in), to, scales, (int)each.columns);
                    stage.expect_exactly(scales, each.scales);
                    stage.expect_exactly(to, each.codes);
                }
            }};
}

Subject dequantise() {
    std::vector<uint8_t> codes;
    std::vector<uint16_t> expected;
    const std::vector<float> scales{0.5f, 1, 2};
    const size_t columns = 130;
    for (size_t i = 0; i < ROWS * columns; i++) {
        const auto code = (uint8_t)(i * 37 % 256);
        codes.push_back((code & 0x7f) == 0x7f ? (uint8_t)1 : code);
        expected.push_back(to_bf16((float)e4m3_value(codes.back()) * scales[i / columns]));
    }
    return {"dequantise_fp8", "quantised.80", 80, [=](Stage& stage) {
                const uint64_t out = stage.allocate<uint16_t>(expected.size());
                const uint64_t from = stage.upload(codes), by = stage.upload(scales);
                stage.launch("dequantise_fp8", {(uint32_t)ROWS, 1, 1}, {64, 1, 1}, from, by, out, (int)columns);
                stage.expect_exactly(out, expected);
                // Nothing at all.
                stage.launch("dequantise_fp8", {(uint32_t)ROWS, 1, 1}, {64, 1, 1}, stage.allocate<uint8_t>(0), by, stage.allocate<uint16_t>(0), 0);
            }};
}

// Inputs that f16 holds exactly, and sums that stay exact.
struct Gemv {
    size_t rows, columns;
    std::vector<uint32_t> weights;
    std::vector<uint16_t> scales, x;
    std::vector<double> y;
};

Gemv gemv(size_t rows, size_t columns) {
    Gemv made{rows, columns, std::vector<uint32_t>(rows * columns / 8), std::vector<uint16_t>(rows * columns / 32, 0x3800), {}, std::vector<double>(rows)};
    std::mt19937 random(10);
    for (uint32_t& word : made.weights) word = (uint32_t)random();
    std::vector<double> activation;
    for (size_t i = 0; i < columns; i++) {
        const size_t value = random() % 5;
        made.x.push_back((uint16_t[]){0xc000, 0xbc00, 0x0000, 0x3c00, 0x4000}[value]);
        activation.push_back((double)value - 2);
    }
    for (size_t i = 0; i < rows * columns; i++) {
        // Nibbles i and i + 4 of a word lie side by side as a pair.
        const size_t within = i % 8, nibble = within / 2 + within % 2 * 4;
        made.y[i / columns] += ((int)(made.weights[i / 8] >> (4 * nibble) & 15) - 8) * activation[i % columns] * 0.5;
    }
    return made;
}

// No word a lane, two, four and nine: the loop is unrolled four times.
Subject gemv_int4() {
    const std::vector<Gemv> cases{gemv(2, 0), gemv(9, 512), gemv(4, 1024), gemv(3, 2304)};
    return {"gemv_int4", "quantised.80", 80, [=](Stage& stage) {
                for (const Gemv& each : cases) {
                    const uint64_t y = stage.allocate<float>(each.rows);
                    stage.launch("gemv_int4", {3, 1, 1}, {128, 1, 1}, stage.upload(each.weights), stage.upload(each.scales), stage.upload(each.x), y,
                                 (int)each.rows, (int)each.columns);
                    stage.expect(y, each.y, 0);
                }
            }};
}

}  // namespace

std::vector<Subject> quantised_subjects() { return {quantise(), dequantise(), gemv_int4()}; }

}  // namespace mutation
