// One scale a column. Two launches over the same grid: blocks in x take 256 columns, blocks in y share the rows. The first
// leaves the largest magnitude of each column in its share of rows, partials [gridDim.y, cols]; the second takes the
// largest of those and encodes. A thread holds eight columns; threads in y take turns at the rows.
#pragma once

#include "common/reduce.cuh"
#include "quantize/eight.cuh"

constexpr int kColumnLanes = 32;
constexpr int kColumnRows = 8;

// Which columns and rows are this thread's.
struct ColumnPart {
    int64_t col;
    int count;
    bool whole;
    int64_t row, end;

    __device__ ColumnPart(int64_t rows, int64_t cols) {
        col = (blockIdx.x * int64_t{kColumnLanes} + threadIdx.x) * kEight;
        count = static_cast<int>(max(int64_t{0}, min(cols - col, int64_t{kEight})));
        whole = count == kEight && cols % kEight == 0;
        int64_t share = (rows + gridDim.y - 1) / gridDim.y;
        row = blockIdx.y * share + threadIdx.y;
        end = min(rows, (blockIdx.y + 1) * share);
    }
};

template <class T>
__device__ void column_abs_max(const T* __restrict__ x, int64_t rows, int64_t cols, float* __restrict__ partials) {
    __shared__ float of_row[kColumnRows][kColumnLanes * kEight];
    ColumnPart part(rows, cols);
    Pack<float> largest{};
    for (int64_t row = part.row; row < part.end; row += kColumnRows) {
        Pack<T> values = load_pack(x + row * cols + part.col, part.count, part.whole);
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            largest.at[i] = fmaxf(largest.at[i], fabsf(to_float(values.at[i])));
        }
    }
    // Neighbouring threads beside one another: column i of every thread, then i + 1.
#pragma unroll
    for (int i = 0; i < kEight; i++) {
        of_row[threadIdx.y][i * kColumnLanes + threadIdx.x] = largest.at[i];
    }
    __syncthreads();
    // Each of the eight rows of threads reduces one column of every eight.
    float most = 0;
#pragma unroll
    for (int y = 0; y < kColumnRows; y++) {
        most = fmaxf(most, of_row[y][threadIdx.y * kColumnLanes + threadIdx.x]);
    }
    if (static_cast<int>(threadIdx.y) < part.count) {
        partials[blockIdx.y * cols + part.col + threadIdx.y] = most;
    }
}

template <class Rule, class T>
__device__ void quantize_column(const T* __restrict__ x, int64_t rows, int64_t cols,
                                const float* __restrict__ partials, uint8_t* __restrict__ codes,
                                float* __restrict__ scales) {
    __shared__ float factors[kColumnLanes * kEight];
    ColumnPart part(rows, cols);
    if (static_cast<int>(threadIdx.y) < part.count) {
        int64_t col = part.col + threadIdx.y;
        float largest = 0;
        for (unsigned share = 0; share < gridDim.y; share++) {
            largest = fmaxf(largest, partials[share * cols + col]);
        }
        float scale = Rule::scale(largest);
        factors[threadIdx.y * kColumnLanes + threadIdx.x] = Rule::factor(largest, scale);
        if (blockIdx.y == 0) {
            scales[col] = scale;
        }
    }
    __syncthreads();
    Pack<float> factor;
#pragma unroll
    for (int i = 0; i < kEight; i++) {
        factor.at[i] = i < part.count ? factors[i * kColumnLanes + threadIdx.x] : 0;
    }
    for (int64_t row = part.row; row < part.end; row += kColumnRows) {
        int64_t at = row * cols + part.col;
        Pack<T> values = load_pack(x + at, part.count, part.whole);
        Pack<uint8_t> out;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            out.at[i] = Rule::two(to_float(values.at[i]), 0, factor.at[i]) & 0xff;
        }
        store_pack(codes + at, out, part.count, part.whole);
    }
}
