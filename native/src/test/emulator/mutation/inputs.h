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

struct Extents {
    size_t m, n, k;
};

// C[m, n] = A[m, k] B[k, n].
template <class T>
struct Product {
    Extents extents;
    std::vector<T> a, b;
    std::vector<double> c;
};

// Row 2 of A is NaN: what is wrongly read of a neighbouring row meets zeros of B, and only NaN survives that.
Product<float> float_product(Extents extents);
Product<uint16_t> bf16_product(Extents extents);

}  // namespace mutation
