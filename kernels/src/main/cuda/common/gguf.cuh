// GGUF's blocks: how many elements and bytes they have, and what eight neighbours from `first` on decode to.
#pragma once

#include "common/plain.cuh"

namespace gguf {

__device__ inline float half_at(const uint8_t* p) { return to_float(*reinterpret_cast<const Fp16*>(p)); }

// GGUF q8_0: blocks of 34 bytes, fp16 d and 32 signed codes; y = code * d.
struct Q8_0 {
    static constexpr int elements = 32, bytes = 34;
    static __device__ void decode(const uint8_t* block, int first, Pack<float>& values) {
        float d = half_at(block);
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            values.at[i] = __fmul_rn(static_cast<int8_t>(block[2 + first + i]), d);
        }
    }
};

// GGUF q4_0: blocks of 18 bytes, fp16 d, then byte j holds element j in its low and j + 16 in its high nibble; y = (code - 8) * d.
struct Q4_0 {
    static constexpr int elements = 32, bytes = 18;
    static __device__ void decode(const uint8_t* block, int first, Pack<float>& values) {
        float d = half_at(block);
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            int code = block[2 + first % 16 + i] >> first / 16 * 4 & 0xf;
            values.at[i] = __fmul_rn(code - 8, d);
        }
    }
};

// GGUF q4_k: blocks of 144 bytes for 256 elements: fp16 d and dmin, eight 6-bit scales and minima, nibbles;
// y = (d * scale) * code - dmin * min, in which every product is exact.
struct Q4_K {
    static constexpr int elements = 256, bytes = 144;
    // Sub-block s of eight: its scale and its minimum, whose upper two bits lie apart from s = 4 on.
    static __device__ int scale(const uint8_t* packed, int s) {
        return s < 4 ? packed[s] & 63 : (packed[4 + s] & 0xf) | packed[s - 4] >> 6 << 4;
    }
    static __device__ int minimum(const uint8_t* packed, int s) {
        return s < 4 ? packed[4 + s] & 63 : packed[4 + s] >> 4 | packed[s] >> 6 << 4;
    }
    static __device__ void decode(const uint8_t* block, int first, Pack<float>& values) {
        int s = first / 32;
        float step = __fmul_rn(half_at(block), scale(block + 4, s));
        float below = __fmul_rn(half_at(block + 2), minimum(block + 4, s));
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            int code = block[16 + s / 2 * 32 + first % 32 + i] >> s % 2 * 4 & 0xf;
            values.at[i] = __fsub_rn(__fmul_rn(step, code), below);
        }
    }
};

// GGUF q6_k: blocks of 210 bytes for 256 elements: low nibbles, upper bit pairs, sixteen signed scales, fp16 d;
// y = (d * scale) * (code - 32).
struct Q6_K {
    static constexpr int elements = 256, bytes = 210;
    static constexpr int high = 128, scales = 192, d = 208;
    static __device__ void decode(const uint8_t* block, int first, Pack<float>& values) {
        float step = __fmul_rn(half_at(block + d), static_cast<int8_t>(block[scales + first / 16]));
        const uint8_t* low_bits = block + first / 128 * 64 + first % 64;
        const uint8_t* high_bits = block + high + first / 128 * 32 + first % 32;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            int low = low_bits[i] >> first % 128 / 64 * 4 & 0xf;
            int upper = high_bits[i] >> first % 128 / 32 * 2 & 3;
            values.at[i] = __fmul_rn(step, (low | upper << 4) - 32);
        }
    }
};

}  // namespace gguf
