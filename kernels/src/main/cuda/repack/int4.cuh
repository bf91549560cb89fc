// Four-bit weights from one layout of checkpoints to the other, see common/int4.cuh: a thread takes eight words, that is eight
// channels of eight columns, turns them in registers as an 8 x 8 matrix of nibbles, and writes eight. Scales lie alike in both.
//
// AWQ's words of neighbouring channels adjoin, so a warp reads or writes 128 bytes of each of eight columns; GPTQ's eight words
// of a thread adjoin, and a warp's are 1 KiB. Nibbles that fill a layout's words up become zero, whatever the source has there.
// Launch: 32 words of channels a block in x, eights of columns in y, again and again; blocks of kRepackBlock.
#pragma once

#include "common/int4.cuh"
#include "common/plain.cuh"

constexpr dim3 kRepackBlock{32, 8};

// Exchanges the blocks of `bits` off the diagonal: the high ones of `a` with the low ones of `b`.
template <int bits>
__device__ void exchange(uint32_t& a, uint32_t& b) {
    constexpr uint32_t low = bits == 16 ? 0x0000ffff : bits == 8 ? 0x00ff00ff : 0x0f0f0f0f;
    uint32_t moved = (a >> bits ^ b) & low;
    a ^= moved << bits;
    b ^= moved;
}

// The blocks of `distance` nibbles of words that lie so far apart.
template <int distance>
__device__ void exchange_all(uint32_t (&word)[kEight]) {
#pragma unroll
    for (int i = 0; i < kEight; i++) {
        if ((i & distance) == 0) {
            exchange<4 * distance>(word[i], word[i + distance]);
        }
    }
}

// Nibble j of word i to nibble i of word j.
__device__ inline void turn_nibbles(uint32_t (&word)[kEight]) {
    exchange_all<4>(word);
    exchange_all<2>(word);
    exchange_all<1>(word);
}

// The eight words of channels from `channel` on and columns from `col` on; those that are not there are zero.
template <class Layout>
__device__ void read_words(const uint32_t* codes, int64_t channels, int64_t channel, int64_t cols, int64_t col,
                           uint32_t (&word)[kEight]) {
    if (Layout::channels_in_word) {
        const uint32_t* from = codes + col * ((channels + 7) / 8) + channel / 8;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            word[i] = col + i < cols ? from[i * ((channels + 7) / 8)] : 0;
        }
    } else {
        int count = static_cast<int>(min(channels - channel, int64_t{kEight}));
        auto pack = load_pack(codes + col / 8 * channels + channel, count, count == kEight && channels % 4 == 0);
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            word[Awq::nibble(i)] = pack.at[i];
        }
    }
}

template <class Layout>
__device__ void write_words(uint32_t* codes, int64_t channels, int64_t channel, int64_t cols, int64_t col,
                            const uint32_t (&word)[kEight]) {
    if (Layout::channels_in_word) {
        uint32_t* to = codes + col * ((channels + 7) / 8) + channel / 8;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            if (col + i < cols) {
                to[i * ((channels + 7) / 8)] = word[i];
            }
        }
    } else {
        int count = static_cast<int>(min(channels - channel, int64_t{kEight}));
        Pack<uint32_t> pack;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            pack.at[i] = word[Awq::nibble(i)];
        }
        store_pack(codes + col / 8 * channels + channel, pack, count, count == kEight && channels % 4 == 0);
    }
}

// Eight zero points, of which `count` are there.
template <class From, class To>
__device__ uint32_t repack_zeros(uint32_t stored, int count) {
    uint32_t packed = 0;
#pragma unroll
    for (int i = 0; i < kEight; i++) {
        if (i < count) {
            uint32_t zero = From::load_zero(stored >> 4 * From::zero_nibble(i) & 0xf);
            packed |= To::store_zero(zero) << 4 * To::zero_nibble(i);
        }
    }
    return packed;
}

template <class From, class To>
__device__ void repack_int4(const uint32_t* __restrict__ codes, const uint32_t* __restrict__ zeros, int64_t channels,
                            int64_t cols, uint32_t* __restrict__ to_codes, uint32_t* __restrict__ to_zeros) {
    int64_t words = (channels + 7) / 8, across = blockIdx.x * int64_t{kRepackBlock.x} + threadIdx.x;
    if (across >= words) {
        return;
    }
    int64_t channel = across * kEight;
    int64_t step = gridDim.y * int64_t{kRepackBlock.y} * kEight;
    for (int64_t col = (blockIdx.y * int64_t{kRepackBlock.y} + threadIdx.y) * kEight; col < cols; col += step) {
        uint32_t word[kEight];
        read_words<From>(codes, channels, channel, cols, col, word);
        turn_nibbles(word);
        write_words<To>(to_codes, channels, channel, cols, col, word);
        if (col % kInt4Group == 0) {
            int64_t at = col / kInt4Group * words + across;
            int count = static_cast<int>(min(channels - channel, int64_t{kEight}));
            to_zeros[at] = repack_zeros<From, To>(zeros[at], count);
        }
    }
}
