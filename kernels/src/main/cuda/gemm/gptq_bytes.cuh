// Weights of eight bits with zero points [products, n, k], in GPTQ's words: see common/int4.cuh. Eight columns of a channel at a
// time, which are two words n apart.
#pragma once

#include "common/int4.cuh"
#include "common/plain.cuh"

struct GptqBytesWeight {
    static constexpr int group = kInt4Group;
    static constexpr bool channels_in_word = false, rows_adjoin = true;
    static constexpr int scales = 1;

    using Word = uint2;
    struct Scale {
        float scale;
        // The zero point, 2^23 larger.
        float zero;
    };

    const uint32_t* codes;
    const Fp16* scale;
    const uint32_t* zeros;
    int64_t n, k;

    __device__ int64_t zero_words() const { return (n + 3) / 4; }

    __device__ GptqBytesWeight at(int64_t product) const {
        int64_t groups = (k + group - 1) / group;
        return {codes + product * ((k + 3) / 4) * n, scale + product * groups * n, zeros + product * groups * zero_words(), n, k};
    }

    // Row and column of the first of eight; codes beyond k are zero.
    __device__ uint2 fetch(int64_t row, int64_t col) const {
        const uint32_t* word = codes + col / 4 * n + row;
        return {word[0], col + 4 < k ? word[n] : 0};
    }

    __device__ Scale fetch_scale(int64_t row, int64_t col) const {
        const uint8_t* stored = reinterpret_cast<const uint8_t*>(zeros + col / group * zero_words());
        return {to_float(scale[col / group * n + row]), byte_above_2_23(GptqBytes::load_zero(stored[row]), 0)};
    }

    // (code - zero) * scale: the difference is exact.
    __device__ static Pack<float> decode(uint2 words, const Scale& of) {
        Pack<float> values;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            values.at[i] = (byte_above_2_23(i < 4 ? words.x : words.y, i % 4) - of.zero) * of.scale;
        }
        return values;
    }
};
