// The codes of a matrix that lies the other way: x [cols, rows] in memory, codes [rows, cols]; scales as the format has them
// for [rows, cols]. A block of 256 threads takes squares of 128 x 128. A thread holds an 8 x 8 patch in registers, reads
// eight neighbours of a row of x at a time and writes eight neighbours of a row of codes, so nothing passes through shared
// memory: sixteen lanes side by side write 128 bytes of one row, and each of their loads is whole sectors.
//
// Grid: squares along a row of codes in x; in y rows of squares, again and again.
#pragma once

#include "common/reduce.cuh"
#include "quantize/column.cuh"
#include "quantize/eight.cuh"
#include "quantize/group.cuh"
#include "quantize/tensor.cuh"

constexpr int kSquare = 128;
constexpr int kPatchesAcross = kSquare / kEight;

// Codes [row, row + 8) x [col, col + 8), of which `down` x `across` exist.
template <class T>
struct Patch {
    int64_t row, col, cols;
    int down, across;
    // Column col + i of the codes, which is a row of x.
    Pack<T> column[kEight];

    __device__ Patch(const T* __restrict__ x, int64_t rows, int64_t cols, int64_t square) : cols(cols) {
        row = square * kSquare + threadIdx.x / kPatchesAcross * kEight;
        col = blockIdx.x * int64_t{kSquare} + threadIdx.x % kPatchesAcross * kEight;
        down = static_cast<int>(max(int64_t{0}, min(rows - row, int64_t{kEight})));
        across = static_cast<int>(max(int64_t{0}, min(cols - col, int64_t{kEight})));
        bool whole = down == kEight && rows % kEight == 0;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            column[i] = load_pack(x + (col + i) * rows + row, i < across ? down : 0, whole && i < across);
        }
    }

    // What becomes row `row + r` of the codes; zero beyond the last column.
    __device__ Pack<float> values(int r) const {
        Pack<float> eight;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            eight.at[i] = to_float(column[i].at[r]);
        }
        return eight;
    }

    __device__ void store(uint8_t* __restrict__ codes, int r, const Pack<uint8_t>& eight) const {
        if (r < down) {
            store_pack(codes + (row + r) * cols + col, eight, across, across == kEight && cols % kEight == 0);
        }
    }
};

__device__ inline int64_t squares(int64_t extent) { return (extent + kSquare - 1) / kSquare; }

// One scale a tensor. The first launch is tensor_abs_max over all of x.
template <class Rule, class T>
__device__ void transpose_tensor(const T* __restrict__ x, int64_t rows, int64_t cols, const float* __restrict__ partials,
                                 int parts, uint8_t* __restrict__ codes, float* __restrict__ scales) {
    float largest = largest_of(partials, parts);
    float scale = Rule::scale(largest);
    float factor = Rule::factor(largest, scale);
    if (blockIdx.x == 0 && blockIdx.y == 0 && threadIdx.x == 0) {
        scales[0] = scale;
    }
    for (int64_t square = blockIdx.y; square < squares(rows); square += gridDim.y) {
        Patch<T> patch(x, rows, cols, square);
#pragma unroll
        for (int r = 0; r < kEight; r++) {
            patch.store(codes, r, encode_eight<Rule>(patch.values(r), factor));
        }
    }
}

// One scale a row of codes, which is a column of x: column_abs_max and column_scales come first. `largest` [rows].
template <class Rule, class T>
__device__ void transpose_token(const T* __restrict__ x, int64_t rows, int64_t cols, const float* __restrict__ largest,
                                uint8_t* __restrict__ codes) {
    for (int64_t square = blockIdx.y; square < squares(rows); square += gridDim.y) {
        Patch<T> patch(x, rows, cols, square);
        Pack<float> of_row = load_pack(largest + patch.row, patch.down, patch.down == kEight);
#pragma unroll
        for (int r = 0; r < kEight; r++) {
            float factor = Rule::factor(of_row.at[r], Rule::scale(of_row.at[r]));
            patch.store(codes, r, encode_eight<Rule>(patch.values(r), factor));
        }
    }
}

// One scale a group of neighbours of a row of codes; formats are those of quantize_groups. scales [rows, groups of a row].
template <class Format, class T>
__device__ void transpose_groups(const Format& format, const T* __restrict__ x, int64_t rows, int64_t cols,
                                 uint8_t* __restrict__ codes, typename Format::Scale* __restrict__ scales) {
    static_assert(Format::group <= kSquare && Format::code_bytes == kEight, "a group in a square, a byte a code");
    constexpr int lanes = Format::group / kEight;
    int64_t groups = (cols + Format::group - 1) / Format::group;
    for (int64_t square = blockIdx.y; square < squares(rows); square += gridDim.y) {
        Patch<T> patch(x, rows, cols, square);
#pragma unroll
        for (int r = 0; r < kEight; r++) {
            Pack<float> values = patch.values(r);
            float largest = group_max<lanes>(format.largest(values));
            typename Format::Scale scale;
            float factor = format.factor(largest, &scale);
            if (threadIdx.x % lanes == 0 && r < patch.down && patch.across > 0) {
                scales[(patch.row + r) * groups + patch.col / Format::group] = scale;
            }
            patch.store(codes, r, format.encode(values, factor));
        }
    }
}

// One scale a square. scales row-major over squares of the codes.
template <class Rule, class T>
__device__ void transpose_squares(const T* __restrict__ x, int64_t rows, int64_t cols, uint8_t* __restrict__ codes,
                                  float* __restrict__ scales) {
    for (int64_t square = blockIdx.y; square < squares(rows); square += gridDim.y) {
        Patch<T> patch(x, rows, cols, square);
        float largest = 0;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            largest = fmaxf(largest, abs_max(patch.column[i]));
        }
        largest = block_max(largest);
        float scale = Rule::scale(largest);
        float factor = Rule::factor(largest, scale);
        if (threadIdx.x == 0) {
            scales[square * gridDim.x + blockIdx.x] = scale;
        }
#pragma unroll
        for (int r = 0; r < kEight; r++) {
            patch.store(codes, r, encode_eight<Rule>(patch.values(r), factor));
        }
        __syncthreads();
    }
}
