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
    std::vector<Product<float>> cases;
    for (const Extents extents : {Extents{21, 37, 41}, {16, 16, 16}, {3, 5, 0}, {3, 5, 1}}) cases.push_back(float_product(extents));
    return {"tiled_sgemm", "basic.80", 80, [=](Stage& stage) {
                for (const Product<float>& each : cases) {
                    const auto [m, n, k] = each.extents;
                    const uint64_t c = stage.allocate<float>(m * n);
                    const testing::Dim3 grid{(uint32_t)(n + 15) / 16, (uint32_t)(m + 15) / 16, 1};
                    stage.launch("tiled_sgemm", grid, {16, 16, 1}, stage.upload(each.a), stage.upload(each.b), c, (int)m, (int)n, (int)k);
                    stage.expect(c, each.c, 1e-5);
                }
            }};
}

struct Rows {
    size_t columns;
    std::vector<float> in;
    std::vector<double> out;
};

constexpr size_t ROWS = 5;

// A row whose first value is far above the others, one whose last is: a maximum that misses them overflows.
Rows softmax_rows(size_t columns) {
    Rows made{columns, random_floats(ROWS * columns, -5, 5, 5), {}};
    if (columns != 0) made.in[columns] = made.in[3 * columns - 1] = 99;
    for (size_t row = 0; row < ROWS; row++) {
        const auto first = made.in.begin() + (ptrdiff_t)(row * columns), last = first + (ptrdiff_t)columns;
        double sum = 0;
        for (auto x = first; x != last; x++) sum += std::exp((double)*x);
        for (auto x = first; x != last; x++) made.out.push_back(std::exp((double)*x) / sum);
    }
    return made;
}

// Loops are unrolled four times: no round, some, four, and more with some left.
Subject softmax() {
    const std::vector<Rows> cases{softmax_rows(0), softmax_rows(77), softmax_rows(128), softmax_rows(301)};
    return {"softmax", "basic.80", 80, [=](Stage& stage) {
                for (const Rows& each : cases) {
                    const uint64_t out = stage.allocate<float>(each.in.size());
                    stage.launch("softmax", {3, 1, 1}, {64, 1, 1}, stage.upload(each.in), out, (int)ROWS, (int)each.columns);
                    stage.expect(out, each.out, 1e-6);
                }
            }};
}

}  // namespace

std::vector<Subject> plain_subjects() { return {vector_add(), tiled_sgemm(), softmax()}; }

}  // namespace mutation
