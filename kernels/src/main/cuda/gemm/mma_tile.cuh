// c = a b^T on tensor cores, 16-bit operands, fp32 sums. a [m, k], b [n, k], c [m, n], all row-major.
//
// A block of four warps, two by two, makes a tile of kRows x kCols; operands come by cp.async through kStages stages of 32
// columns, in swizzled shared memory. Extents need not fit the tile: what is missing is read as zero and not written;
// where k is no multiple of eight, rows do not lie on 16 bytes and are copied element by element.
#pragma once

#include "common/mma.cuh"

constexpr int kDepth = 32;
constexpr int kStages = 4;
constexpr int kMmaThreads = 128;

template <class T, int rows, int cols>
struct MmaTile {
    static constexpr int warp_rows = rows / 2, warp_cols = cols / 2;
    static constexpr int tiles_m = warp_rows / 16, tiles_n = warp_cols / 8;
    static constexpr int stage_elements = (rows + cols) * kDepth;
    static_assert(tiles_n % 2 == 0, "two tiles of b come by one load");

    T* shared;
    const T *a, *b;
    int64_t m, n, k;
    int64_t first_row, first_col;
    FragmentC sums[tiles_m][tiles_n];

    __device__ SwizzledTile<T, kDepth> a_stage(int stage) { return {shared + stage * stage_elements}; }
    __device__ SwizzledTile<T, kDepth> b_stage(int stage) {
        return {shared + stage * stage_elements + rows * kDepth};
    }

    // Starts copies of `count` rows of a matrix [extent, k], 32 columns from `col` on.
    template <int count>
    __device__ void copy_rows(SwizzledTile<T, kDepth> to, const T* from, int64_t first, int64_t extent, int64_t col,
                              int64_t end) {
        constexpr int per_row = kDepth / kEight;
        bool aligned = k % kEight == 0;
#pragma unroll
        for (int i = threadIdx.x; i < count * per_row; i += kMmaThreads) {
            int64_t row = first + i / per_row;
            int64_t at = col + i % per_row * kEight;
            int there = row < extent ? static_cast<int>(max(int64_t{0}, min(end - at, int64_t{kEight}))) : 0;
            copy_eight(to.chunk(i / per_row, i % per_row), there > 0 ? from + row * k + at : from, there, aligned);
        }
    }

    __device__ void copy_stage(int stage, int64_t col, int64_t end) {
        if (col < end) {
            copy_rows<rows>(a_stage(stage), a, first_row, m, col, end);
            copy_rows<cols>(b_stage(stage), b, first_col, n, col, end);
        }
        commit_copies();
    }

    __device__ void multiply_stage(int stage) {
        int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
        int row0 = warp / 2 * warp_rows, col0 = warp % 2 * warp_cols;
        SwizzledTile<T, kDepth> as = a_stage(stage), bs = b_stage(stage);
#pragma unroll
        for (int step = 0; step < kDepth / 16; step++) {
            FragmentA fa[tiles_m];
#pragma unroll
            for (int i = 0; i < tiles_m; i++) {
                load_matrices(fa[i].at, as.chunk(row0 + i * 16 + lane % 16, step * 2 + lane / 16));
            }
            FragmentB fb[tiles_n];
#pragma unroll
            for (int j = 0; j < tiles_n; j += 2) {
                uint32_t four[4];
                load_matrices(four, bs.chunk(col0 + j * 8 + lane / 16 * 8 + lane % 8, step * 2 + lane / 8 % 2));
                fb[j] = {four[0], four[1]};
                fb[j + 1] = {four[2], four[3]};
            }
#pragma unroll
            for (int i = 0; i < tiles_m; i++) {
#pragma unroll
                for (int j = 0; j < tiles_n; j++) {
                    multiply_add<T>(sums[i][j], fa[i], fb[j]);
                }
            }
        }
    }

    // Sums columns [begin, end) of the operands; begin is a multiple of kDepth.
    __device__ void multiply(int64_t begin, int64_t end) {
#pragma unroll
        for (int i = 0; i < tiles_m; i++) {
#pragma unroll
            for (int j = 0; j < tiles_n; j++) {
                sums[i][j] = {};
            }
        }
#pragma unroll
        for (int stage = 0; stage < kStages - 1; stage++) {
            copy_stage(stage, begin + stage * kDepth, end);
        }
        int stage = 0;
        for (int64_t col = begin; col < end; col += kDepth) {
            wait_copies<kStages - 2>();
            // Behind this barrier everyone sees the stage, and nobody reads the one that is filled next.
            __syncthreads();
            copy_stage((stage + kStages - 1) % kStages, col + (kStages - 1) * kDepth, end);
            multiply_stage(stage);
            stage = (stage + 1) % kStages;
        }
    }

    // Hands every pair of neighbours to `store(row, col, first, second)`; the second may lie beyond the matrix.
    template <class Store>
    __device__ void for_each_pair(Store store) {
        int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
        int64_t row0 = first_row + warp / 2 * warp_rows + lane / 4;
        int64_t col0 = first_col + warp % 2 * warp_cols + lane % 4 * 2;
#pragma unroll
        for (int i = 0; i < tiles_m; i++) {
#pragma unroll
            for (int j = 0; j < tiles_n; j++) {
#pragma unroll
                for (int half = 0; half < 2; half++) {
                    int64_t row = row0 + i * 16 + half * 8, col = col0 + j * 8;
                    if (row < m && col < n) {
                        store(row, col, sums[i][j].at[half * 2], sums[i][j].at[half * 2 + 1]);
                    }
                }
            }
        }
    }
};

// Which tile is this block's: tiles are taken in bands of eight rows of tiles, down before across, so that blocks that run
// together share operands in L2.
struct TilePlace {
    int64_t row, col;

    __device__ TilePlace(int64_t down, int64_t across) {
        constexpr int64_t band = 8;
        int64_t index = blockIdx.x;
        int64_t first = index / (band * across) * band;
        int64_t height = min(band, down - first);
        int64_t within = index - first * across;
        row = first + within % height;
        col = within / height;
    }
};

// The whole of k: one launch.
template <class T, int rows, int cols>
__device__ void gemm_mma(const T* __restrict__ a, const T* __restrict__ b, T* __restrict__ c, int64_t m, int64_t n,
                         int64_t k) {
    extern __shared__ __align__(16) uint8_t memory[];
    TilePlace place((m + rows - 1) / rows, (n + cols - 1) / cols);
    MmaTile<T, rows, cols> tile{reinterpret_cast<T*>(memory), a, b, m, n, k, place.row * rows, place.col * cols, {}};
    tile.multiply(0, k);
    bool paired = n % 2 == 0;
    tile.for_each_pair([&](int64_t row, int64_t col, float first, float second) {
        T* out = c + row * n + col;
        uint32_t two = pack_two<T>(first, second);
        if (paired) {
            *reinterpret_cast<uint32_t*>(out) = two;
        } else {
            out[0].bits = two & 0xffff;
            if (col + 1 < n) {
                out[1].bits = two >> 16;
            }
        }
    });
}

// A share of k a block in y: partial sums [gridDim.y, m, n] in fp32, which `gemm_mma_sum` adds up.
template <class T, int rows, int cols>
__device__ void gemm_mma_share(const T* __restrict__ a, const T* __restrict__ b, float* __restrict__ partials,
                               int64_t m, int64_t n, int64_t k, int64_t share) {
    extern __shared__ __align__(16) uint8_t memory[];
    TilePlace place((m + rows - 1) / rows, (n + cols - 1) / cols);
    MmaTile<T, rows, cols> tile{reinterpret_cast<T*>(memory), a, b, m, n, k, place.row * rows, place.col * cols, {}};
    int64_t begin = blockIdx.y * share;
    tile.multiply(begin, min(k, begin + share));
    float* out = partials + blockIdx.y * m * n;
    tile.for_each_pair([&](int64_t row, int64_t col, float first, float second) {
        out[row * n + col] = first;
        if (col + 1 < n) {
            out[row * n + col + 1] = second;
        }
    });
}

// c from the partial sums of `shares` shares, in order: the same bits each time.
template <class T>
__device__ void gemm_mma_sum(const float* __restrict__ partials, int shares, int64_t count, T* __restrict__ c) {
    for (int64_t i = blockIdx.x * int64_t{blockDim.x} + threadIdx.x; i < count; i += gridDim.x * int64_t{blockDim.x}) {
        float sum = 0;
        for (int share = 0; share < shares; share++) {
            sum += partials[share * count + i];
        }
        c[i] = from_float<T>(sum);
    }
}
