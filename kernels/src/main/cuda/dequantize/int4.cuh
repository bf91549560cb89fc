// int4, and int8 with zero points, in groups of 128 columns back to plain numbers, (code - zero) * scale: words to shared memory, from there
// a warp a channel's group, four neighbours a lane.
#pragma once

#include "common/int4.cuh"
#include "common/plain.cuh"

template <class Layout, class T>
__device__ void dequantize_int4(const uint32_t* __restrict__ codes, const Fp16* __restrict__ scales,
                                const uint32_t* __restrict__ zeros, int64_t channels, int64_t cols,
                                T* __restrict__ y) {
    constexpr int lane_cols = 4;
    constexpr bool bytes = Layout::bits == 8;
    __shared__ Int4Tile tile;
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    int64_t groups = (cols + kInt4Group - 1) / kInt4Group;
    for (int64_t group = blockIdx.y; group < groups; group += gridDim.y) {
        Int4Place place(channels, cols, group);
        for_each_word<Layout>(place, channels, [&](int64_t at, int channel, int col) {
            uint32_t word = codes[at];
            if constexpr (bytes) {
                tile.four(channel, col) = word;
            } else {
#pragma unroll
                for (int i = 0; i < kInWord<Layout>; i++) {
                    int c = channel + (Layout::channels_in_word ? i : 0), k = col + (Layout::channels_in_word ? 0 : i);
                    tile.code[c][k] = code_in<Layout>(word, Layout::nibble(i));
                }
            }
        });
        __syncthreads();
        for (int c = warp; c < place.channels; c += kInt4Threads / 32) {
            int64_t channel = place.channel + c;
            float scale = to_float(scales[group * channels + channel]);
            uint32_t word = zero_word<Layout>(zeros, channels, channel, group);
            int zero = Layout::load_zero(code_in<Layout>(word, Layout::zero_nibble(channel % kInWord<Layout>)));
            int col = lane * lane_cols;
            int count = max(0, min(lane_cols, place.cols - col));
            Pack<T, lane_cols> out;
            uint32_t four = bytes && count > 0 ? tile.four(c, col) : 0;
#pragma unroll
            for (int i = 0; i < lane_cols; i++) {
                // The difference is exact, be it of ints or of floats that are 2^23 larger.
                float steps = bytes ? byte_above_2_23(four, i) - byte_above_2_23(zero, 0) : i < count ? tile.code[c][col + i] - zero : 0;
                out.at[i] = from_float<T>(__fmul_rn(steps, scale));
            }
            store_pack(y + channel * cols + group * kInt4Group + col, out, count,
                       count == lane_cols && cols % lane_cols == 0);
        }
        __syncthreads();
    }
}
