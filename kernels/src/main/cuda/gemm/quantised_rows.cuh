// Rows of quantised weights, eight neighbours at a time.
#pragma once

#include "common/codes.cuh"
#include "common/gguf.cuh"

// int8 under one fp32 scale 128 neighbours, [n, ceil(k / 128)].
struct Int8Rows {
    const uint8_t* codes;
    const float* scales;
    int64_t cols;

    __device__ Pack<float> load(int64_t row, int64_t col, int count, bool whole) const {
        Pack<uint8_t> eight = load_pack(codes + row * cols + col, count, whole);
        float scale = scales[row * ((cols + 127) / 128) + col / 128];
        Pack<float> values;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            values.at[i] = static_cast<int8_t>(eight.at[i]) * scale;
        }
        return values;
    }
};

// Packed blocks of GGUF. What a block holds beyond the end of a row meets zeros of a.
template <class Format>
struct BlockRows {
    const uint8_t* blocks;
    int64_t cols;

    __device__ Pack<float> load(int64_t row, int64_t col, int count, bool) const {
        int64_t per_row = (cols + Format::elements - 1) / Format::elements;
        Pack<float> values;
        Format::decode(blocks + (row * per_row + col / Format::elements) * Format::bytes,
                       static_cast<int>(col % Format::elements), values);
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            values.at[i] = i < count ? values.at[i] : 0;
        }
        return values;
    }
};
