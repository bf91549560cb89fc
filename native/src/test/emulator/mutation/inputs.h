// Seeded inputs, and products in double.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace mutation {

std::vector<float> random_floats(size_t count, float low, float high, unsigned seed);

uint16_t to_bf16(float value);
double from_bf16(uint16_t code);
std::vector<uint16_t> random_bf16(size_t count, unsigned seed);

// C[m, n] = A[m, k] B[k, n].
template <class T, class Value>
std::vector<double> product(const std::vector<T>& a, const std::vector<T>& b, size_t m, size_t n, size_t k, Value value) {
    std::vector<double> c(m * n);
    for (size_t i = 0; i < m; i++) {
        for (size_t l = 0; l < k; l++) {
            for (size_t j = 0; j < n; j++) c[i * n + j] += value(a[i * k + l]) * value(b[l * n + j]);
        }
    }
    return c;
}

}  // namespace mutation
