// Rows of quantised weights, eight neighbours at a time.
#pragma once

#include "common/codes.cuh"
#include "common/gguf.cuh"

// int8 [products, n, k] under one fp32 scale 128 neighbours, [products, n, ceil(k / 128)]; also word by word, see
// gemm/dequantised_stages.cuh.
struct Int8Weight {
    static constexpr int group = 128;
    static constexpr bool channels_in_word = false, rows_adjoin = false;
    using Word = Pack<uint8_t>;
    using Scale = float;

    const uint8_t* codes;
    const float* scales;
    int64_t n, k;

    __device__ Int8Weight at(int64_t product) const {
        return {codes + product * n * k, scales + product * n * ((k + group - 1) / group), n, k};
    }

    __device__ Word fetch(int64_t row, int64_t col) const {
        return load_pack(codes + row * k + col, static_cast<int>(min(k - col, int64_t{kEight})), k % kEight == 0);
    }

    __device__ float fetch_scale(int64_t row, int64_t col) const {
        return scales[row * ((k + group - 1) / group) + col / group];
    }

    __device__ static Pack<float> decode(const Word& word, float scale) {
        Pack<float> values;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            values.at[i] = static_cast<int8_t>(word.at[i]) * scale;
        }
        return values;
    }

    __device__ Pack<float> load(int64_t row, int64_t col, int count, bool whole) const {
        return decode(load_pack(codes + row * k + col, count, whole), fetch_scale(row, col));
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
