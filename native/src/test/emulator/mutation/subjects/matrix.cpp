// Tensor-core kernels with asynchronous copies.
#include <cmath>

#include "mutation/inputs.h"
#include "mutation/subjects.h"

namespace mutation {
namespace {

constexpr uint16_t BF16_NAN = 0x7fff;

// Two by two tiles, five steps, ragged in every direction.
Subject gemm() {
    const size_t m = 100, n = 72, k = 136;
    auto a = random_bf16(m * k, 1);
    const auto b = random_bf16(k * n, 2);
    // As for the SGEMM: in the rows of the first copy of a tile, and of the second.
    for (const size_t poisoned : {7, 40}) {
        for (size_t i = 0; i < k; i++) a[poisoned * k + i] = BF16_NAN;
    }
    const auto expected = product(a, b, m, n, k, from_bf16);
    return {"gemm_bf16", "matrix.80", 80, [=](Stage& stage) {
                const uint64_t c = stage.allocate<float>(m * n);
                stage.launch("gemm_bf16", {2, 2, 1}, {128, 1, 1}, stage.upload(a), stage.upload(b), c, (int)m, (int)n, (int)k);
                stage.expect(c, expected, 1e-4);
            }};
}

constexpr size_t HEAD = 64, LENGTH = 100;
constexpr float SCALE = 0.125f;

std::vector<double> attention(const std::vector<uint16_t>& q, const std::vector<uint16_t>& k, const std::vector<uint16_t>& v, bool causal) {
    std::vector<double> out(LENGTH * HEAD);
    for (size_t i = 0; i < LENGTH; i++) {
        const size_t keys = causal ? i + 1 : LENGTH;
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
    return out;
}

Subject flash_attention() {
    const auto q = random_bf16(LENGTH * HEAD, 3), k = random_bf16(LENGTH * HEAD, 4), v = random_bf16(LENGTH * HEAD, 5);
    const auto whole = attention(q, k, v, false), causal = attention(q, k, v, true);
    return {"flash_attention", "matrix.80", 80, [=](Stage& stage) {
                const uint64_t dq = stage.upload(q), dk = stage.upload(k), dv = stage.upload(v);
                const uint64_t a = stage.allocate<float>(q.size()), b = stage.allocate<float>(q.size());
                stage.launch("flash_attention", {2, 1, 1}, {128, 1, 1}, dq, dk, dv, a, (int)LENGTH, SCALE, 0);
                stage.expect(a, whole, 4e-3);  // weights are rounded to bf16
                stage.launch("flash_attention", {2, 1, 1}, {128, 1, 1}, dq, dk, dv, b, (int)LENGTH, SCALE, 1);
                stage.expect(b, causal, 8e-3);
            }};
}

}  // namespace

std::vector<Subject> matrix_subjects() { return {gemm(), flash_attention()}; }

}  // namespace mutation
