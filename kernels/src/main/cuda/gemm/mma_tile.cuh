// A tile of c = a b^T on tensor cores.
//
// A block of four warps, two by two, makes a tile of rows x cols; operands come through kStages stages of 64 bytes of a
// row, in swizzled shared memory. Extents need not fit the tile: what is missing is read as zero and not written; where
// rows of an operand do not lie on 16 bytes they are copied element by element.
//
// An operand says: `start(stage, col, end)`, which begins to bring the columns of a stage from `col` on, of those before
// `end`; `finish(stage)`, which ends what cp.async does not, after a product has hidden the way. One of b besides:
// `load(stage, step, first, fragments)`.
#pragma once

#include "gemm/mma_types.cuh"

constexpr int kStageBytes = 64;
constexpr int kStages = 4;
constexpr int kMmaThreads = 128;

// Columns of a stage.
template <class T>
constexpr int kDepth = kStageBytes / static_cast<int>(sizeof(T));

// Fragments of `tiles_n` tiles of eight rows from `first` on, for mma number `step` of a stage [rows, columns].
template <class T, int tiles_n>
__device__ void load_rows(SwizzledTile<T, kDepth<T>> tile, int step, int first, FragmentB (&fragments)[tiles_n]) {
    int lane = threadIdx.x % 32;
#pragma unroll
    for (int j = 0; j < tiles_n; j += 2) {
        uint32_t four[4];
        load_matrices(four, tile.chunk(first + j * 8 + lane / 16 * 8 + lane % 8, step * 2 + lane / 8 % 2));
        fragments[j] = {four[0], four[1]};
        fragments[j + 1] = {four[2], four[3]};
    }
}

// `count` rows as they are stored, by cp.async.
template <class T, int count>
struct CopiedRows {
    static constexpr int across = kStageBytes / kChunkBytes;
    static constexpr int at_once = kMmaThreads / across;
    static constexpr int each = count / at_once;
    static_assert(each * at_once == count, "every thread copies as many chunks");

    const T* data;
    const T* row[each];
    bool aligned;

    // Of a matrix of rows of k elements; `row_of(i)` is the number of row i of the tile, -1 where it is missing.
    template <class RowOf>
    __device__ CopiedRows(const T* data, int64_t k, RowOf row_of)
        : data(data), aligned(k * sizeof(T) % kChunkBytes == 0) {
#pragma unroll
        for (int i = 0; i < each; i++) {
            int64_t number = row_of(static_cast<int>(threadIdx.x) / across + i * at_once);
            row[i] = number < 0 ? nullptr : data + number * k;
        }
    }

    __device__ void start(T* stage, int64_t col, int64_t end) {
        constexpr int width = kChunkBytes / sizeof(T);
        SwizzledTile<T, kDepth<T>> tile{stage};
        int line = threadIdx.x / across, chunk = threadIdx.x % across;
        int64_t at = col + chunk * width;
        int inside = static_cast<int>(max(int64_t{0}, min(end - at, int64_t{width})));
        if (aligned) {
#pragma unroll
            for (int i = 0; i < each; i++) {
                int there = row[i] == nullptr ? 0 : inside;
                copy_async(tile.chunk(line + i * at_once, chunk), there > 0 ? row[i] + at : data, there * int{sizeof(T)});
            }
        } else {
            // Not unrolled: it is long, and no well-laid problem comes here.
#pragma unroll 1
            for (int i = 0; i < each; i++) {
                const T* mine = row_at(i);
                int there = mine == nullptr ? 0 : inside;
                copy_elements(tile.chunk(line + i * at_once, chunk), there > 0 ? mine + at : data, there);
            }
        }
    }

    // Rows are in registers, which have no index.
    __device__ const T* row_at(int i) const {
        const T* found = row[0];
#pragma unroll
        for (int j = 1; j < each; j++) {
            found = i == j ? row[j] : found;
        }
        return found;
    }

    __device__ void finish(T*) const {}

    template <int tiles_n>
    __device__ static void load(T* stage, int step, int first, FragmentB (&fragments)[tiles_n]) {
        load_rows(SwizzledTile<T, kDepth<T>>{stage}, step, first, fragments);
    }
};

template <class T, class B, int rows, int cols>
struct MmaTile {
    static constexpr int warp_rows = rows / 2, warp_cols = cols / 2;
    static constexpr int tiles_m = warp_rows / 16, tiles_n = warp_cols / 8;
    static constexpr int stage_elements = (rows + cols) * kDepth<T>;
    static_assert(tiles_n % 2 == 0, "two tiles of b come by one load");

    T* shared;
    CopiedRows<T, rows> a;
    B b;
    typename SumsOf<T>::Fragment sums[tiles_m][tiles_n];

    __device__ T* a_stage(int stage) { return shared + stage * stage_elements; }
    __device__ T* b_stage(int stage) { return shared + stage * stage_elements + rows * kDepth<T>; }

    __device__ void start_stage(int stage, int64_t col, int64_t end) {
        if (col < end) {
            a.start(a_stage(stage), col, end);
            b.start(b_stage(stage), col, end);
        }
        commit_copies();
    }

    __device__ void finish_stage(int stage, int64_t col, int64_t end) {
        if (col < end) {
            b.finish(b_stage(stage));
        }
    }

    __device__ void multiply_stage(int stage) {
        int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
        int row0 = warp / 2 * warp_rows, col0 = warp % 2 * warp_cols;
        SwizzledTile<T, kDepth<T>> as{a_stage(stage)};
#pragma unroll
        for (int step = 0; step < kStageBytes / 32; step++) {
            FragmentA fa[tiles_m];
#pragma unroll
            for (int i = 0; i < tiles_m; i++) {
                load_matrices(fa[i].at, as.chunk(row0 + i * 16 + lane % 16, step * 2 + lane / 16));
            }
            FragmentB fb[tiles_n];
            b.load(b_stage(stage), step, col0, fb);
#pragma unroll
            for (int i = 0; i < tiles_m; i++) {
#pragma unroll
                for (int j = 0; j < tiles_n; j++) {
                    multiply_add<T>(sums[i][j], fa[i], fb[j]);
                }
            }
        }
    }

    // Sums columns [begin, end) of the operands; begin is a multiple of a stage's.
    __device__ void multiply(int64_t begin, int64_t end) {
        constexpr int depth = kDepth<T>;
#pragma unroll
        for (int i = 0; i < tiles_m; i++) {
#pragma unroll
            for (int j = 0; j < tiles_n; j++) {
                sums[i][j] = {};
            }
        }
#pragma unroll 1
        for (int stage = 0; stage < kStages - 1; stage++) {
            start_stage(stage, begin + stage * depth, end);
            finish_stage(stage, begin + stage * depth, end);
        }
        int stage = 0;
        for (int64_t col = begin; col < end; col += depth) {
            wait_copies<kStages - 2>();
            // Behind this barrier everyone sees the stage, and nobody reads the one that is filled next.
            __syncthreads();
            int next = (stage + kStages - 1) % kStages;
            start_stage(next, col + (kStages - 1) * depth, end);
            multiply_stage(stage);
            finish_stage(next, col + (kStages - 1) * depth, end);
            stage = (stage + 1) % kStages;
        }
    }

    // The column of the tile where a thread's first two neighbours of a row stand; others stand eight columns apart.
    __device__ static int first_col() { return threadIdx.x / 32 % 2 * warp_cols + threadIdx.x % 4 * 2; }

    // Hands a thread's rows to `visit(row of the tile, numbers, half)`: of each fragment, two from at[2 * half] on.
    template <class Fragment, class Visit>
    __device__ static void for_each_row(const Fragment (&numbers)[tiles_m][tiles_n], Visit visit) {
        int row0 = threadIdx.x / 64 * warp_rows + threadIdx.x % 32 / 4;
#pragma unroll
        for (int i = 0; i < tiles_m; i++) {
#pragma unroll
            for (int half = 0; half < 2; half++) {
                visit(row0 + i * 16 + half * 8, numbers[i], half);
            }
        }
    }
};
