// int4 in groups of 128 columns back to plain numbers, (code - zero) * scale: words to shared memory, from there
// a warp a channel's group, four neighbours a lane.
#pragma once

#include "common/int4.cuh"
#include "common/plain.cuh"

template <class Layout, class T>
__device__ void dequantize_int4(const uint32_t* __restrict__ codes, const Fp16* __restrict__ scales,
                                const uint32_t* __restrict__ zeros, int64_t channels, int64_t cols,
                                T* __restrict__ y) {
    constexpr int lane_cols = 4;
    __shared__ Int4Tile tile;
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    int64_t groups = (cols + kInt4Group - 1) / kInt4Group;
    for (int64_t group = blockIdx.y; group < groups; group += gridDim.y) {
        Int4Place place(channels, cols, group);
        for_each_word<Layout>(place, channels, [&](int64_t at, int channel, int col) {
            uint32_t word = codes[at];
#pragma unroll
            for (int i = 0; i < 8; i++) {
                int c = channel + (Layout::channels_in_word ? i : 0), k = col + (Layout::channels_in_word ? 0 : i);
                tile.code[c][k] = word >> 4 * Layout::nibble(i) & 0xf;
            }
        });
        __syncthreads();
        for (int c = warp; c < place.channels; c += kInt4Threads / 32) {
            int64_t channel = place.channel + c;
            float scale = to_float(scales[group * channels + channel]);
            uint32_t word = zero_word<Layout>(zeros, channels, channel, group);
            int zero = Layout::load_zero(word >> 4 * Layout::zero_nibble(channel % 8) & 0xf);
            int col = lane * lane_cols;
            int count = max(0, min(lane_cols, place.cols - col));
            Pack<T, lane_cols> out;
#pragma unroll
            for (int i = 0; i < lane_cols; i++) {
                out.at[i] = from_float<T>(__fmul_rn(i < count ? tile.code[c][col + i] - zero : 0, scale));
            }
            store_pack(y + channel * cols + group * kInt4Group + col, out, count,
                       count == lane_cols && cols % lane_cols == 0);
        }
        __syncthreads();
    }
}
