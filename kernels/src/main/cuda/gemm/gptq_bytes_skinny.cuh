// Weights of eight bits with zero points for gemm/skinny.cuh. A code less its zero point, from -255 to 255, is a bf16, but the way
// there has no bf16 to pass through that holds both: the bits of 2^7 have room for seven more. So a code becomes code - 128, exactly, and
// that loses zero point - 128, exactly.
#pragma once

#include "gemm/byte_skinny.cuh"
#include "gemm/gptq_bytes.cuh"
#include "gemm/int4_skinny.cuh"

// A byte in the low half of either half of `two`, less 128.
__device__ inline uint32_t less_128(uint32_t two) {
    // Seven bits on top of 128, less 128 where the eighth is set and 256 where it is not: 0x4300 is 128, and 0x4380 256.
    uint32_t seven, eighth;
    asm("lop3.b32 %0, %1, 0x007f007f, 0x43004300, 0xea;" : "=r"(seven) : "r"(two));
    asm("lop3.b32 %0, %1, 0x00800080, 0x43004300, 0xae;" : "=r"(eighth) : "r"(two));
    return multiply_add_pairs(eighth, 0xbf80bf80, seven);
}

struct SkinnyGptqBytes : GptqBytesWeight {
    // More would not leave registers for two blocks.
    static constexpr int at_once = 2;

    // Columns 8 t to 8 t + 3 of the step, and the four after.
    struct Words {
        uint32_t word[2][2 * kSkinnyTiles];

        __device__ void load(const SkinnyGptqBytes& b, int64_t first, int64_t col, int lane) {
#pragma unroll
            for (int half = 0; half < 2; half++) {
                int64_t at = col + lane % 4 * kEight + half * 4;
#pragma unroll
                for (int i = 0; i < 2 * kSkinnyTiles; i += 4) {
                    int64_t row = first + channel(lane, i);
                    int there = at < b.k ? there_of(b.n - row, 4) : 0;
                    auto four = load_pack<uint32_t, 4>(b.codes + at / 4 * b.n + row, there, there == 4 && b.n % 4 == 0);
#pragma unroll
                    for (int j = 0; j < 4; j++) {
                        word[half][i + j] = four.at[j];
                    }
                }
            }
        }

        __device__ FragmentA codes(int tile, int half, const SkinnyGroup& group) const {
            uint32_t upper = word[half][2 * tile], lower = word[half][2 * tile + 1];
            uint32_t of_upper = group.negative[2 * tile], of_lower = group.negative[2 * tile + 1];
            return {plus(less_128(__byte_perm(upper, 0, 0x4140)), of_upper), plus(less_128(__byte_perm(lower, 0, 0x4140)), of_lower),
                    plus(less_128(__byte_perm(upper, 0, 0x4342)), of_upper), plus(less_128(__byte_perm(lower, 0, 0x4342)), of_lower)};
        }
    };

    using Columns = SkinnyBytes<Int8Code>::Columns;

    __device__ static int channel(int lane, int i) { return SkinnyWords<false>::channel(lane, i); }

    // Four neighbours of a lane's channels have their zero points in one word.
    __device__ SkinnyGroup group(int64_t first, int64_t group, int lane) const {
        SkinnyGroup of;
#pragma unroll
        for (int i = 0; i < 2 * kSkinnyTiles; i += 4) {
            int64_t row = first + channel(lane, i);
            int there = there_of(n - row, 4);
            auto stored = load_pack<Fp16, 4>(scale + group * n + row, there, there == 4 && n % 4 == 0);
            uint32_t points = there > 0 ? zeros[group * zero_words() + row / 4] : 0;
#pragma unroll
            for (int j = 0; j < 4; j++) {
                // 128 less the zero point, whose bf16 is a float's upper half.
                float negative = 0x1p23f + 128 - byte_above_2_23(GptqBytes::load_zero(code_in<GptqBytes>(points, j)), 0);
                of.negative[i + j] = __byte_perm(__float_as_uint(negative), 0, 0x3232);
                of.scale[i + j] = to_float(stored.at[j]);
            }
        }
        return of;
    }
};
