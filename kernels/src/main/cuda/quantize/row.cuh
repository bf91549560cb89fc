// One scale a row: a block takes a row and keeps it in registers between the maximum and the codes, so that memory is
// read once. What does not fit (kKept vectors a thread) is read again, from L2.
#pragma once

#include "common/reduce.cuh"
#include "quantize/eight.cuh"

constexpr int kKept = 4;

template <class Rule, class T>
__device__ void quantize_row(const T* __restrict__ x, int64_t cols, uint8_t* __restrict__ codes,
                             float* __restrict__ scales) {
    int64_t row = blockIdx.x;
    x += row * cols;
    codes += row * cols;
    bool aligned = cols % kEight == 0;
    int64_t step = int64_t{blockDim.x} * kEight;
    int64_t first = int64_t{threadIdx.x} * kEight;
    auto load = [&](int64_t col) {
        int count = static_cast<int>(min(cols - col, int64_t{kEight}));
        return load_pack(x + col, count, aligned && count == kEight);
    };
    auto store = [&](int64_t col, const Pack<T>& values, float factor) {
        int count = static_cast<int>(min(cols - col, int64_t{kEight}));
        store_pack(codes + col, encode_eight<Rule>(values, factor), count, aligned && count == kEight);
    };

    Pack<T> kept[kKept];
    float largest = 0;
#pragma unroll
    for (int i = 0; i < kKept; i++) {
        if (first + i * step < cols) {
            kept[i] = load(first + i * step);
        }
    }
#pragma unroll
    for (int i = 0; i < kKept; i++) {
        if (first + i * step < cols) {
            largest = fmaxf(largest, abs_max(kept[i]));
        }
    }
    for (int64_t col = first + kKept * step; col < cols; col += step) {
        largest = fmaxf(largest, abs_max(load(col)));
    }

    largest = block_max(largest);
    float scale = Rule::scale(largest);
    float factor = Rule::factor(largest, scale);
    if (threadIdx.x == 0) {
        scales[row] = scale;
    }
#pragma unroll
    for (int i = 0; i < kKept; i++) {
        if (first + i * step < cols) {
            store(first + i * step, kept[i], factor);
        }
    }
    for (int64_t col = first + kKept * step; col < cols; col += step) {
        store(col, load(col), factor);
    }
}
