// c = a b^T for few rows of a: bound by reading b once. A warp takes a row of b, its lanes eight neighbours each, and
// multiplies them with every row of a; c [m, n] is what the lanes add up to. a [m, k] stays in cache.
//
// A weight says: `load(row, col, count, whole)`, the values of eight neighbours of a row of b; `finish(sum)`, what becomes of
// a finished sum. An activation likewise.
#pragma once

#include "common/plain.cuh"

constexpr int kGemvThreads = 256;

__device__ inline float warp_sum(float value) {
#pragma unroll
    for (int distance = 16; distance > 0; distance /= 2) {
        value += __shfl_xor_sync(~0u, value, distance);
    }
    return value;
}

// Rows of plain numbers.
template <class T>
struct PlainRows {
    const T* data;
    int64_t cols;

    __device__ Pack<float> load(int64_t row, int64_t col, int count, bool whole) const {
        Pack<T> stored = load_pack(data + row * cols + col, count, whole);
        Pack<float> values;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            values.at[i] = to_float(stored.at[i]);
        }
        return values;
    }
};

// `most` is the largest number of rows of a; those from m on are not there.
template <int most, class Weight, class Activation, class Out>
__device__ void gemv(const Activation& a, const Weight& b, Out* __restrict__ c, int m, int64_t n, int64_t k) {
    int lane = threadIdx.x % 32;
    bool aligned = k % kEight == 0;
    int64_t step = gridDim.x * int64_t{blockDim.x / 32};
    for (int64_t row = blockIdx.x * int64_t{blockDim.x / 32} + threadIdx.x / 32; row < n; row += step) {
        float sums[most] = {};
#pragma unroll 4
        for (int64_t col = lane * kEight; col < k; col += 32 * kEight) {
            int count = static_cast<int>(min(k - col, int64_t{kEight}));
            bool whole = aligned && count == kEight;
            Pack<float> weights = b.load(row, col, count, whole);
#pragma unroll
            for (int i = 0; i < most; i++) {
                if (i < m) {
                    Pack<float> values = a.load(i, col, count, whole);
#pragma unroll
                    for (int e = 0; e < kEight; e++) {
                        sums[i] = fmaf(values.at[e], weights.at[e], sums[i]);
                    }
                }
            }
        }
#pragma unroll
        for (int i = 0; i < most; i++) {
            if (i < m) {
                float sum = warp_sum(sums[i]);
                if (lane == 0) {
                    c[i * n + row] = from_float<Out>(sum);
                }
            }
        }
    }
}
