// Four-bit weights [products, n, k] in groups of 128 columns, word by word: see common/int4.cuh for the layouts.
#pragma once

#include "common/int4.cuh"
#include "common/plain.cuh"

template <class Layout>
struct Int4Weight {
    static constexpr int group = kInt4Group;
    static constexpr bool channels_in_word = Layout::channels_in_word;
    static constexpr bool rows_adjoin = !Layout::channels_in_word;
    // Groups of channels in a word are eight, of columns one.
    static constexpr int scales = channels_in_word ? kEight : 1;

    using Word = uint32_t;
    struct Scale {
        Pack<Fp16, scales> scale;
        // The zero points of eight channels, or in the lowest nibble that of the one; nothing where the layout is symmetric.
        uint32_t zeros;
    };

    const uint32_t* codes;
    const Fp16* scale;
    const uint32_t* zeros;
    int64_t n, k;

    __device__ int64_t words() const { return (n + kEight - 1) / kEight; }

    __device__ Int4Weight at(int64_t product) const {
        int64_t groups = (k + group - 1) / group;
        int64_t of_codes = channels_in_word ? k * words() : (k + kEight - 1) / kEight * n;
        return {codes + product * of_codes, scale + product * groups * n,
                Layout::symmetric ? nullptr : zeros + product * groups * words(), n, k};
    }

    // Row and column of the first of eight; in GPTQ nibbles beyond k are zero.
    __device__ uint32_t fetch(int64_t row, int64_t col) const {
        return channels_in_word ? codes[col * words() + row / kEight] : codes[col / kEight * n + row];
    }

    __device__ Scale fetch_scale(int64_t row, int64_t col) const {
        int64_t at = col / group * n + row;
        int there = static_cast<int>(min(n - row, int64_t{scales}));
        uint32_t stored = zero_word<Layout>(zeros, n, row, col / group);
        return {load_pack<Fp16, scales>(scale + at, there, channels_in_word ? n % kEight == 0 : true),
                channels_in_word ? stored : stored >> 4 * Layout::zero_nibble(row % kEight)};
    }

    // (code - zero) * scale: the difference is exact.
    __device__ static Pack<float> decode(uint32_t word, const Scale& of) {
        Pack<float> values;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            // A nibble in the last place of 2^23 is that float plus the nibble.
            float code = __uint_as_float(0x4b000000 | (word >> 4 * Layout::nibble(i) & 0xf));
            uint32_t zero = Layout::load_zero(of.zeros >> (channels_in_word ? 4 * Layout::zero_nibble(i) : 0) & 0xf);
            values.at[i] = (code - (0x1p23f + static_cast<float>(zero))) * to_float(of.scale.at[channels_in_word ? i : 0]);
        }
        return values;
    }
};
