// How published quantisers turn a largest magnitude into a scale, and an element into an int8 code. They differ at ties, so
// every division and product says how it rounds.
#pragma once

#include "common/codes.cuh"

// Symmetric int8 by one scale a tensor: x / scale.
struct Int8Divided {
    static __device__ float scale(float abs_max) { return __fdiv_rn(abs_max, 127); }
    static __device__ float factor(float, float scale) { return scale; }
    static __device__ uint32_t two(float low, float high, float factor) {
        return encode_int8(__fdiv_rn(low, factor)) | encode_int8(__fdiv_rn(high, factor)) << 8;
    }
};

// Symmetric int8 by one scale a token, channel or group: x * (127 / abs_max), which is not 1 / scale.
struct Int8Multiplied {
    static __device__ float scale(float abs_max) { return __fdiv_rn(abs_max, 127); }
    static __device__ float factor(float abs_max, float) { return abs_max == 0 ? 0 : __fdiv_rn(127, abs_max); }
    static __device__ uint32_t two(float low, float high, float factor) {
        return encode_int8(__fmul_rn(low, factor)) | encode_int8(__fmul_rn(high, factor)) << 8;
    }
};
