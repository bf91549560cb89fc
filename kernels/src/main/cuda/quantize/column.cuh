// One scale a column, in three launches. The first and the last have the same grid: blocks in x take 256 columns, blocks in
// y share the rows; a thread holds eight columns, and threads in y take turns at the rows. The first leaves the largest
// magnitude of each column in its share of rows, partials [shares, cols]; the second puts the largest of all shares into
// partials' first row and makes scales; the last encodes.
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

// A block takes 32 columns, and its rows of threads take turns at the shares.
template <class Rule>
__device__ void column_scales(float* partials, int shares, int64_t cols, float* __restrict__ scales) {
    __shared__ float of_row[kColumnRows][kColumnLanes];
    int64_t col = blockIdx.x * int64_t{kColumnLanes} + threadIdx.x;
    float largest = 0;
    if (col < cols) {
        for (int share = threadIdx.y; share < shares; share += kColumnRows) {
            largest = fmaxf(largest, partials[share * cols + col]);
        }
    }
    of_row[threadIdx.y][threadIdx.x] = largest;
    __syncthreads();
    if (threadIdx.y == 0 && col < cols) {
#pragma unroll
        for (int y = 1; y < kColumnRows; y++) {
            largest = fmaxf(largest, of_row[y][threadIdx.x]);
        }
        // Others of this block have read what they needed of the first row.
        partials[col] = largest;
        scales[col] = Rule::scale(largest);
    }
}

template <class Rule, class T>
__device__ void quantize_column(const T* __restrict__ x, int64_t rows, int64_t cols,
                                const float* __restrict__ largest, uint8_t* __restrict__ codes) {
    __shared__ float factors[kColumnLanes * kEight];
    ColumnPart part(rows, cols);
    if (static_cast<int>(threadIdx.y) < part.count) {
        float of_column = largest[part.col + threadIdx.y];
        factors[threadIdx.y * kColumnLanes + threadIdx.x] = Rule::factor(of_column, Rule::scale(of_column));
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
