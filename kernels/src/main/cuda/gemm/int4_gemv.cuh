// c = a b^T for few rows of bf16 a and a b [n, k] of four bits, or eight with zero points, which is read once.
//
// A block takes 64 channels and 32 columns at a time, eight codes a thread: eight channels of a column in AWQ, eight columns of a
// channel in GPTQ. Threads of the same channels add up at the end, in shared memory.
// Launch: blocks of kInt4Threads; 64 channels each in x, shares of k, of whole groups, in y. Without partials there is one.
#pragma once

#include "common/int4.cuh"
#include "common/plain.cuh"
#include "gemm/shares.cuh"

constexpr int kInt4Columns = 32;

template <int most, class Weight>
struct Int4Sums {
    // Channels of a thread's words, and groups of threads that have the same ones once warps have added up.
    static constexpr int channels = Weight::scales;
    static constexpr int slices = Weight::channels_in_word ? kInt4Threads / 32 : kInt4Threads / kInt4Channels;

    const Bf16* a;
    int m;
    Weight b;
    int64_t channel;
    int column;
    float at[most][channels];

    // What a word at column k adds; `whole` where eight columns are there and rows of a lie on 16 bytes.
    __device__ void add(typename Weight::Word word, const typename Weight::Scale& scale, int64_t k, int count) {
        Pack<float> weights = Weight::decode(word, scale);
#pragma unroll
        for (int i = 0; i < most; i++) {
            if (i >= m) {
                break;
            }
            if constexpr (Weight::channels_in_word) {
                float value = to_float(a[i * b.k + k]);
#pragma unroll
                for (int c = 0; c < kEight; c++) {
                    at[i][c] = fmaf(value, weights.at[c], at[i][c]);
                }
            } else {
                Pack<Bf16> values = load_pack(a + i * b.k + k, count, b.k % kEight == 0);
#pragma unroll
                for (int e = 0; e < kEight; e++) {
                    at[i][0] = fmaf(to_float(values.at[e]), weights.at[e], at[i][0]);
                }
            }
        }
    }

    __device__ void add_group(int64_t col, int64_t end) {
        if (channel >= b.n) {
            return;
        }
        typename Weight::Scale scale = b.fetch_scale(channel, col);
        typename Weight::Word words[kInt4Group / kInt4Columns];
#pragma unroll
        for (int i = 0; i < kInt4Group / kInt4Columns; i++) {
            int64_t k = col + i * kInt4Columns + column;
            words[i] = k < end ? b.fetch(channel, k) : typename Weight::Word{};
        }
#pragma unroll
        for (int i = 0; i < kInt4Group / kInt4Columns; i++) {
            int64_t k = col + i * kInt4Columns + column;
            if (k < end) {
                add(words[i], scale, k, static_cast<int>(min(end - k, int64_t{kEight})));
            }
        }
    }

    __device__ void into(float (&part)[slices][most][kInt4Channels]) {
        constexpr int neighbours = kInt4Channels / channels;
        int slice = Weight::channels_in_word ? threadIdx.x / 32 : threadIdx.x / kInt4Channels;
#pragma unroll
        for (int i = 0; i < most; i++) {
#pragma unroll
            for (int c = 0; c < channels; c++) {
                float sum = at[i][c];
                for (int distance = neighbours; distance < 32; distance *= 2) {
                    sum += __shfl_xor_sync(~0u, sum, distance);
                }
                if (neighbours >= 32 || threadIdx.x % 32 < neighbours) {
                    part[slice][i][threadIdx.x % neighbours * channels + c] = sum;
                }
            }
        }
    }
};

// `most` is the largest number of rows of a; those from m on are not there.
template <int most, class Weight>
__device__ void int4_gemv(const Bf16* __restrict__ a, const Weight& b, Bf16* __restrict__ c,
                          float* __restrict__ partials, int m, int64_t share) {
    using Sums = Int4Sums<most, Weight>;
    __shared__ float part[Sums::slices][most][kInt4Channels];
    int64_t first = blockIdx.x * int64_t{kInt4Channels};
    int thread = threadIdx.x;
    Sums sums{a, m, b, first + (Weight::channels_in_word ? thread % 8 * kEight : thread % kInt4Channels),
              Weight::channels_in_word ? thread / 8 : thread / kInt4Channels * kEight, {}};
    int64_t begin = blockIdx.y * share, end = min(b.k, begin + share);
    for (int64_t col = begin; col < end; col += kInt4Group) {
        sums.add_group(col, end);
    }
    sums.into(part);
    __syncthreads();
    for (int at = thread; at < m * kInt4Channels; at += kInt4Threads) {
        int row = at / kInt4Channels;
        int64_t channel = first + at % kInt4Channels;
        float sum = 0;
        for (int slice = 0; slice < Sums::slices; slice++) {
            sum += part[slice][row][at % kInt4Channels];
        }
        if (channel < b.n) {
            if (partials == nullptr) {
                c[row * b.n + channel] = from_float<Bf16>(sum);
            } else {
                partials[(blockIdx.y * int64_t{m} + row) * b.n + channel] = sum;
            }
        }
    }
}
