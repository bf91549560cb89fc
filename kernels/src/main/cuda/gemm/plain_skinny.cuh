// c = a b^T for up to 64 rows of a and a weight b [n, k] as it is stored, by tensor cores: bound by reading b, which every block reads
// its own part of, once.
//
// What fills the 16 rows of an mma are channels of b, and rows of a are its eight columns: no row of an mma is empty but where channels
// end. Which column of k an mma calls which does not matter as long as a and b agree, so a lane multiplies the 16 bytes that it has of a
// channel with the same 16 of a row of a. The lane that copies bytes of b is the one that reads them; rows of a are the block's.
//
// Launch: blocks of kMmaThreads; kPlainChannels channels each in x, shares of k, of whole steps, in y; plain_skinny_bytes(rows) of dynamic
// shared memory. Without partials there is one share; else `sum_shares` adds up.
//
// What is under way hides latency: kPlainSteps - 1 steps of 128 channels by 128 bytes are 32 KiB a block of b alone. At 3.35 TB/s an SM
// of 132 has to have 25 KB asked for per microsecond that memory takes, 40 KB at 1.6 of them under load: two blocks have 64 KiB.
//
// Order of sums: columns of a share in ascending steps, within 64 bytes of a row as lanes hold them; then shares, in ascending order.
#pragma once

#include "gemm/mma_tile.cuh"
#include "gemm/shares.cuh"

constexpr int kPlainChannels = 128;
constexpr int kPlainSteps = 3;
// Stages of 64 bytes of a row in a step: neighbours in memory are asked for together, and a barrier is for both.
constexpr int kStagesOfStep = 2;

template <int rows, class T>
struct PlainSkinny {
    // Threads copy 32 rows at once.
    static constexpr int kept = rows < 32 ? 32 : rows;
    static constexpr int eights = rows / 8;
    // Tiles of 16 channels of a warp.
    static constexpr int tiles = kPlainChannels / (kMmaThreads / 32) / 16;
    static constexpr int stage_elements = (kPlainChannels + kept) * kDepth<T>;
    static constexpr int of_step = kStagesOfStep * kDepth<T>;
    using Tile = SwizzledTile<T, kDepth<T>>;

    T* shared;
    CopiedRows<T, kept> a;
    CopiedRows<T, kPlainChannels> b;
    typename SumsOf<T>::Fragment sums[tiles][eights];

    __device__ T* b_stage(int step, int i) { return shared + (step * kStagesOfStep + i) * stage_elements; }
    __device__ T* a_stage(int step, int i) { return b_stage(step, i) + kPlainChannels * kDepth<T>; }

    // Channel `half` * 8 + lane / 4 of a warp's tile: as CopiedRows hands rows to threads.
    __device__ static int channel(int tile, int half) { return static_cast<int>(threadIdx.x) / 4 + (tile * 2 + half) * 32; }

    __device__ static uint4 chunk(T* stage, int row) {
        return *reinterpret_cast<const uint4*>(Tile{stage}.chunk(row, threadIdx.x % 4));
    }

    __device__ void start(int step, int64_t col, int64_t end) {
        if (col < end) {
#pragma unroll
            for (int i = 0; i < kStagesOfStep; i++) {
                b.start(b_stage(step, i), col + i * kDepth<T>, end);
                a.start(a_stage(step, i), col + i * kDepth<T>, end);
            }
        }
        commit_copies();
    }

    __device__ void multiply_stage(T* of_b, T* of_a) {
        FragmentA channels[tiles][2];
#pragma unroll
        for (int tile = 0; tile < tiles; tile++) {
            uint4 upper = chunk(of_b, channel(tile, 0)), lower = chunk(of_b, channel(tile, 1));
            channels[tile][0] = {upper.x, lower.x, upper.y, lower.y};
            channels[tile][1] = {upper.z, lower.z, upper.w, lower.w};
        }
#pragma unroll
        for (int i = 0; i < eights; i++) {
            uint4 row = chunk(of_a, i * 8 + threadIdx.x % 32 / 4);
#pragma unroll
            for (int tile = 0; tile < tiles; tile++) {
                multiply_add<T>(sums[tile][i], channels[tile][0], {row.x, row.y});
                multiply_add<T>(sums[tile][i], channels[tile][1], {row.z, row.w});
            }
        }
    }

    // Sums columns [begin, end), which begin with a step.
    __device__ void multiply(int64_t begin, int64_t end) {
#pragma unroll 1
        for (int step = 0; step < kPlainSteps - 1; step++) {
            start(step, begin + step * of_step, end);
        }
        int step = 0;
#pragma unroll 1
        for (int64_t col = begin; col < end; col += of_step) {
            wait_copies<kPlainSteps - 2>();
            // Behind this barrier everyone sees the step, and nobody reads the one that is filled next.
            __syncthreads();
            start(step == 0 ? kPlainSteps - 1 : step - 1, col + (kPlainSteps - 1) * of_step, end);
#pragma unroll
            for (int i = 0; i < kStagesOfStep; i++) {
                multiply_stage(b_stage(step, i), a_stage(step, i));
            }
            step = step == kPlainSteps - 1 ? 0 : step + 1;
        }
    }

    // Hands every sum to `visit(row of a, channel of the block, sum)`, channels side by side.
    template <class Visit>
    __device__ void for_each(int m, Visit visit) {
        using Number = typename SumsOf<T>::Number;
        // Four more, so that a warp's rows lie in different banks.
        constexpr int pitch = kPlainChannels + 4;
        static_assert(rows * pitch * sizeof(Number) <= kPlainSteps * kStagesOfStep * stage_elements * sizeof(T), "sums fit");
        auto* turned = reinterpret_cast<Number*>(shared);
        wait_copies<0>();
        __syncthreads();
#pragma unroll
        for (int tile = 0; tile < tiles; tile++) {
#pragma unroll
            for (int i = 0; i < eights; i++) {
#pragma unroll
                for (int e = 0; e < 4; e++) {
                    turned[(i * 8 + threadIdx.x % 4 * 2 + e % 2) * pitch + channel(tile, e / 2)] = sums[tile][i].at[e];
                }
            }
        }
        __syncthreads();
        for (int row = 0; row < m; row++) {
            visit(row, static_cast<int>(threadIdx.x), turned[row * pitch + threadIdx.x]);
        }
    }
};

static_assert(kPlainChannels == kMmaThreads, "a thread stores a channel");

template <int rows, class T, class Finish, class Out>
__device__ void plain_skinny(const T* __restrict__ a, const T* __restrict__ b, const Finish& finish, Out* __restrict__ c,
                             typename SumsOf<T>::Number* __restrict__ partials, int m, int64_t n, int64_t k, int64_t share) {
    extern __shared__ __align__(16) uint8_t memory[];
    using Block = PlainSkinny<rows, T>;
    int64_t first = blockIdx.x * int64_t{kPlainChannels};
    Block block{reinterpret_cast<T*>(memory),
                {a, k, [&](int i) { return int64_t{i < m ? i : -1}; }},
                {b, k, [&](int i) { return first + i < n ? first + i : -1; }},
                {}};
    int64_t begin = blockIdx.y * share;
    block.multiply(begin, min(k, begin + share));
    auto finished = finish.of(0);
    block.for_each(m, [&](int row, int channel, auto sum) {
        int64_t col = first + channel;
        if (col < n) {
            if (partials == nullptr) {
                c[row * n + col] = from_float<Out>(finished(sum));
            } else {
                partials[(blockIdx.y * int64_t{m} + row) * n + col] = sum;
            }
        }
    });
}
