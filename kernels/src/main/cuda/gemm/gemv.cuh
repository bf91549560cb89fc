// c = a b^T for few rows of a: bound by reading b once. A warp takes a row of b, its lanes eight neighbours each, and
// multiplies them with every row of a; c [m, n] is what the lanes add up to. a [m, k] stays in cache.
//
// A weight says: `load(row, col, count, whole)`, eight neighbours of a row of b, zeros beyond `count`. An activation
// likewise; `add_products` says how the eight of both are multiplied, and so what sums are kept in.
#pragma once

#include "common/plain.cuh"
#include "gemm/shares.cuh"

constexpr int kGemvThreads = 256;

template <class Sum>
__device__ Sum warp_sum(Sum value) {
#pragma unroll
    for (int distance = 16; distance > 0; distance /= 2) {
        value += __shfl_xor_sync(~0u, value, distance);
    }
    return value;
}

__device__ inline float add_products(float sum, const Pack<float>& left, const Pack<float>& right) {
#pragma unroll
    for (int i = 0; i < kEight; i++) {
        sum = fmaf(left.at[i], right.at[i], sum);
    }
    return sum;
}

// Rows of plain numbers.
template <class T>
struct PlainRows {
    using Sum = float;
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

// What a lane adds up of row `row` of b times every row of a. `whole` where k is a multiple of eight: then eight neighbours
// are always there.
template <int most, bool whole, class Weight, class Activation, class Sum>
__device__ void add_columns(const Activation& a, const Weight& b, int64_t row, int m, int64_t k, Sum (&sums)[most]) {
    // Rows that do not lie on eight neighbours are read element by element, which is long enough as it is.
    constexpr int at_once = !whole ? 1 : most == 1 ? 4 : 2;
#pragma unroll at_once
    for (int64_t col = threadIdx.x % 32 * kEight; col < k; col += 32 * kEight) {
        int count = whole ? kEight : static_cast<int>(min(k - col, int64_t{kEight}));
        auto weights = b.load(row, col, count, whole);
#pragma unroll
        for (int i = 0; i < most; i++) {
            if (i < m) {
                sums[i] = add_products(sums[i], a.load(i, col, count, whole), weights);
            }
        }
    }
}

// `most` is the largest number of rows of a; those from m on are not there.
template <int most, class Weight, class Activation, class Out, class Finish = Unscaled>
__device__ void gemv(const Activation& a, const Weight& b, Out* __restrict__ c, int m, int64_t n, int64_t k,
                     const Finish& finish = {}) {
    int64_t step = gridDim.x * int64_t{blockDim.x / 32};
    for (int64_t row = blockIdx.x * int64_t{blockDim.x / 32} + threadIdx.x / 32; row < n; row += step) {
        typename Activation::Sum sums[most] = {};
        if (k % kEight == 0) {
            add_columns<most, true>(a, b, row, m, k, sums);
        } else {
            add_columns<most, false>(a, b, row, m, k, sums);
        }
#pragma unroll
        for (int i = 0; i < most; i++) {
            if (i < m) {
                auto sum = warp_sum(sums[i]);
                if (threadIdx.x % 32 == 0) {
                    c[i * n + row] = from_float<Out>(finish.of(0)(sum));
                }
            }
        }
    }
}
