// A block of threads copies bytes between shared and global memory, both 16-byte aligned.
#pragma once

#include <cstdint>

__device__ inline void copy_bytes(uint8_t* __restrict__ to, const uint8_t* __restrict__ from, int bytes) {
    int vectors = bytes / 16;
    for (int i = threadIdx.x; i < vectors; i += blockDim.x) {
        reinterpret_cast<uint4*>(to)[i] = reinterpret_cast<const uint4*>(from)[i];
    }
    for (int i = vectors * 16 + threadIdx.x; i < bytes; i += blockDim.x) {
        to[i] = from[i];
    }
}
