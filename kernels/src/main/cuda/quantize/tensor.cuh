// One scale a tensor. Two launches: each block leaves the largest magnitude of its part in `partials`; then every block
// takes the largest of those and encodes its part. Where the scale is given there is one. x and codes are read as one row of n
// elements.
#pragma once

#include "common/reduce.cuh"
#include "quantize/eight.cuh"

__device__ inline int64_t first_eight() { return (blockIdx.x * int64_t{blockDim.x} + threadIdx.x) * kEight; }

__device__ inline int64_t eights_apart() { return gridDim.x * int64_t{blockDim.x} * kEight; }

__device__ inline int within(int64_t n, int64_t i) { return static_cast<int>(min(n - i, int64_t{kEight})); }

template <class T>
__device__ void tensor_abs_max(const T* __restrict__ x, int64_t n, float* __restrict__ partials) {
    float largest = 0;
    for (int64_t i = first_eight(); i < n; i += eights_apart()) {
        int count = within(n, i);
        largest = fmaxf(largest, abs_max(load_pack(x + i, count, count == kEight)));
    }
    largest = block_max(largest);
    if (threadIdx.x == 0) {
        partials[blockIdx.x] = largest;
    }
}

// The largest magnitude of the tensor, from what the blocks of the first launch left.
__device__ inline float largest_of(const float* __restrict__ partials, int count) {
    float largest = 0;
    for (int i = threadIdx.x; i < count; i += blockDim.x) {
        largest = fmaxf(largest, partials[i]);
    }
    return block_max(largest);
}

// Codes under a factor, from this block's part on.
template <class Rule, class T>
__device__ void encode_tensor(const T* __restrict__ x, int64_t n, float factor, uint8_t* __restrict__ codes) {
    for (int64_t i = first_eight(); i < n; i += eights_apart()) {
        int count = within(n, i);
        store_pack(codes + i, encode_eight<Rule>(load_pack(x + i, count, count == kEight), factor), count,
                   count == kEight);
    }
}

// Under a scale that is given.
template <class Rule, class T>
__device__ void quantize_static(const T* __restrict__ x, int64_t n, const float* __restrict__ scale, uint8_t* __restrict__ codes) {
    // One scale a tensor: no rule of it asks for the largest magnitude again.
    encode_tensor<Rule>(x, n, Rule::factor(0, *scale), codes);
}

template <class Rule, class T>
__device__ void quantize_tensor(const T* __restrict__ x, int64_t n, const float* __restrict__ partials, int parts,
                                uint8_t* __restrict__ codes, float* __restrict__ scales) {
    float largest = largest_of(partials, parts);
    float scale = Rule::scale(largest);
    float factor = Rule::factor(largest, scale);
    if (blockIdx.x == 0 && threadIdx.x == 0) {
        scales[0] = scale;
    }
    encode_tensor<Rule>(x, n, factor, codes);
}
