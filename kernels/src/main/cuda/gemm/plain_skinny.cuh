// c = a b^T for up to 64 rows of a and a weight b [n, k] as it is stored, by tensor cores: bound by reading b, which every block reads
// its own part of, once.
//
// What fills the 16 rows of an mma are channels of b, and rows of a are its eight columns: no row of an mma is empty but where channels
// end. Which column of k an mma calls which does not matter as long as a and b agree, so a lane multiplies the 16 bytes that it has of a
// channel with the same 16 of a row of a. The lane that copies bytes of b is the one that reads them; rows of a are the block's.
//
// Launch: blocks of kMmaThreads; kPlainChannels channels each in x, shares of k, of whole steps, in y; dynamic shared memory
// for kPlainSteps steps of channels and rows. Without partials there is one share; else `sum_shares` adds up.
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

// Rows of a as tensor cores take them, and channels of b: what multiplies 16 bytes of a channel. `start` begins to bring columns of
// stage i of a step, `finish` ends what cp.async does not. Other types than the stored one specialise it.
template <class T, int count>
struct SkinnyOperands {
    // What an mma multiplies, and how many mmas 16 bytes of a channel take.
    using Product = T;
    static constexpr int mmas = 2;
    // Bytes that 16 of a row become.
    static constexpr int chunk_bytes = kChunkBytes;
    using Columns = SwizzledTile<T, kDepth<T>>;

    CopiedRows<T, count> rows;

    __device__ void start(int, uint8_t* stage, int64_t col, int64_t end) { rows.start(reinterpret_cast<T*>(stage), col, end); }
    __device__ void finish(int, uint8_t*) const {}

    __device__ static void take(uint4 upper, uint4 lower, FragmentA (&channels)[mmas]) {
        channels[0] = {upper.x, lower.x, upper.y, lower.y};
        channels[1] = {upper.z, lower.z, upper.w, lower.w};
    }
};

template <int rows, class T>
struct PlainSkinny {
    // Threads copy 32 rows at once.
    static constexpr int kept = rows < 32 ? 32 : rows;
    static constexpr int eights = rows / 8;
    // Tiles of 16 channels of a warp.
    static constexpr int tiles = kPlainChannels / (kMmaThreads / 32) / 16;
    using Operands = SkinnyOperands<T, kept>;
    // Chunks of a row of a that meet one of a channel.
    static constexpr int across = Operands::chunk_bytes / kChunkBytes;
    static constexpr int stage_bytes = (kPlainChannels + kept * across) * kStageBytes;
    static constexpr int of_step = kStagesOfStep * kDepth<T>;

    uint8_t* shared;
    Operands a;
    CopiedRows<T, kPlainChannels> b;
    typename SumsOf<T>::Fragment sums[tiles][eights];

    __device__ T* b_stage(int step, int i) { return reinterpret_cast<T*>(shared + (step * kStagesOfStep + i) * stage_bytes); }
    __device__ uint8_t* a_stage(int step, int i) { return shared + (step * kStagesOfStep + i) * stage_bytes + kPlainChannels * kStageBytes; }

    // Channel `half` * 8 + lane / 4 of a warp's tile: as CopiedRows hands rows to threads.
    __device__ static int channel(int tile, int half) { return static_cast<int>(threadIdx.x) / 4 + (tile * 2 + half) * 32; }

    template <class Tile>
    __device__ static uint4 chunk(Tile tile, int row, int index) {
        return *reinterpret_cast<const uint4*>(tile.chunk(row, index));
    }

    __device__ void start_channels(int step, int64_t col, int64_t end) {
        if (col < end) {
#pragma unroll
            for (int i = 0; i < kStagesOfStep; i++) {
                b.start(b_stage(step, i), col + i * kDepth<T>, end);
            }
        }
    }

    // Behind its channels; a step's copies are one group.
    __device__ void start_rows(int step, int64_t col, int64_t end) {
        if (col < end) {
#pragma unroll
            for (int i = 0; i < kStagesOfStep; i++) {
                a.start(i, a_stage(step, i), col + i * kDepth<T>, end);
            }
        }
        commit_copies();
    }

    __device__ void finish(int step, int64_t col, int64_t end) {
        if (col < end) {
#pragma unroll
            for (int i = 0; i < kStagesOfStep; i++) {
                a.finish(i, a_stage(step, i));
            }
        }
    }

    __device__ void multiply_stage(T* of_b, uint8_t* of_a) {
        using Channels = SwizzledTile<T, kDepth<T>>;
        typename Operands::Columns columns{reinterpret_cast<decltype(Operands::Columns::data)>(of_a)};
        int lane = threadIdx.x % 32;
        FragmentA channels[tiles][Operands::mmas];
#pragma unroll
        for (int tile = 0; tile < tiles; tile++) {
            Operands::take(chunk(Channels{of_b}, channel(tile, 0), lane % 4), chunk(Channels{of_b}, channel(tile, 1), lane % 4),
                           channels[tile]);
        }
#pragma unroll
        for (int i = 0; i < eights; i++) {
#pragma unroll
            for (int j = 0; j < across; j++) {
                uint4 row = chunk(columns, i * 8 + lane / 4, lane % 4 * across + j);
#pragma unroll
                for (int tile = 0; tile < tiles; tile++) {
                    multiply_add<typename Operands::Product>(sums[tile][i], channels[tile][2 * j], {row.x, row.y});
                    multiply_add<typename Operands::Product>(sums[tile][i], channels[tile][2 * j + 1], {row.z, row.w});
                }
            }
        }
    }

    // Sums columns [begin, end), which begin with a step.
    __device__ void multiply(int64_t begin, int64_t end) {
        // Channels of all steps first: to finish rows may be to wait for them.
#pragma unroll 1
        for (int step = 0; step < kPlainSteps - 1; step++) {
            start_channels(step, begin + step * of_step, end);
        }
#pragma unroll 1
        for (int step = 0; step < kPlainSteps - 1; step++) {
            start_rows(step, begin + step * of_step, end);
            finish(step, begin + step * of_step, end);
        }
        int step = 0;
#pragma unroll 1
        for (int64_t col = begin; col < end; col += of_step) {
            wait_copies<kPlainSteps - 2>();
            // Behind this barrier everyone sees the step, and nobody reads the one that is filled next.
            __syncthreads();
            int next = step == 0 ? kPlainSteps - 1 : step - 1;
            start_channels(next, col + (kPlainSteps - 1) * of_step, end);
            start_rows(next, col + (kPlainSteps - 1) * of_step, end);
#pragma unroll
            for (int i = 0; i < kStagesOfStep; i++) {
                multiply_stage(b_stage(step, i), a_stage(step, i));
            }
            finish(next, col + (kPlainSteps - 1) * of_step, end);
            step = step == kPlainSteps - 1 ? 0 : step + 1;
        }
    }

    // Hands every sum to `visit(row of a, channel of the block, sum)`, channels side by side.
    template <class Visit>
    __device__ void for_each(int m, Visit visit) {
        using Number = typename SumsOf<T>::Number;
        // Four more, so that a warp's rows lie in different banks.
        constexpr int pitch = kPlainChannels + 4;
        static_assert(rows * pitch * sizeof(Number) <= kPlainSteps * kStagesOfStep * stage_bytes, "sums fit");
        auto* turned = reinterpret_cast<Number*>(shared);
        // No copy is under way: what the last two rounds began is beyond the share, and empty.
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
    Block block{memory,
                {{a, k, [&](int i) { return int64_t{i < m ? i : -1}; }}},
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
