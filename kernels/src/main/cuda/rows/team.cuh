// Threads that share a row, and what they find out together. Every thread of a team calls all() and gets the result, which is
// the same in every thread and every run.
#pragma once

#include <cstdint>

struct Sum {
    __device__ static constexpr float nothing() { return 0; }
    __device__ static float of(float a, float b) { return a + b; }
};

// Passes over NaN: fmaxf returns the other operand.
struct Max {
    __device__ static float nothing() { return -INFINITY; }
    __device__ static float of(float a, float b) { return fmaxf(a, b); }
};

template <class Op>
__device__ float over_warp(float value) {
#pragma unroll
    for (int distance = 16; distance > 0; distance /= 2) {
        value = Op::of(value, __shfl_xor_sync(~0u, value, distance));
    }
    return value;
}

// A warp a row, which its registers hold.
struct Warp {
    static constexpr bool kHoldsAll = true;

    __device__ int row() const { return static_cast<int>(blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32); }
    __device__ int rank() const { return static_cast<int>(threadIdx.x % 32); }
    __device__ int size() const { return 32; }

    template <class Op>
    __device__ float all(float value) {
        return over_warp<Op>(value);
    }
};

// A block of whole warps a row, of any length.
struct Block {
    static constexpr bool kHoldsAll = false;

    __device__ int row() const { return static_cast<int>(blockIdx.x); }
    __device__ int rank() const { return static_cast<int>(threadIdx.x); }
    __device__ int size() const { return static_cast<int>(blockDim.x); }

    template <class Op>
    __device__ float all(float value) {
        // Two in turn: who writes one again has passed the barrier that all who read it came to afterwards.
        __shared__ float of_warp[2][32];
        float(&mine)[32] = of_warp[turn_];
        turn_ ^= 1;
        value = over_warp<Op>(value);
        if (threadIdx.x % 32 == 0) {
            mine[threadIdx.x / 32] = value;
        }
        __syncthreads();
        return over_warp<Op>(threadIdx.x % 32 < blockDim.x / 32 ? mine[threadIdx.x % 32] : Op::nothing());
    }

   private:
    int turn_ = 0;
};
