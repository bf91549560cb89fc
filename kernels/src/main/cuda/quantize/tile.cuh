// One scale a square of 128 x 128. A block of 256 threads holds a square in registers: 16 threads span its columns, and
// each holds eight rows, 16 apart. Blocks in x take squares along a row, in y rows of squares, again and again.
#pragma once

#include "common/reduce.cuh"
#include "quantize/eight.cuh"

constexpr int kTile = 128;
constexpr int kTileThreads = 256;

template <class Rule, class T>
__device__ void quantize_tile(const T* __restrict__ x, int64_t rows, int64_t cols, uint8_t* __restrict__ codes,
                              float* __restrict__ scales) {
    constexpr int across = kTile / kEight;
    constexpr int down = kTileThreads / across;
    constexpr int steps = kTile / down;
    int64_t col = blockIdx.x * int64_t{kTile} + threadIdx.x % across * kEight;
    int count = static_cast<int>(max(int64_t{0}, min(cols - col, int64_t{kEight})));
    bool whole = count == kEight && cols % kEight == 0;
    int64_t tile_rows = (rows + kTile - 1) / kTile;
    for (int64_t tile = blockIdx.y; tile < tile_rows; tile += gridDim.y) {
        int64_t row = tile * kTile + threadIdx.x / across;
        Pack<T> kept[steps];
        float largest = 0;
#pragma unroll
        for (int i = 0; i < steps; i++) {
            if (row + i * down < rows) {
                kept[i] = load_pack(x + (row + i * down) * cols + col, count, whole);
                largest = fmaxf(largest, abs_max(kept[i]));
            }
        }
        largest = block_max(largest);
        float scale = Rule::scale(largest);
        float factor = Rule::factor(largest, scale);
        if (threadIdx.x == 0) {
            scales[tile * gridDim.x + blockIdx.x] = scale;
        }
#pragma unroll
        for (int i = 0; i < steps; i++) {
            if (row + i * down < rows) {
                store_pack(codes + (row + i * down) * cols + col, encode_eight<Rule>(kept[i], factor), count, whole);
            }
        }
        __syncthreads();
    }
}
