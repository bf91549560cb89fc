// Rows of quantised weights, eight neighbours at a time.
#pragma once

#include "common/codes.cuh"
#include "common/gguf.cuh"
#include "gemm/fp8_halves.cuh"

// Eight codes as floats that are smaller by `lift`.
struct Int8Decoding {
    using Word = Pack<uint8_t>;
    static constexpr float lift = 1;

    __device__ static Word load(const uint8_t* p, int count, bool whole) { return load_pack(p, count, whole); }

    __device__ static Pack<float> decode(const Word& codes) {
        Pack<float> values;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            values.at[i] = static_cast<int8_t>(codes.at[i]);
        }
        return values;
    }
};

struct E4m3Decoding {
    using Word = uint2;
    static constexpr float lift = kHalvesLift<E4m3>;

    __device__ static Word load(const uint8_t* p, int count, bool whole) { return load_codes(p, count, whole); }

    __device__ static Pack<float> decode(Word codes) { return lowered_floats<E4m3>(codes); }
};

// Codes [products, n, k] of a byte under one fp32 scale 128 neighbours, [products, n, ceil(k / 128)]; also word by word, see
// gemm/dequantised_stages.cuh.
template <class Code>
struct ByteWeight {
    static constexpr int group = 128;
    static constexpr bool channels_in_word = false, rows_adjoin = false;
    using Word = typename Code::Word;
    using Scale = float;

    const uint8_t* codes;
    const float* scales;
    int64_t n, k;

    __device__ ByteWeight at(int64_t product) const {
        return {codes + product * n * k, scales + product * n * ((k + group - 1) / group), n, k};
    }

    __device__ Word fetch(int64_t row, int64_t col) const {
        return Code::load(codes + row * k + col, static_cast<int>(min(k - col, int64_t{kEight})), k % kEight == 0);
    }

    __device__ float fetch_scale(int64_t row, int64_t col) const {
        return scales[row * ((k + group - 1) / group) + col / group] * Code::lift;
    }

    __device__ static Pack<float> decode(const Word& word, float scale) {
        Pack<float> values = Code::decode(word);
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            values.at[i] *= scale;
        }
        return values;
    }

    __device__ Pack<float> load(int64_t row, int64_t col, int count, bool whole) const {
        return decode(Code::load(codes + row * k + col, count, whole), fetch_scale(row, col));
    }
};

using Int8Weight = ByteWeight<Int8Decoding>;
using E4m3Weight = ByteWeight<E4m3Decoding>;

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
