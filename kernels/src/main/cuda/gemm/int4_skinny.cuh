// Four-bit weights for gemm/skinny.cuh. A code less its zero point is a small whole number, which bf16 has exactly; codes become bf16 two
// at a time.
#pragma once

#include "gemm/int4_weight.cuh"
#include "gemm/skinny.cuh"

static_assert(kSkinnyGroup == kInt4Group);

// Nibbles i and i + 4 of a word as bf16, 128 larger.
__device__ inline uint32_t above_128(uint32_t word, int i) {
    uint32_t pair;
    asm("lop3.b32 %0, %1, 0x000f000f, 0x43004300, 0xea;" : "=r"(pair) : "r"(word >> 4 * i));
    return pair;
}

// Both of the pair and `negative`, exactly.
__device__ inline uint32_t plus(uint32_t pair, uint32_t negative) {
    uint32_t sums;
    asm("fma.rn.bf16x2 %0, %1, %2, %3;" : "=r"(sums) : "r"(pair), "r"(0x3f803f80), "r"(negative));
    return sums;
}

// What a group has for each of a lane's channels: twice -(128 + zero point) in bf16, and the scale.
struct SkinnyGroup {
    uint32_t negative[2 * kSkinnyTiles];
    float scale[2 * kSkinnyTiles];
};

// A lane's words of 64 channels by 32 columns: eight channels of one column each, or eight columns of one channel.
template <bool channels_in_word>
struct SkinnyWords;

template <>
struct SkinnyWords<true> {
    uint32_t word[8];

    __device__ static int channel(int lane, int i) { return lane / 4 * kEight + i; }

    // Words of columns 4 t to 4 t + 3 of either half of the step.
    template <class Layout>
    __device__ void load(const Int4Weight<Layout>& b, int64_t first, int64_t col, int lane) {
        int64_t across = first / kEight + lane / 4;
#pragma unroll
        for (int i = 0; i < 8; i++) {
            int64_t k = col + i / 4 * 16 + lane % 4 * 4 + i % 4;
            word[i] = k < b.k && across < b.words() ? b.codes[k * b.words() + across] : 0;
        }
    }

    // Of two columns the same four nibbles lie in one word, four bits a channel: those of even channels, or of odd ones.
    __device__ FragmentA codes(int tile, int half, const SkinnyGroup& group) const {
        uint32_t upper = group.negative[2 * tile], lower = group.negative[2 * tile + 1];
        const uint32_t* at = word + half * 4;
        return {plus(above_128(__byte_perm(at[0], at[1], 0x5410), tile), upper), plus(above_128(__byte_perm(at[0], at[1], 0x7632), tile), lower),
                plus(above_128(__byte_perm(at[2], at[3], 0x5410), tile), upper), plus(above_128(__byte_perm(at[2], at[3], 0x7632), tile), lower)};
    }
};

template <>
struct SkinnyWords<false> {
    uint32_t word[8];

    __device__ static int channel(int lane, int i) { return i / 4 * 32 + lane / 4 * 4 + i % 4; }

    // Words of columns 8 t to 8 t + 7 of the step.
    template <class Layout>
    __device__ void load(const Int4Weight<Layout>& b, int64_t first, int64_t col, int lane) {
        int64_t k = col + lane % 4 * kEight;
#pragma unroll
        for (int i = 0; i < 8; i += 4) {
            int64_t row = first + channel(lane, i);
            int there = k < b.k ? static_cast<int>(max(int64_t{0}, min(b.n - row, int64_t{4}))) : 0;
            Pack<uint32_t, 4> four = load_pack<uint32_t, 4>(b.codes + k / kEight * b.n + row, there, there == 4 && b.n % 4 == 0);
#pragma unroll
            for (int j = 0; j < 4; j++) {
                word[i + j] = four.at[j];
            }
        }
    }

    // Columns 2 half, + 4, + 1, + 5 of a word's eight.
    __device__ FragmentA codes(int tile, int half, const SkinnyGroup& group) const {
        uint32_t upper = group.negative[2 * tile], lower = group.negative[2 * tile + 1];
        uint32_t above = word[2 * tile], below = word[2 * tile + 1];
        return {plus(above_128(above, 2 * half), upper), plus(above_128(below, 2 * half), lower),
                plus(above_128(above, 2 * half + 1), upper), plus(above_128(below, 2 * half + 1), lower)};
    }
};

// Eight columns of a row of a for either half of a step.
template <bool channels_in_word>
struct SkinnyColumns {
    uint32_t two[4];

    __device__ SkinnyColumns(const Bf16* row, int64_t col, int64_t k, int lane) {
        if constexpr (channels_in_word) {
#pragma unroll
            for (int half = 0; half < 2; half++) {
                int64_t at = col + half * 16 + lane % 4 * 4;
                auto four = load_pack<Bf16, 4>(row + at, there_of(k - at, 4), k % 4 == 0 && at < k);
                const uint2 pairs = *reinterpret_cast<const uint2*>(&four);
                two[half * 2] = pairs.x;
                two[half * 2 + 1] = pairs.y;
            }
        } else {
            int64_t at = col + lane % 4 * kEight;
            auto eight = load_pack<Bf16, kEight>(row + at, there_of(k - at, kEight), k % kEight == 0 && at < k);
            const uint4 pairs = *reinterpret_cast<const uint4*>(&eight);
            two[0] = __byte_perm(pairs.x, pairs.z, 0x5410);
            two[1] = __byte_perm(pairs.x, pairs.z, 0x7632);
            two[2] = __byte_perm(pairs.y, pairs.w, 0x5410);
            two[3] = __byte_perm(pairs.y, pairs.w, 0x7632);
        }
    }

    __device__ FragmentB half(int i) const { return {two[i * 2], two[i * 2 + 1]}; }
};

template <class Layout>
struct SkinnyInt4 : Int4Weight<Layout> {
    static constexpr int at_once = kSkinnySteps;
    using Words = SkinnyWords<Layout::channels_in_word>;
    using Columns = SkinnyColumns<Layout::channels_in_word>;

    __device__ static int channel(int lane, int i) { return Words::channel(lane, i); }

    __device__ SkinnyGroup group(int64_t first, int64_t group, int lane) const {
        SkinnyGroup of;
#pragma unroll
        for (int i = 0; i < 2 * kSkinnyTiles; i++) {
            int64_t row = first + channel(lane, i);
            bool there = row < this->n;
            uint32_t stored = there ? zero_word<Layout>(this->zeros, this->n, row, group) >> 4 * Layout::zero_nibble(row % kEight) : 0;
            of.negative[i] = 0xc300c300 | Layout::load_zero(stored & 0xf) * 0x00010001;
            of.scale[i] = there ? to_float(this->scale[group * this->n + row]) : 0;
        }
        return of;
    }
};
