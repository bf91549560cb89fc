// Softmax attention in fp64 as its definition says, a block a row of the output: what problems too large for the oracle on
// the CPU are held against. Scores are computed twice, first for the largest.
//
// q [tokens, heads, dim], k [tokens, kv heads, dim], v [tokens, kv heads, value_stride] of which value_dim count, scales
// [tokens, kv heads] or null; sums of probability times value, of their magnitudes and of their squares, all
// [tokens, heads, value_dim], and the largest magnitude of a row's scores [tokens, heads]. At most 1024 dimensions of values. Grid: queries of the longest sequence in x, heads in y,
// sequences in z; blocks of 256.
#pragma once

#include "attention/sequence.cuh"
#include "attention/stored.cuh"
#include "attention/visible.cuh"
#include "common/codes.cuh"

constexpr int kReferenceThreads = 256, kReferenceDims = 4;

__device__ inline float value_of(float x) { return x; }
__device__ inline float value_of(Fp16 x) { return to_float(x); }
__device__ inline float value_of(Bf16 x) { return to_float(x); }
__device__ inline float value_of(Int8Code x) { return static_cast<int8_t>(x.bits); }
__device__ inline float value_of(E4m3Code x) { return decode<E4m3>(x.bits); }

struct ReferenceShape {
    int heads, kv_heads, dim, value_dim, value_stride;
    double scale;
    Mask mask;
    int window;
    const int* tree_parents;
};

struct ReferenceSums {
    double *o, *magnitudes, *squares, *scores;
};

// Joins what the threads of the block hold, in their order; all of them call.
template <class Join>
__device__ double over_block(double value, Join join) {
    __shared__ double all[kReferenceThreads];
    all[threadIdx.x] = value;
    __syncthreads();
    double joined = all[0];
#pragma unroll 1
    for (int i = 1; i < kReferenceThreads; i++) {
        joined = join(joined, all[i]);
    }
    __syncthreads();
    return joined;
}

template <class T, class Stored>
__device__ void reference_attention(const T* __restrict__ q, const Stored* __restrict__ k, const Stored* __restrict__ v,
                                    const float* __restrict__ k_scales, const float* __restrict__ v_scales,
                                    const ReferenceSums& sums, const Batch& batch, const ReferenceShape& shape) {
    __shared__ double weights[kReferenceThreads];
    Sequence sequence(batch, blockIdx.z);
    int query = blockIdx.x, head = blockIdx.y, kv_head = head / (shape.heads / shape.kv_heads);
    if (query >= sequence.queries) {
        return;
    }
    int64_t row = (int64_t{sequence.first_query} + query) * shape.heads + head;
    Visible sight = visible(shape.mask, shape.window, shape.tree_parents, query, sequence.queries, sequence.keys);

    auto key_row = [&](int key) { return sequence.slot(key) * shape.kv_heads + kv_head; };
    auto score = [&](int key) {
        int64_t at = key_row(key);
        double sum = 0;
        for (int d = 0; d < shape.dim; d++) {
            sum += double{to_float(q[row * shape.dim + d])} * double{value_of(k[at * shape.dim + d])};
        }
        return sum * (k_scales ? double{k_scales[at]} : 1.0) * shape.scale;
    };

    double largest = -INFINITY, magnitude_of_scores = 0;
    for (int key = threadIdx.x; key < sequence.keys; key += kReferenceThreads) {
        if (sight.sees(key)) {
            double one = score(key);
            largest = fmax(largest, one);
            magnitude_of_scores = fmax(magnitude_of_scores, fabs(one));
        }
    }
    auto larger = [](double a, double b) { return fmax(a, b); };
    largest = over_block(largest, larger);
    magnitude_of_scores = over_block(magnitude_of_scores, larger);
    if (threadIdx.x == 0) {
        sums.scores[row] = magnitude_of_scores;
    }

    double denominator = 0, sum[kReferenceDims] = {}, magnitude[kReferenceDims] = {}, square[kReferenceDims] = {};
    for (int first = 0; first < sequence.keys; first += kReferenceThreads) {
        int mine = first + threadIdx.x;
        double weight = mine < sequence.keys && sight.sees(mine) ? exp(score(mine) - largest) : 0.0;
        denominator += weight;
        weights[threadIdx.x] = weight;
        __syncthreads();
#pragma unroll 1
        for (int key = first; key < min(first + kReferenceThreads, sequence.keys); key++) {
            if (weights[key - first] == 0) {
                continue;
            }
            int64_t at = key_row(key);
            double scaled = weights[key - first] * (v_scales ? double{v_scales[at]} : 1.0);
#pragma unroll
            for (int i = 0; i < kReferenceDims; i++) {
                int d = threadIdx.x + i * kReferenceThreads;
                double term = d < shape.value_dim ? scaled * double{value_of(v[at * shape.value_stride + d])} : 0.0;
                sum[i] += term;
                magnitude[i] += fabs(term);
                square[i] += term * term;
            }
        }
        __syncthreads();
    }
    denominator = over_block(denominator, [](double a, double b) { return a + b; });
    // A row that sees no key is zeros.
    denominator = denominator == 0 ? 1 : denominator;
#pragma unroll
    for (int i = 0; i < kReferenceDims; i++) {
        int d = threadIdx.x + i * kReferenceThreads;
        if (d < shape.value_dim) {
            int64_t at = row * shape.value_dim + d;
            sums.o[at] = sum[i] / denominator;
            sums.magnitudes[at] = magnitude[i] / denominator;
            sums.squares[at] = square[i] / (denominator * denominator);
        }
    }
}
