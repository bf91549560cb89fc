// OCP microscaling: blocks of 32 under a power of two, 2^(floor(log2 largest) - exponent of the type's largest number).
// A NaN or an infinity makes its block NaN.
#pragma once

#include "common/e8m0.cuh"
#include "common/plain.cuh"

template <int max_exponent>
struct Microscaling {
    static constexpr int group = 32;
    using Scale = uint8_t;

    // Infinity where any element is not finite: what NaN and infinity do to a block is the same.
    template <class T>
    __device__ float largest(const Pack<T>& values) const {
        uint32_t bits = 0;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            bits = max(bits, __float_as_uint(to_float(values.at[i])) & 0x7fffffff);
        }
        return __uint_as_float(min(bits, 0x7f800000u));
    }
    __device__ float factor(float largest, uint8_t* scale) const {
        uint32_t exponent = __float_as_uint(largest) >> 23;
        uint32_t code = exponent == 255 ? kE8m0Nan : exponent > max_exponent ? exponent - max_exponent : 0;
        *scale = code;
        return decode_e8m0(code == kE8m0Nan ? code : 254 - code);
    }
};
