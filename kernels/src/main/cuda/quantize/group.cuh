// One scale a group of 16 to 128 neighbours of a row: a thread holds eight, the lanes of a group share their maximum by
// shuffles, and its first lane writes the scale. Blocks in x walk along a row, in y over rows. Where groups divide rows
// evenly the matrix may be passed as one row.
//
// A format says: `group`, `Scale`, `code_bytes` of eight codes, `largest(pack)`, `factor(largest, &scale)`, `encode`.
#pragma once

#include "common/reduce.cuh"
#include "quantize/eight.cuh"

template <class Format, class T>
__device__ void quantize_groups(const Format& format, const T* __restrict__ x, int64_t rows, int64_t cols,
                                uint8_t* __restrict__ codes, typename Format::Scale* __restrict__ scales) {
    constexpr int lanes = Format::group / kEight;
    constexpr int per_byte = kEight / Format::code_bytes;
    int64_t groups = (cols + Format::group - 1) / Format::group;
    int64_t row_bytes = (cols + per_byte - 1) / per_byte;
    bool aligned = cols % kEight == 0;
    for (int64_t row = blockIdx.y; row < rows; row += gridDim.y) {
        for (int64_t i = blockIdx.x * int64_t{blockDim.x} + threadIdx.x; i < groups * lanes;
             i += gridDim.x * int64_t{blockDim.x}) {
            int64_t col = i * kEight;
            int count = static_cast<int>(max(int64_t{0}, min(cols - col, int64_t{kEight})));
            bool whole = aligned && count == kEight;
            Pack<T> values = load_pack(x + row * cols + col, count, whole);
            float largest = group_max<lanes>(format.largest(values));
            typename Format::Scale scale;
            float factor = format.factor(largest, &scale);
            if (i % lanes == 0) {
                scales[row * groups + i / lanes] = scale;
            }
            store_pack(codes + row * row_bytes + col / per_byte, format.encode(values, factor),
                       (count + per_byte - 1) / per_byte, whole);
        }
    }
}

// Bytes under one fp32 scale a group, by a rule.
template <class Rule, int size>
struct ScaledGroup {
    static constexpr int group = size;
    static constexpr int code_bytes = kEight;
    using Scale = float;

    template <class T>
    __device__ float largest(const Pack<T>& values) const {
        return abs_max(values);
    }
    __device__ float factor(float largest, float* scale) const {
        *scale = Rule::scale(largest);
        return Rule::factor(largest, *scale);
    }
    template <class T>
    __device__ Pack<uint8_t> encode(const Pack<T>& values, float factor) const {
        return encode_eight<Rule>(values, factor);
    }
};
