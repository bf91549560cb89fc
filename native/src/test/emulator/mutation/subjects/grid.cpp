// Kernels whose blocks work together: by atomics, by tickets, by grid barriers, and launch after launch.
#include <utility>

#include "mutation/inputs.h"
#include "mutation/subjects.h"

namespace mutation {
namespace {

// Slices of six rows, four and eight, the loop being unrolled four times; slices past the end are empty.
Subject split_k_sum() {
    const size_t rows = 20, columns = 70;
    const auto in = random_floats(rows * columns, -1, 1, 6);
    std::vector<double> expected(columns);
    for (size_t i = 0; i < in.size(); i++) expected[i % columns] += in[i];
    return {"split_k_sum", "basic.80", 80, [=](Stage& stage) {
                for (const auto& [slice, slices] : {std::pair(6, 5u), {4, 6u}, {8, 3u}}) {
                    const uint64_t out = stage.upload(std::vector<float>(columns));
                    stage.launch("split_k_sum", {2, slices, 1}, {64, 1, 1}, stage.upload(in), out, (int)rows, (int)columns, slice);
                    stage.expect(out, expected, 1e-5);
                }
            }};
}

// Launched twice, as a graph is: the tickets must be as they were.
void play_split_k(Stage& stage, const Product<float>& each, uint32_t slices) {
    const auto [m, n, k] = each.extents;
    const testing::Dim3 grid{(uint32_t)(n + 15) / 16, (uint32_t)(m + 15) / 16, slices};
    const std::vector<uint32_t> untaken(grid.x * grid.y);
    const uint64_t a = stage.upload(each.a), b = stage.upload(each.b), tickets = stage.upload(untaken);
    for (int replay = 0; replay < 2; replay++) {
        const uint64_t parts = stage.allocate<float>(slices * m * n), c = stage.allocate<float>(m * n);
        stage.launch("split_k_gemm", grid, {16, 16, 1}, a, b, parts, tickets, c, (int)m, (int)n, (int)k);
        stage.expect(c, each.c, 1e-5);
    }
    stage.expect_exactly(tickets, untaken);
}

// The second one's last slices are empty.
Subject split_k_gemm() {
    const auto ragged = float_product({20, 35, 50}), shallow = float_product({16, 16, 2});
    return {"split_k_gemm", "split_k.80", 80, [=](Stage& stage) {
                play_split_k(stage, ragged, 3);
                play_split_k(stage, shallow, 4);
            }};
}

struct Sum {
    uint32_t blocks, threads;
    std::vector<float> in;
    double total;
    std::vector<double> shares;
};

Sum sum(uint32_t blocks, uint32_t threads, size_t n) {
    Sum made{blocks, threads, {}, 0, std::vector<double>(blocks)};
    for (size_t i = 0; i < n; i++) made.in.push_back((float)(i % 7));
    for (const float value : made.in) made.total += value;
    for (size_t i = 0; i < n; i++) made.shares[i / threads % blocks] += made.in[i] / made.total;
    return made;
}

// Rounds a thread, warps a block, and blocks: each loop is unrolled four times.
Subject grid_sum() {
    const std::vector<Sum> cases{sum(6, 160, 6000), sum(4, 128, 2048), sum(1, 32, 20), sum(11, 352, 36000)};
    return {"grid_sum", "cooperative.80", 80, [=](Stage& stage) {
                stage.cooperate();
                for (const Sum& each : cases) {
                    const uint64_t partial = stage.allocate<float>(each.blocks), out = stage.allocate<float>(1);
                    stage.launch("grid_sum", {each.blocks, 1, 1}, {each.threads, 1, 1}, stage.upload(each.in), partial, out, (int)each.in.size());
                    stage.expect(out, {each.total}, 0);
                    stage.expect(partial, each.shares, 1e-6);
                }
            }};
}

Subject ticket_lock() {
    return {"ticket_lock", "basic.80", 80, [](Stage& stage) {
                const uint64_t lock = stage.upload(std::vector<int>{0}), counter = stage.upload(std::vector<int>{0});
                stage.launch("ticket_lock", {2, 1, 1}, {48, 1, 1}, lock, counter);
                stage.expect_exactly(counter, std::vector<int>{96});
            }};
}

// A graph of two steps, there and back, replayed three times; the second size fills its blocks.
void play_smooth(Stage& stage, const std::vector<float>& start) {
    const size_t n = start.size();
    std::vector<double> x(start.begin(), start.end());
    const uint64_t there = stage.upload(start), back = stage.allocate<float>(n);
    const testing::Dim3 grid{(uint32_t)(n + 127) / 128, 1, 1};
    for (int replay = 0; replay < 3; replay++) {
        stage.launch("smooth", grid, {128, 1, 1}, there, back, (int)n);
        stage.launch("smooth", grid, {128, 1, 1}, back, there, (int)n);
        for (int step = 0; step < 2; step++) {
            const std::vector<double> before = x;
            for (size_t i = 1; i + 1 < n; i++) x[i] = (before[i - 1] + before[i] + before[i + 1]) / 3;
        }
    }
    stage.expect(there, x, 1e-6);
}

Subject smooth() {
    return {"smooth", "replay.80", 80, [](Stage& stage) {
                play_smooth(stage, random_floats(300, -1, 1, 11));
                play_smooth(stage, random_floats(256, -1, 1, 12));
            }};
}

}  // namespace

std::vector<Subject> grid_subjects() { return {split_k_sum(), split_k_gemm(), grid_sum(), ticket_lock(), smooth()}; }

}  // namespace mutation
