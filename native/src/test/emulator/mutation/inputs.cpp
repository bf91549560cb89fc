#include "mutation/inputs.h"

#include <cmath>
#include <cstring>
#include <random>

namespace mutation {
namespace {

constexpr size_t POISONED = 2;
constexpr uint16_t BF16_NAN = 0x7fff;

double from_float(float value) { return value; }

template <class T, class Value>
Product<T> multiplied(Extents extents, std::vector<T> a, std::vector<T> b, T poison, Value value) {
    const auto [m, n, k] = extents;
    for (size_t i = 0; i < k; i++) a[POISONED * k + i] = poison;
    std::vector<double> c(m * n);
    for (size_t i = 0; i < m; i++) {
        for (size_t l = 0; l < k; l++) {
            for (size_t j = 0; j < n; j++) c[i * n + j] += value(a[i * k + l]) * value(b[l * n + j]);
        }
    }
    return {extents, std::move(a), std::move(b), std::move(c)};
}

}  // namespace

std::vector<float> random_floats(size_t count, float low, float high, unsigned seed) {
    std::mt19937 random(seed);
    std::vector<float> values(count);
    for (float& v : values) v = low + (high - low) * ((float)(random() >> 8) / (float)(1 << 24));
    return values;
}

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
    std::vector<uint16_t> codes;
    for (const float value : random_floats(count, -1, 1, seed)) codes.push_back(to_bf16(value));
    return codes;
}

Product<float> float_product(Extents extents) {
    return multiplied(extents, random_floats(extents.m * extents.k, -1, 1, 3), random_floats(extents.k * extents.n, -1, 1, 4), NAN, from_float);
}

Product<uint16_t> bf16_product(Extents extents) {
    return multiplied(extents, random_bf16(extents.m * extents.k, 1), random_bf16(extents.k * extents.n, 2), BF16_NAN, from_bf16);
}

}  // namespace mutation
