// What the rungs with tiles in registers share: a tile of an operand, k before rows, so that the rows a thread needs for
// one product lie side by side.
#pragma once

#include <cstdint>

template <int rows, int depth>
struct KMajorTile {
    // Four more, so that the transposing stores of neighbouring columns meet different banks and rows stay on 16 bytes.
    float at[depth][rows + 4];

    // Copies columns [col, col + depth) of `rows` rows of a matrix [extent, k]; what is missing is zero.
    template <int threads>
    __device__ void fill(const float* __restrict__ from, int64_t first, int64_t extent, int64_t col, int64_t k) {
#pragma unroll
        for (int i = threadIdx.x; i < rows * depth; i += threads) {
            int64_t row = first + i / depth;
            int step = i % depth;
            at[step][i / depth] = row < extent && col + step < k ? from[row * k + col + step] : 0;
        }
    }

    // The same by 16 bytes; k is a multiple of four.
    template <int threads>
    __device__ void fill_vectors(const float* __restrict__ from, int64_t first, int64_t extent, int64_t col,
                                 int64_t k) {
        constexpr int across = depth / 4;
#pragma unroll
        for (int i = threadIdx.x; i < rows * across; i += threads) {
            int64_t row = first + i / across;
            int step = i % across * 4;
            float4 four{};
            if (row < extent && col + step < k) {
                four = *reinterpret_cast<const float4*>(from + row * k + col + step);
            }
            at[step][i / across] = four.x;
            at[step + 1][i / across] = four.y;
            at[step + 2][i / across] = four.z;
            at[step + 3][i / across] = four.w;
        }
    }
};
