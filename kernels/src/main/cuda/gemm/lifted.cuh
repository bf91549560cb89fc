// Weights made larger by a power of two for bf16's sake, and sums smaller again.
#pragma once

#include "gemm/quantised_rows.cuh"

// A weight may be subnormal, where bf16 has fewer bits than its contract asks: products are made this much larger, exactly,
// and sums smaller again. Weights and sums from 2^104 on overflow for it.
constexpr float kLift = 0x1p23f;

template <class Weight>
struct Lifted : Weight {
    __device__ Lifted at(int64_t product) const { return {Weight::at(product)}; }
    __device__ float fetch_scale(int64_t row, int64_t col) const { return Weight::fetch_scale(row, col) * kLift; }
};

struct Lowered {
    __device__ Lowered of(int64_t) const { return {}; }
    __device__ float operator()(float sum) const { return sum * (1 / kLift); }
};
