// Codes of eight or four bits, row-major, become plain numbers: a thread takes eight neighbours. Blocks in x walk along a
// row, in y over rows. Where scales do not know of rows, the matrix may be passed as one.
//
// A format says: `code_bytes` of eight codes, `value(code)`, and `scale(row, col)`; `per_column` where each column has its
// own, which a thread then reads once for all its rows.
#pragma once

#include "common/codes.cuh"
#include "common/plain.cuh"

template <class Format, class T>
__device__ void dequantize_rows(const Format& format, const uint8_t* __restrict__ codes, int64_t rows, int64_t cols,
                                T* __restrict__ y) {
    constexpr int per_byte = kEight / Format::code_bytes;
    int64_t row_bytes = (cols + per_byte - 1) / per_byte;
    bool aligned = cols % kEight == 0;
    for (int64_t col = (blockIdx.x * int64_t{blockDim.x} + threadIdx.x) * kEight; col < cols;
         col += gridDim.x * int64_t{blockDim.x} * kEight) {
        int count = static_cast<int>(min(cols - col, int64_t{kEight}));
        bool whole = aligned && count == kEight;
        Pack<float> of_columns;
        if constexpr (Format::per_column) {
            of_columns = load_pack(format.scales + col, count, whole);
        }
        for (int64_t row = blockIdx.y; row < rows; row += gridDim.y) {
            auto eight = load_pack<uint8_t, Format::code_bytes>(codes + row * row_bytes + col / per_byte,
                                                                (count + per_byte - 1) / per_byte, whole);
            float of_all = Format::per_column ? 0 : format.scale(row, col);
            Pack<T> out;
#pragma unroll
            for (int i = 0; i < kEight; i++) {
                uint32_t code = per_byte == 1 ? eight.at[i / per_byte] : eight.at[i / per_byte] >> i % 2 * 4 & 0xf;
                float scale = Format::per_column ? of_columns.at[i] : of_all;
                out.at[i] = from_float<T>(__fmul_rn(format.value(code), scale));
            }
            store_pack(y + row * cols + col, out, count, whole);
        }
    }
}

// A signed byte.
struct Int8 {};

template <>
__device__ inline float decode<Int8>(uint32_t code) {
    return static_cast<int8_t>(code);
}
