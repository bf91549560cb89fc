// int4, and int8 with zero points, in groups of 128 columns. A warp takes a channel's group, four neighbours a lane; codes go to shared
// memory and from there to memory in the layout's words.
//
// scale = fp16(max(hi - lo, 1e-5) / 15), or 255 of eight bits, the range always holding 0; zero = clamp(rint(-lo / scale)); code =
// clamp(rint(x / scale) + zero). Divisions are by the scale as stored. Of symmetric codes the range is from -absMax to absMax, the
// zero point 8, and it is not stored.
#pragma once

#include "common/int4.cuh"
#include "common/plain.cuh"

constexpr int kLaneCols = 4;
// Whether the neighbours of a lane are a word of codes.
template <class Layout>
constexpr bool kLaneWord = !Layout::channels_in_word && kInWord<Layout> == kLaneCols;

template <class Layout>
__device__ uint32_t clamp_code(int code) {
    return max(0, min(kMostCode<Layout>, code));
}

template <class Layout, class T>
__device__ void encode_channel(const Pack<T, kLaneCols>& x, int count, uint8_t* codes, Fp16* scale_out,
                               uint8_t* zero_out) {
    float lo = 0, hi = 0;
#pragma unroll
    for (int i = 0; i < kLaneCols; i++) {
        lo = fminf(lo, to_float(x.at[i]));
        hi = fmaxf(hi, to_float(x.at[i]));
    }
#pragma unroll
    for (int distance = 16; distance > 0; distance /= 2) {
        lo = fminf(lo, __shfl_xor_sync(~0u, lo, distance));
        hi = fmaxf(hi, __shfl_xor_sync(~0u, hi, distance));
    }
    if (Layout::symmetric) {
        hi = fmaxf(hi, -lo);
        lo = -hi;
    }
    Fp16 stored = from_float<Fp16>(__fdiv_rn(fmaxf(__fsub_rn(hi, lo), 1e-5f), kMostCode<Layout>));
    float scale = to_float(stored);
    int zero = Layout::symmetric ? 8 : clamp_code<Layout>(__float2int_rn(__fdiv_rn(-lo, scale)));
    uint32_t word = 0;
#pragma unroll
    for (int i = 0; i < kLaneCols; i++) {
        if (i < count) {
            uint32_t code = clamp_code<Layout>(__float2int_rn(__fdiv_rn(to_float(x.at[i]), scale)) + zero);
            if constexpr (kLaneWord<Layout>) {
                word |= code << 8 * i;
            } else {
                codes[i] = code;
            }
        }
    }
    if constexpr (kLaneWord<Layout>) {
        *reinterpret_cast<uint32_t*>(codes) = word;
    }
    if (threadIdx.x % 32 == 0) {
        *scale_out = stored;
        if (!Layout::symmetric) {
            *zero_out = zero;
        }
    }
}

// The word of codes whose first is at a channel and column of the tile; what is not there is zero.
template <class Layout>
__device__ uint32_t word_at(Int4Tile& tile, const Int4Place& place, int channel, int col) {
    if constexpr (kLaneWord<Layout>) {
        return tile.four(channel, col);
    } else {
        uint32_t word = 0;
#pragma unroll
        for (int i = 0; i < kInWord<Layout>; i++) {
            int c = channel + (Layout::channels_in_word ? i : 0), k = col + (Layout::channels_in_word ? 0 : i);
            if (c < place.channels && k < place.cols) {
                word |= uint32_t{tile.code[c][k]} << Layout::bits * Layout::nibble(i);
            }
        }
        return word;
    }
}

template <class Layout, class T>
__device__ void quantize_int4(const T* __restrict__ x, int64_t channels, int64_t cols, uint32_t* __restrict__ codes,
                              Fp16* __restrict__ scales, uint32_t* __restrict__ zeros) {
    __shared__ Int4Tile tile;
    int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    int64_t groups = (cols + kInt4Group - 1) / kInt4Group;
    for (int64_t group = blockIdx.y; group < groups; group += gridDim.y) {
        Int4Place place(channels, cols, group);
        for (int c = warp; c < place.channels; c += kInt4Threads / 32) {
            int col = lane * kLaneCols;
            int count = max(0, min(kLaneCols, place.cols - col));
            const T* from = x + (place.channel + c) * cols + group * kInt4Group + col;
            encode_channel<Layout>(load_pack<T, kLaneCols>(from, count, count == kLaneCols && cols % kLaneCols == 0), count,
                           tile.code[c] + col, scales + group * channels + place.channel + c, tile.zero + c);
        }
        __syncthreads();
        for_each_word<Layout>(
            place, channels, [&](int64_t at, int channel, int col) { codes[at] = word_at<Layout>(tile, place, channel, col); });
        if constexpr (!Layout::symmetric) {
            constexpr int in_word = kInWord<Layout>;
            for (int word = threadIdx.x; word < (place.channels + in_word - 1) / in_word; word += kInt4Threads) {
                uint32_t packed = 0;
#pragma unroll
                for (int i = 0; i < in_word; i++) {
                    if (word * in_word + i < place.channels) {
                        packed |= Layout::store_zero(tile.zero[word * in_word + i]) << Layout::bits * Layout::zero_nibble(i);
                    }
                }
                zeros[group * ((channels + in_word - 1) / in_word) + place.channel / in_word + word] = packed;
            }
        }
        __syncthreads();
    }
}
