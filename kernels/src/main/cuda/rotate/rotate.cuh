// Rows turned by their tokens' positions, as append/rope.cuh turns keys: x [tokens, heads, head_dim], positions [tokens],
// cos_sin [positions, rotary_dim] to y like x. Extents are multiples of 16.
//
// A lane holds both packs of eight whose elements are pairs; grid in x alone, striding.
#pragma once

#include "append/rope.cuh"

template <bool interleaved, class T>
__device__ void rotate(const T* __restrict__ x, const int* __restrict__ positions, const float* __restrict__ cos_sin,
                       T* __restrict__ y, int64_t tokens, int heads, int head_dim, int rotary_dim) {
    int lanes = head_dim / (2 * kEight);
    int64_t step = int64_t{gridDim.x} * blockDim.x;
    for (int64_t i = int64_t{blockIdx.x} * blockDim.x + threadIdx.x; i < tokens * heads * lanes; i += step) {
        int64_t row = i / lanes;
        int unit = static_cast<int>(i % lanes);
        int half = rotary_dim / 2;
        bool turns = unit * kEight < half;
        // Halves of what turns come first, then the rest in order.
        int low_at = turns ? unit * kEight : unit * 2 * kEight;
        int high_at = turns ? half + unit * kEight : low_at + kEight;
        Pack<float> low = load_floats(x + row * head_dim + low_at, true);
        Pack<float> high = load_floats(x + row * head_dim + high_at, true);
        if (turns) {
            turn_eights<interleaved>(low, high, cos_sin + int64_t{positions[row / heads]} * rotary_dim, half, unit);
        }
        store_pack(y + row * head_dim + low_at, Plain<T>::encode(low, 0), kEight, true);
        store_pack(y + row * head_dim + high_at, Plain<T>::encode(high, 0), kEight, true);
    }
}
