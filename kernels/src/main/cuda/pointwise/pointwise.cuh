// Functions of an element, or of two that lie at the same place of two matrices, in fp32; [rows, cols] of the result.
//
// A thread takes 16 bytes of a row; grid in x alone, striding.
#pragma once

#include "common/gelu.cuh"
#include "common/plain.cuh"

// Neighbours a thread takes at once: 16 bytes.
template <class T>
constexpr int kWidth = 16 / sizeof(T);

struct Add {
    static __device__ float of(float x, float r) { return x + r; }
};

struct Gelu {
    static __device__ float of(float x, float) { return gelu(x); }
};

// `gate` through SiLU, times `value`.
struct SiluMul {
    static __device__ float of(float gate, float value) { return gate / (1 + expf(-gate)) * value; }
};

// Rows of `a` and `b` begin `stride` elements apart; a function of one element is handed the same twice.
template <class Function, class T>
__device__ void pointwise(const T* a, const T* b, int64_t stride, T* __restrict__ y, int64_t rows, int64_t cols) {
    constexpr int width = kWidth<T>;
    // Then every row of every matrix begins at a multiple of 16 bytes.
    bool whole = cols % width == 0;
    int64_t packs = (cols + width - 1) / width;
    int64_t step = int64_t{gridDim.x} * blockDim.x;
    for (int64_t i = int64_t{blockIdx.x} * blockDim.x + threadIdx.x; i < rows * packs; i += step) {
        int64_t row = i / packs;
        int64_t col = i % packs * width;
        int count = static_cast<int>(min(cols - col, int64_t{width}));
        auto left = load_pack<T, width>(a + row * stride + col, count, whole);
        auto right = a == b ? left : load_pack<T, width>(b + row * stride + col, count, whole);
#pragma unroll
        for (int j = 0; j < width; j++) {
            left.at[j] = from_float<T>(Function::of(to_float(left.at[j]), to_float(right.at[j])));
        }
        store_pack(y + row * cols + col, left, count, whole);
    }
}
