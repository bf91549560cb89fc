// A thread's 8 x 8 elements of a tile of 128 x 128 as sums of outer products: 16 reads for 64 multiply-adds.
#pragma once

#include "gemm/sgemm_tile.cuh"

constexpr int kSide = 128, kDepth = 8, kThreads = 256;

// Four rows here and four `below` them, four columns and four `beside`: what the lanes of a warp read together lies side by side.
template <int below, int beside>
struct OuterSums {
    float at[8][8] = {};

    __device__ void add(const KMajorTile<kSide, kDepth>& as, const KMajorTile<kSide, kDepth>& bs, int row, int col) {
#pragma unroll
        for (int step = 0; step < kDepth; step++) {
            float left[8], right[8];
            *reinterpret_cast<float4*>(left) = *reinterpret_cast<const float4*>(&as.at[step][row]);
            *reinterpret_cast<float4*>(left + 4) = *reinterpret_cast<const float4*>(&as.at[step][row + below]);
            *reinterpret_cast<float4*>(right) = *reinterpret_cast<const float4*>(&bs.at[step][col]);
            *reinterpret_cast<float4*>(right + 4) = *reinterpret_cast<const float4*>(&bs.at[step][col + beside]);
#pragma unroll
            for (int r = 0; r < 8; r++) {
#pragma unroll
                for (int i = 0; i < 8; i++) {
                    at[r][i] = fmaf(left[r], right[i], at[r][i]);
                }
            }
        }
    }

    __device__ void store(float* __restrict__ c, int64_t row, int64_t col, int64_t m, int64_t n) const {
#pragma unroll
        for (int r = 0; r < 8; r++) {
            int64_t at_row = row + (r < 4 ? r : below + r - 4);
            if (at_row >= m) {
                continue;
            }
#pragma unroll
            for (int i = 0; i < 8; i += 4) {
                int64_t at_col = col + (i < 4 ? i : beside + i - 4);
                float* out = c + at_row * n + at_col;
                if (n % 4 == 0 && at_col + 4 <= n) {
                    *reinterpret_cast<float4*>(out) = {at[r][i], at[r][i + 1], at[r][i + 2], at[r][i + 3]};
                } else {
#pragma unroll
                    for (int e = 0; e < 4; e++) {
                        if (at_col + e < n) {
                            out[e] = at[r][i + e];
                        }
                    }
                }
            }
        }
    }
};
