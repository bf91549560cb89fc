// Tensor-core kernels with asynchronous copies.
#include <cmath>

#include "mutation/inputs.h"
#include "mutation/subjects.h"

namespace mutation {
namespace {

// Extents that end in each part of a tile: in every copy of a step, in the first, second and third step, in every
// fragment of the result. One product of several blocks; one of no depth.
Subject gemm() {
    std::vector<Product<uint16_t>> cases;
    for (const Extents extents : {Extents{4, 8, 8}, {36, 16, 24}, {12, 24, 40}, {44, 40, 56}, {20, 48, 72}, {60, 32, 88}, {28, 8, 0}, {100, 72, 40}}) {
        cases.push_back(bf16_product(extents));
    }
    return {"gemm_bf16", "matrix.80", 80, [=](Stage& stage) {
                for (const Product<uint16_t>& each : cases) {
                    const auto [m, n, k] = each.extents;
                    const uint64_t c = stage.allocate<float>(m * n);
                    const testing::Dim3 grid{(uint32_t)(n + 63) / 64, (uint32_t)(m + 63) / 64, 1};
                    stage.launch("gemm_bf16", grid, {128, 1, 1}, stage.upload(each.a), stage.upload(each.b), c, (int)m, (int)n, (int)k);
                    stage.expect(c, each.c, 1e-4);
                }
            }};
}

constexpr size_t HEAD = 64;
constexpr float SCALE = 0.125f;

struct Attention {
    size_t length;
    bool causal;
    std::vector<uint16_t> q, k, v;
    std::vector<double> out;
};

// Values above zero, so that the weight of one key too many shows.
Attention attention(size_t length, bool causal) {
    const auto q = random_bf16(length * HEAD, 3), k = random_bf16(length * HEAD, 4);
    std::vector<uint16_t> v;
    for (const float value : random_floats(length * HEAD, 1, 2, 5)) v.push_back(to_bf16(value));
    std::vector<double> out(length * HEAD);
    for (size_t i = 0; i < length; i++) {
        const size_t keys = causal ? i + 1 : length;
        std::vector<double> weight(keys);
        double total = 0;
        for (size_t j = 0; j < keys; j++) {
            double dot = 0;
            for (size_t d = 0; d < HEAD; d++) dot += from_bf16(q[i * HEAD + d]) * from_bf16(k[j * HEAD + d]);
            total += weight[j] = std::exp(dot * SCALE);
        }
        for (size_t j = 0; j < keys; j++) {
            for (size_t d = 0; d < HEAD; d++) out[i * HEAD + d] += weight[j] / total * from_bf16(v[j * HEAD + d]);
        }
    }
    return {length, causal, q, k, v, out};
}

// Lengths that end in each fragment of keys; causal and not over two blocks.
Subject flash_attention() {
    std::vector<Attention> cases{attention(100, true), attention(65, false), attention(66, false)};
    for (size_t length = 1; length < 64; length += 8) cases.push_back(attention(length, false));
    return {"flash_attention", "matrix.80", 80, [=](Stage& stage) {
                for (const Attention& each : cases) {
                    const uint64_t out = stage.allocate<float>(each.out.size());
                    stage.launch("flash_attention", {(uint32_t)(each.length + 63) / 64, 1, 1}, {128, 1, 1}, stage.upload(each.q), stage.upload(each.k),
                                 stage.upload(each.v), out, (int)each.length, SCALE, (int)each.causal);
                    stage.expect(out, each.out, 4e-3);  // weights are rounded to bf16
                }
            }};
}

}  // namespace

std::vector<Subject> matrix_subjects() { return {gemm(), flash_attention()}; }

}  // namespace mutation
