// How published quantisers turn a largest magnitude into a scale, and an element into an fp8 code. They differ at ties, so
// every division and product says how it rounds.
#pragma once

#include <cfloat>

#include "common/fp8_pairs.cuh"

// fp8 by one scale a tensor: x * (1 / scale); a scale of 0 becomes 1.
template <class Type>
struct Fp8Tensor {
    static __device__ float scale(float abs_max) {
        float scale = __fdiv_rn(abs_max, Type::max);
        return scale == 0 ? 1 : scale;
    }
    static __device__ float factor(float, float scale) { return fminf(__fdiv_rn(1, scale), FLT_MAX); }
    static __device__ uint32_t two(float low, float high, float factor) {
        return encode_two<Type>(__fmul_rn(low, factor), __fmul_rn(high, factor));
    }
};

// fp8 by one scale a token: x / scale, the scale at least 1 / (512 * max).
template <class Type>
struct Fp8Token {
    static __device__ float scale(float abs_max) {
        return fmaxf(__fdiv_rn(abs_max, Type::max), __fdiv_rn(1, Type::max * 512));
    }
    static __device__ float factor(float, float scale) { return scale; }
    static __device__ uint32_t two(float low, float high, float factor) {
        return encode_two<Type>(__fdiv_rn(low, factor), __fdiv_rn(high, factor));
    }
};

// fp8 by one scale a group of a token: x / scale, the largest magnitude at least 1e-10.
template <class Type>
struct Fp8Group {
    static __device__ float scale(float abs_max) { return __fdiv_rn(fmaxf(abs_max, 1e-10f), Type::max); }
    static __device__ float factor(float, float scale) { return scale; }
    static __device__ uint32_t two(float low, float high, float factor) {
        return encode_two<Type>(__fdiv_rn(low, factor), __fdiv_rn(high, factor));
    }
};

// fp8 by one scale a square block of a weight: x * (1 / scale), the largest magnitude at least 1e-4.
template <class Type>
struct Fp8Block {
    static __device__ float scale(float abs_max) { return __fdiv_rn(fmaxf(abs_max, 1e-4f), Type::max); }
    static __device__ float factor(float, float scale) { return fminf(__fdiv_rn(1, scale), FLT_MAX); }
    static __device__ uint32_t two(float low, float high, float factor) {
        return encode_two<Type>(__fmul_rn(low, factor), __fmul_rn(high, factor));
    }
};

// x * factor, the factor a power of two.
template <class Type>
struct Scaled {
    static __device__ uint32_t two(float low, float high, float factor) {
        return encode_two<Type>(__fmul_rn(low, factor), __fmul_rn(high, factor));
    }
};
