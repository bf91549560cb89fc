// Where checkpoints keep weights of four and eight bits: a matrix of channels x columns in groups of 128 columns, eight codes a
// word or four.
//
// AWQ packs eight channels of one column into a word [cols, channels / 8], in the order 0, 2, 4, 6, 1, 3, 5, 7; GPTQ packs
// eight columns of one channel into a word [cols / 8, channels]. Scales are fp16 [groups, channels] in both, zero points
// eight channels a word [groups, channels / 8]: AWQ's in the order of its codes, GPTQ's in plain order and one less. Symmetric
// weights are GPTQ's words without zero points: each is 8. Of eight bits GPTQ packs four columns into a word [cols / 4, channels],
// and zero points, one less too, are bytes side by side [groups, channels], filled up to a word.
#pragma once

#include <cstdint>

constexpr int kInt4Group = 128;

struct Awq {
    static constexpr int bits = 4;
    static constexpr bool channels_in_word = true, symmetric = false;
    // Which nibble of a word, or which byte, is channel c.
    static __device__ int nibble(int c) { return c % 2 * 4 + c / 2; }
    static __device__ int zero_nibble(int c) { return nibble(c); }
    static __device__ uint32_t store_zero(uint32_t zero) { return zero; }
    static __device__ uint32_t load_zero(uint32_t stored) { return stored; }
};

struct Gptq {
    static constexpr int bits = 4;
    static constexpr bool channels_in_word = false, symmetric = false;
    static __device__ int nibble(int c) { return c; }
    static __device__ int zero_nibble(int c) { return c; }
    static __device__ uint32_t store_zero(uint32_t zero) { return (zero - 1) & 0xf; }
    static __device__ uint32_t load_zero(uint32_t stored) { return (stored + 1) & 0xf; }
};

struct GptqSymmetric : Gptq {
    static constexpr bool symmetric = true;
    static __device__ uint32_t load_zero(uint32_t) { return 8; }
};

struct GptqBytes {
    static constexpr int bits = 8;
    static constexpr bool channels_in_word = false, symmetric = false;
    static __device__ int nibble(int c) { return c; }
    static __device__ int zero_nibble(int c) { return c; }
    static __device__ uint32_t store_zero(uint32_t zero) { return (zero - 1) & 0xff; }
    static __device__ uint32_t load_zero(uint32_t stored) { return (stored + 1) & 0xff; }
};

// Codes of a word, and the largest of them.
template <class Layout>
constexpr int kInWord = 32 / Layout::bits;
template <class Layout>
constexpr int kMostCode = (1 << Layout::bits) - 1;

// Code or zero point number `nibble` of a word.
template <class Layout>
__device__ uint32_t code_in(uint32_t word, int nibble) {
    return word >> Layout::bits * nibble & kMostCode<Layout>;
}

// Byte i of a word as a float that is 2^23 larger, in whose last place the byte is.
__device__ inline float byte_above_2_23(uint32_t word, int i) { return __uint_as_float(__byte_perm(word, 0x4b000000, 0x7650 + i)); }

// The word that holds the zero point of a channel's group; of symmetric weights nothing is read.
template <class Layout>
__device__ uint32_t zero_word(const uint32_t* zeros, int64_t channels, int64_t channel, int64_t group) {
    constexpr int in_word = kInWord<Layout>;
    return Layout::symmetric ? 0 : zeros[group * ((channels + in_word - 1) / in_word) + channel / in_word];
}

// A block of threads works on 64 channels of one group: their codes as bytes in shared memory, each channel's beside one
// another, padded so that neighbouring channels lie in different banks.
constexpr int kInt4Channels = 64;
constexpr int kInt4Threads = 256;

struct Int4Tile {
    alignas(4) uint8_t code[kInt4Channels][kInt4Group + 4];
    uint8_t zero[kInt4Channels];

    // Four neighbours, which are a word of GptqBytes.
    __device__ uint32_t& four(int channel, int col) { return *reinterpret_cast<uint32_t*>(&code[channel][col]); }
};

// Which tile is this block's: channels in x, groups in y, again and again.
struct Int4Place {
    int64_t channel, group;
    int channels, cols;

    __device__ Int4Place(int64_t all_channels, int64_t all_cols, int64_t group)
        : channel(blockIdx.x * int64_t{kInt4Channels}), group(group) {
        channels = static_cast<int>(min(int64_t{kInt4Channels}, all_channels - channel));
        cols = static_cast<int>(min(int64_t{kInt4Group}, all_cols - group * kInt4Group));
    }
};

// Hands every word of codes of the tile to `visit(word index, channel, column)`, those of its first code in the tile.
template <class Layout, class Visit>
__device__ void for_each_word(const Int4Place& place, int64_t channels, Visit visit) {
    constexpr int in_word = kInWord<Layout>;
    int64_t words_across = (channels + in_word - 1) / in_word;
    if (Layout::channels_in_word) {
        int across = (place.channels + in_word - 1) / in_word;
        for (int i = threadIdx.x; i < across * place.cols; i += kInt4Threads) {
            int col = i / across, word = i % across;
            visit((place.group * kInt4Group + col) * words_across + place.channel / in_word + word, word * in_word, col);
        }
    } else {
        int down = (place.cols + in_word - 1) / in_word;
        for (int i = threadIdx.x; i < down * place.channels; i += kInt4Threads) {
            int word = i / place.channels, channel = i % place.channels;
            visit((place.group * (kInt4Group / in_word) + word) * channels + place.channel + channel, channel, word * in_word);
        }
    }
}
