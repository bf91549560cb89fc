// Kernels of plain loads, stores, shared memory and shuffles.
#include <cmath>

#include "mutation/inputs.h"
#include "mutation/subjects.h"

namespace mutation {
namespace {

Subject vector_add() {
    const size_t n = 150;
    const auto a = random_floats(n, -1, 1, 1), b = random_floats(n, -1, 1, 2);
    std::vector<float> sum;
    for (size_t i = 0; i < n; i++) sum.push_back(a[i] + b[i]);
    return {"vector_add", "basic.80", 80, [=](Stage& stage) {
                const uint64_t c = stage.allocate<float>(n);
                stage.launch("vector_add", {3, 1, 1}, {64, 1, 1}, stage.upload(a), stage.upload(b), c, (int)n);
                stage.expect_exactly(c, sum);
            }};
}

Subject tiled_sgemm() {
    const size_t m = 21, n = 37, k = 41, poisoned = 5;
    auto a = random_floats(m * k, -1, 1, 3);
    const auto b = random_floats(k * n, -1, 1, 4);
    // What is read of a neighbouring row meets zeros of the other factor, and only NaN survives that.
    for (size_t i = 0; i < k; i++) a[poisoned * k + i] = NAN;
    const auto expected = product(a, b, m, n, k, [](float v) { return (double)v; });
    return {"tiled_sgemm", "basic.80", 80, [=](Stage& stage) {
                const uint64_t c = stage.allocate<float>(m * n);
                stage.launch("tiled_sgemm", {3, 2, 1}, {16, 16, 1}, stage.upload(a), stage.upload(b), c, (int)m, (int)n, (int)k);
                stage.expect(c, expected, 1e-5);
            }};
}

std::vector<double> softmax_of(const std::vector<float>& in, size_t columns) {
    std::vector<double> out;
    for (size_t first = 0; first < in.size(); first += columns) {
        double sum = 0;
        for (size_t i = first; i < first + columns; i++) sum += std::exp((double)in[i]);
        for (size_t i = first; i < first + columns; i++) out.push_back(std::exp((double)in[i]) / sum);
    }
    return out;
}

// Loops are unrolled four times: rows shorter and longer than that.
Subject softmax() {
    const size_t rows = 5, few = 77, many = 301;
    const auto narrow = random_floats(rows * few, -5, 5, 5), wide = random_floats(rows * many, -5, 5, 6);
    const auto narrow_result = softmax_of(narrow, few), wide_result = softmax_of(wide, many);
    return {"softmax", "basic.80", 80, [=](Stage& stage) {
                const uint64_t a = stage.allocate<float>(narrow.size()), b = stage.allocate<float>(wide.size());
                stage.launch("softmax", {3, 1, 1}, {64, 1, 1}, stage.upload(narrow), a, (int)rows, (int)few);
                stage.expect(a, narrow_result, 1e-6);
                stage.launch("softmax", {3, 1, 1}, {64, 1, 1}, stage.upload(wide), b, (int)rows, (int)many);
                stage.expect(b, wide_result, 1e-6);
            }};
}

}  // namespace

std::vector<Subject> plain_subjects() { return {vector_add(), tiled_sgemm(), softmax()}; }

}  // namespace mutation
