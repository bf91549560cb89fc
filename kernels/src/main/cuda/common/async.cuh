// cp.async: 16 bytes from global to shared memory without registers between, counted in groups.
#pragma once

#include <cstdint>

#include "common/plain.cuh"

// What one cp.async copies, and one row of a matrix of ldmatrix.
constexpr int kChunkBytes = 16;

__device__ inline uint32_t shared_address(const void* p) { return static_cast<uint32_t>(__cvta_generic_to_shared(p)); }

// The first `bytes` of 16 are copied, the rest are zeros; both ends are 16-byte aligned.
__device__ inline void copy_async(void* to, const void* from, int bytes) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(shared_address(to)), "l"(from), "r"(bytes)
                 : "memory");
}

// Everything copied since the last call is one group.
__device__ inline void commit_copies() { asm volatile("cp.async.commit_group;" ::: "memory"); }

// Waits until at most `pending` of the youngest groups of this thread are under way.
template <int pending>
__device__ void wait_copies() {
    asm volatile("cp.async.wait_group %0;" ::"n"(pending) : "memory");
}

// A chunk whose row does not lie on 16 bytes, of which `count` elements exist.
template <class T>
__device__ void copy_elements(T* to, const T* from, int count) {
    constexpr int width = kChunkBytes / sizeof(T), at_once = width < kEight ? width : kEight;
#pragma unroll 1
    for (int i = 0; i < width; i += at_once) {
        *reinterpret_cast<Pack<T, at_once>*>(to + i) = load_pack<T, at_once>(from + i, count - i, false);
    }
}
