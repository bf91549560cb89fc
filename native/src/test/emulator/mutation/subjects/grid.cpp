// Kernels whose blocks work together: by atomics, by tickets, by grid barriers, and launch after launch.
#include <cmath>

#include "mutation/inputs.h"
#include "mutation/subjects.h"

namespace mutation {
namespace {

Subject split_k_sum() {
    const size_t rows = 20, columns = 70;
    const auto in = random_floats(rows * columns, -1, 1, 6);
    std::vector<double> expected(columns);
    for (size_t i = 0; i < in.size(); i++) expected[i % columns] += in[i];
    return {"split_k_sum", "basic.80", 80, [=](Stage& stage) {
                const uint64_t out = stage.upload(std::vector<float>(columns));
                stage.launch("split_k_sum", {2, 4, 1}, {64, 1, 1}, stage.upload(in), out, (int)rows, (int)columns, 6);
                stage.expect(out, expected, 1e-5);
            }};
}

// Launched twice, as a graph is: the tickets must be as they were.
Subject split_k_gemm() {
    const size_t m = 20, n = 35, k = 50, slices = 3, tiles = 6, poisoned = 5;
    auto a = random_floats(m * k, -1, 1, 7);
    const auto b = random_floats(k * n, -1, 1, 8);
    for (size_t i = 0; i < k; i++) a[poisoned * k + i] = NAN;
    const auto expected = product(a, b, m, n, k, [](float v) { return (double)v; });
    return {"split_k_gemm", "split_k.80", 80, [=](Stage& stage) {
                const uint64_t da = stage.upload(a), db = stage.upload(b), tickets = stage.upload(std::vector<uint32_t>(tiles));
                for (int replay = 0; replay < 2; replay++) {
                    const uint64_t parts = stage.allocate<float>(slices * m * n), c = stage.allocate<float>(m * n);
                    stage.launch("split_k_gemm", {3, 2, (uint32_t)slices}, {16, 16, 1}, da, db, parts, tickets, c, (int)m, (int)n, (int)k);
                    stage.expect(c, expected, 1e-5);
                }
                stage.expect_exactly(tickets, std::vector<uint32_t>(tiles));
            }};
}

// Seven rounds a thread, five warps a block, six blocks: each loop is unrolled four times.
Subject grid_sum() {
    const uint32_t blocks = 6, threads = 160;
    std::vector<float> in;
    for (size_t i = 0; i < 6000; i++) in.push_back((float)(i % 7));
    double total = 0;
    for (const float value : in) total += value;
    std::vector<double> shares(blocks);
    for (size_t i = 0; i < in.size(); i++) shares[i / threads % blocks] += in[i] / total;
    return {"grid_sum", "cooperative.80", 80, [=](Stage& stage) {
                const uint64_t partial = stage.allocate<float>(blocks), out = stage.allocate<float>(1);
                stage.cooperative_workspace();
                stage.launch("grid_sum", {blocks, 1, 1}, {threads, 1, 1}, stage.upload(in), partial, out, (int)in.size());
                stage.expect(out, {total}, 0);
                stage.expect(partial, shares, 1e-6);
            }};
}

Subject ticket_lock() {
    return {"ticket_lock", "basic.80", 80, [](Stage& stage) {
                const uint64_t lock = stage.upload(std::vector<int>{0}), counter = stage.upload(std::vector<int>{0});
                stage.launch("ticket_lock", {2, 1, 1}, {48, 1, 1}, lock, counter);
                stage.expect_exactly(counter, std::vector<int>{96});
            }};
}

// A graph of two steps, there and back, replayed three times.
Subject smooth() {
    const size_t n = 300;
    const auto start = random_floats(n, -1, 1, 11);
    std::vector<double> x(start.begin(), start.end());
    for (int step = 0; step < 6; step++) {
        const std::vector<double> before = x;
        for (size_t i = 1; i + 1 < n; i++) x[i] = (before[i - 1] + before[i] + before[i + 1]) / 3;
    }
    return {"smooth", "replay.80", 80, [=](Stage& stage) {
                const uint64_t there = stage.upload(start), back = stage.allocate<float>(n);
                for (int replay = 0; replay < 3; replay++) {
                    stage.launch("smooth", {3, 1, 1}, {128, 1, 1}, there, back, (int)n);
                    stage.launch("smooth", {3, 1, 1}, {128, 1, 1}, back, there, (int)n);
                }
                stage.expect(there, x, 1e-6);
            }};
}

}  // namespace

std::vector<Subject> grid_subjects() { return {split_k_sum(), split_k_gemm(), grid_sum(), ticket_lock(), smooth()}; }

}  // namespace mutation
