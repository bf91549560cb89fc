// Largest magnitudes. They are exact in any order, so scales come out the same for every geometry.
#pragma once

#include "common/plain.cuh"

// Passes over NaN: fmaxf returns the other operand.
template <class T, int width>
__device__ float abs_max(const Pack<T, width>& pack) {
    float largest = 0;
#pragma unroll
    for (int i = 0; i < width; i++) {
        largest = fmaxf(largest, fabsf(to_float(pack.at[i])));
    }
    return largest;
}

// Over groups of `lanes` neighbours of a warp; either all lanes of a group call or none.
template <int lanes>
__device__ float group_max(float value) {
    static_assert(lanes >= 2 && lanes <= 32 && (lanes & (lanes - 1)) == 0, "a power of two within a warp");
    unsigned first = threadIdx.x % 32 & ~(lanes - 1);
    unsigned members = (lanes == 32 ? ~0u : (1u << lanes % 32) - 1) << first;
#pragma unroll
    for (int distance = lanes / 2; distance > 0; distance /= 2) {
        value = fmaxf(value, __shfl_xor_sync(members, value, distance));
    }
    return value;
}

// Over a block of whole warps; every thread calls and gets the maximum. Not to be called twice without a barrier between.
__device__ inline float block_max(float value) {
    __shared__ float of_warp[32];
    unsigned thread = threadIdx.y * blockDim.x + threadIdx.x;
    unsigned warps = blockDim.x * blockDim.y / 32;
    // Magnitudes are ordered as their bits are.
    uint32_t largest = __reduce_max_sync(~0u, __float_as_uint(value));
    if (thread % 32 == 0) {
        of_warp[thread / 32] = __uint_as_float(largest);
    }
    __syncthreads();
    uint32_t mine = thread % 32 < warps ? __float_as_uint(of_warp[thread % 32]) : 0;
    return __uint_as_float(__reduce_max_sync(~0u, mine));
}
