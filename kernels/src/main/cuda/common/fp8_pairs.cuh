// Two floats to two fp8 codes. Apart from codes.cuh because it has a path of its own from Ada on, and what includes it is
// compiled once for each path.
#pragma once

#include "common/codes.cuh"

// Two codes, that of `low` in the low byte; in hardware from Ada on.
template <class Type>
__device__ uint32_t encode_two(float low, float high) {
    return encode<Type>(low) | encode<Type>(high) << 8;
}

#if __CUDA_ARCH__ >= 890
template <>
__device__ inline uint32_t encode_two<E4m3>(float low, float high) {
    uint16_t codes;
    asm("cvt.rn.satfinite.e4m3x2.f32 %0, %1, %2;" : "=h"(codes) : "f"(high), "f"(low));
    return codes;
}

template <>
__device__ inline uint32_t encode_two<E5m2>(float low, float high) {
    uint16_t codes;
    asm("cvt.rn.satfinite.e5m2x2.f32 %0, %1, %2;" : "=h"(codes) : "f"(high), "f"(low));
    return codes;
}
#endif
