// Weights of a byte a code, [n, k] under one fp32 scale 128 neighbours, [n, ceil(k / 128)], for gemm/skinny.cuh.
#pragma once

#include "common/code_pairs.cuh"
#include "gemm/fp8_halves.cuh"
#include "gemm/skinny.cuh"

template <class Stored>
struct SkinnyBytes {
    // More would not leave registers for two blocks.
    static constexpr int at_once = kLacksNumbers<Stored> ? 1 : 2;

    const uint8_t* codes;
    const float* scales;
    int64_t n, k;

    struct Group {
        float scale[2 * kSkinnyTiles];
    };

    // Columns 8 t to 8 t + 7 of the step, of eight channels.
    struct Words {
        uint2 word[2 * kSkinnyTiles];

        __device__ void load(const SkinnyBytes& b, int64_t first, int64_t col, int lane) {
            int64_t at = col + lane % 4 * kEight;
#pragma unroll
            for (int i = 0; i < 2 * kSkinnyTiles; i++) {
                int64_t row = first + channel(lane, i);
                int there = row < b.n ? there_of(b.k - at, kEight) : 0;
                word[i] = load_codes(b.codes + row * b.k + at, there, there == kEight && b.k % kEight == 0);
            }
        }

        __device__ FragmentA codes(int tile, int half, const Group&) const {
            uint32_t upper[2], lower[2];
            unpack(half ? word[2 * tile].y : word[2 * tile].x, upper);
            unpack(half ? word[2 * tile + 1].y : word[2 * tile + 1].x, lower);
            return {upper[0], lower[0], upper[1], lower[1]};
        }
    };

    // Eight neighbours of a row of a.
    struct Columns {
        uint4 pairs;

        __device__ Columns(const Bf16* row, int64_t col, int64_t k, int lane) {
            int64_t at = col + lane % 4 * kEight;
            auto eight = load_pack<Bf16, kEight>(row + at, there_of(k - at, kEight), k % kEight == 0 && at < k);
            pairs = *reinterpret_cast<const uint4*>(&eight);
        }

        __device__ FragmentB half(int i) const { return i == 0 ? FragmentB{pairs.x, pairs.y} : FragmentB{pairs.z, pairs.w}; }
    };

    // Four codes of a channel as two pairs of bf16.
    __device__ static void unpack(uint32_t four, uint32_t (&pairs)[2]) {
        unpack_four(Stored{}, four, pairs);
        if constexpr (kLacksNumbers<Stored>) {
            uint32_t carries = no_numbers(four);
            if (carries & 0x80808080) {
                pairs[0] = nan_where<0x9988>(pairs[0], carries);
                pairs[1] = nan_where<0xbbaa>(pairs[1], carries);
            }
        }
    }

    __device__ static int channel(int lane, int i) { return i * 8 + lane / 4; }

    __device__ Group group(int64_t first, int64_t group, int lane) const {
        Group of;
        int64_t groups = (k + kSkinnyGroup - 1) / kSkinnyGroup;
#pragma unroll
        for (int i = 0; i < 2 * kSkinnyTiles; i++) {
            int64_t row = first + channel(lane, i);
            of.scale[i] = row < n ? scales[row * groups + group] : 0;
        }
        return of;
    }
};
