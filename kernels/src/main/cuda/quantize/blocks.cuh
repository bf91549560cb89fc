// GGUF blocks of 32: codes lie behind their fp16 scale in blocks of 18 or 34 bytes, which no vector fits. A block of threads
// makes 64 of them in shared memory and writes those as one stretch. Four threads hold a block, eight neighbours each;
// elements beyond the end of a row are zeros.
//
// A format says: `bytes` of a block, and `encode(values, block)`, called by the four lanes of a block together.
#pragma once

#include "common/copy.cuh"
#include "common/reduce.cuh"

constexpr int kBlock = 32;
constexpr int kBlockLanes = kBlock / kEight;
constexpr int kQuantizeThreads = 256;

template <class Format, class T>
__device__ void quantize_blocks(const T* __restrict__ x, int64_t rows, int64_t cols, uint8_t* __restrict__ codes) {
    constexpr int staged = kQuantizeThreads / kBlockLanes;
    __shared__ __align__(16) uint8_t stage[staged * Format::bytes];
    int64_t per_row = (cols + kBlock - 1) / kBlock;
    int64_t blocks = rows * per_row;
    for (int64_t first = blockIdx.x * int64_t{staged}; first < blocks; first += gridDim.x * int64_t{staged}) {
        int mine = threadIdx.x / kBlockLanes;
        int64_t block = first + mine;
        if (block < blocks) {
            int64_t row = block / per_row;
            int64_t col = (block - row * per_row) * kBlock + threadIdx.x % kBlockLanes * kEight;
            int count = static_cast<int>(max(int64_t{0}, min(cols - col, int64_t{kEight})));
            Pack<T> values = load_pack(x + row * cols + col, count, count == kEight && cols % kEight == 0);
            Format::encode(values, stage + mine * Format::bytes);
        }
        __syncthreads();
        int64_t made = min(blocks - first, int64_t{staged});
        copy_bytes(codes + first * Format::bytes, stage, static_cast<int>(made) * Format::bytes);
        __syncthreads();
    }
}
