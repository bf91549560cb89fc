// GGUF blocks, whose bytes no vector fits: a block of threads copies a stretch of whole blocks to shared memory and decodes
// from there, eight neighbours a thread.
//
// A format says: `elements` and `bytes` of a block, and `decode(block, first, values)` of the eight from `first` on.
#pragma once

#include "common/copy.cuh"
#include "common/plain.cuh"

constexpr int kDequantizeThreads = 256;

template <class Format, class T>
__device__ void dequantize_blocks(const uint8_t* __restrict__ codes, int64_t rows, int64_t cols, T* __restrict__ y) {
    constexpr int lanes = Format::elements / kEight;
    constexpr int staged = kDequantizeThreads / lanes;
    __shared__ __align__(16) uint8_t stage[staged * Format::bytes];
    int64_t per_row = (cols + Format::elements - 1) / Format::elements;
    int64_t blocks = rows * per_row;
    for (int64_t first = blockIdx.x * int64_t{staged}; first < blocks; first += gridDim.x * int64_t{staged}) {
        int64_t there = min(blocks - first, int64_t{staged});
        copy_bytes(stage, codes + first * Format::bytes, static_cast<int>(there) * Format::bytes);
        __syncthreads();
        int mine = threadIdx.x / lanes;
        int from = threadIdx.x % lanes * kEight;
        int64_t row = (first + mine) / per_row;
        int64_t col = (first + mine - row * per_row) * Format::elements + from;
        if (mine < there && col < cols) {
            Pack<float> values;
            Format::decode(stage + mine * Format::bytes, from, values);
            Pack<T> out;
#pragma unroll
            for (int i = 0; i < kEight; i++) {
                out.at[i] = from_float<T>(values.at[i]);
            }
            int count = static_cast<int>(min(cols - col, int64_t{kEight}));
            store_pack(y + row * cols + col, out, count, count == kEight && cols % kEight == 0);
        }
        __syncthreads();
    }
}
