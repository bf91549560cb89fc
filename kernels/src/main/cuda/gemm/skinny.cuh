// c = a b^T for up to sixteen rows of bf16 a and a weight b [n, k] in fewer bits, by tensor cores, b read once.
//
// What fills 16 rows of an mma are channels of b, and rows of a are its eight columns: one row of a costs what eight do. bf16
// has every code exactly, so that codes are never multiplied by a scale; sums of a group are, 128 columns after. Which column of
// k an mma calls which does not matter as long as a and b agree, so words are used where they lie and nothing passes through shared
// memory.
//
// A weight says: `n`, `k`; `channel(lane, i)`, which of 64 is a lane's channel i of eight: tile j of 16 has 2 j in its upper and
// 2 j + 1 in its lower eight rows; `Words`, what a lane loads of 64 channels by 32 columns, and `codes(tile, half, group)` of it,
// 16 columns as bf16; `group(first, group, lane)`, what a group has, with `scale[i]`; `Columns`, a row of a in the order of those 16 columns;
// `at_once`, steps whose words are under way together.
//
// Launch: blocks of kSkinnyThreads; 64 channels each in x, shares of k, of whole groups, in y. Without partials there is one.
// A warp takes all 64 channels and every eighth group; warps add up at the end, in shared memory.
#pragma once

#include "common/mma.cuh"
#include "gemm/shares.cuh"

constexpr int kSkinnyWarps = 8;
constexpr int kSkinnyThreads = kSkinnyWarps * 32;
constexpr int kSkinnyChannels = 64;
constexpr int kSkinnyGroup = 128;
// Tiles of 16 channels, and steps of 32 columns in a group.
constexpr int kSkinnyTiles = kSkinnyChannels / 16;
constexpr int kSkinnyColumns = 32;
constexpr int kSkinnySteps = kSkinnyGroup / kSkinnyColumns;

// How many of `most` are there where `left` are left.
__device__ inline int there_of(int64_t left, int most) { return static_cast<int>(max(int64_t{0}, min(left, int64_t{most}))); }

// Sums of a warp: `eights` times eight rows of a by 64 channels.
template <int eights, class Weight>
struct SkinnySums {
    const Bf16* a;
    int m;
    Weight b;
    int64_t first;
    int lane;
    FragmentC at[eights][kSkinnyTiles];

    __device__ void add_group(int64_t col) {
        FragmentC part[eights][kSkinnyTiles] = {};
        auto group = b.group(first, col / kSkinnyGroup, lane);
#pragma unroll
        for (int step = 0; step < kSkinnySteps; step += Weight::at_once) {
            typename Weight::Words words[Weight::at_once];
#pragma unroll
            for (int i = 0; i < Weight::at_once; i++) {
                words[i].load(b, first, col + (step + i) * kSkinnyColumns, lane);
            }
#pragma unroll
            for (int i = 0; i < Weight::at_once; i++) {
                add_step(words[i], col + (step + i) * kSkinnyColumns, group, part);
            }
        }
#pragma unroll
        for (int i = 0; i < eights; i++) {
#pragma unroll
            for (int tile = 0; tile < kSkinnyTiles; tile++) {
#pragma unroll
                for (int e = 0; e < 4; e++) {
                    at[i][tile].at[e] = fmaf(part[i][tile].at[e], group.scale[2 * tile + e / 2], at[i][tile].at[e]);
                }
            }
        }
    }

    template <class Group>
    __device__ void add_step(const typename Weight::Words& words, int64_t col, const Group& group,
                             FragmentC (&part)[eights][kSkinnyTiles]) const {
        FragmentB columns[eights][2];
#pragma unroll
        for (int i = 0; i < eights; i++) {
            int row = i * 8 + lane / 4;
            // Rows that are not there have no columns.
            typename Weight::Columns of_row(a + row * b.k, col, row < m ? b.k : 0, lane);
            columns[i][0] = of_row.half(0);
            columns[i][1] = of_row.half(1);
        }
#pragma unroll
        for (int half = 0; half < 2; half++) {
#pragma unroll
            for (int tile = 0; tile < kSkinnyTiles; tile++) {
                FragmentA codes = words.codes(tile, half, group);
#pragma unroll
                for (int i = 0; i < eights; i++) {
                    multiply_add<Bf16>(part[i][tile], codes, columns[i][half]);
                }
            }
        }
    }
};

template <int eights, class Weight>
__device__ void skinny(const Bf16* __restrict__ a, const Weight& b, Bf16* __restrict__ c, float* __restrict__ partials, int m,
                       int64_t share) {
    // Channels lie as lanes have them, i * 8 + lane / 4 of channel(lane, i); four more, so that rows lie in different banks.
    __shared__ float part[kSkinnyWarps][eights * 8][kSkinnyChannels + 4];
    int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    int64_t first = blockIdx.x * int64_t{kSkinnyChannels};
    int64_t begin = blockIdx.y * share, end = min(b.k, begin + share);
    SkinnySums<eights, Weight> sums{a, m, b, first, lane, {}};
    for (int64_t col = begin + warp * kSkinnyGroup; col < end; col += kSkinnyWarps * kSkinnyGroup) {
        sums.add_group(col);
    }
#pragma unroll
    for (int i = 0; i < eights; i++) {
#pragma unroll
        for (int tile = 0; tile < kSkinnyTiles; tile++) {
#pragma unroll
            for (int e = 0; e < 4; e++) {
                part[warp][i * 8 + lane % 4 * 2 + e % 2][(2 * tile + e / 2) * 8 + lane / 4] = sums.at[i][tile].at[e];
            }
        }
    }
    __syncthreads();
    for (int at = threadIdx.x; at < m * kSkinnyChannels; at += kSkinnyThreads) {
        int row = at / kSkinnyChannels, place = at % kSkinnyChannels;
        int64_t channel = first + Weight::channel(place % 8 * 4, place / 8);
        float sum = 0;
#pragma unroll
        for (int i = 0; i < kSkinnyWarps; i++) {
            sum += part[i][row][place];
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
