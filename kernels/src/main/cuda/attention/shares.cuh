// Blocks that share the keys of a row: what each leaves behind, and a kernel that puts it together.
#pragma once

#include <cstdint>

#include "common/plain.cuh"

// Exponentials are at most 1; in fp16, whose smallest number is 2^-24, they are made larger by this power of two so that
// small ones are not lost beside values that matter. It cancels in the quotient.
template <class T>
constexpr float kHeadroom = 0;
template <>
constexpr float kHeadroom<Fp16> = 15;

struct Stretch {
    int from, to;
};

// The part of the keys [begin, end) that a share has; all begin and end with tiles, those at the ends beyond the keys.
__device__ inline Stretch share_of(int begin, int end, int tile, int share, int shares) {
    int first = begin / tile;
    int64_t tiles = max(0, (end + tile - 1) / tile - first);
    return {(first + static_cast<int>(tiles * share / shares)) * tile,
            (first + static_cast<int>(tiles * (share + 1) / shares)) * tile};
}

// What shares of the keys leave behind, a row being token * heads + head: sums [shares, rows, dim], and for each row the
// largest scaled score and the denominator, [shares, rows].
struct SharePartials {
    float* sums;
    float* largest;
    float* denominators;
    int64_t rows;
};

// The logarithm of a row's sum of exponentials, from its largest score to base 2 and its denominator.
template <class T>
__device__ float natural_lse(float largest, float denominator) {
    constexpr float ln2 = 0.693147180559945f;
    return (largest + log2f(denominator) - kHeadroom<T>) * ln2;
}

// Puts shares together: a block a row, a thread an element of the head.
template <class T>
__device__ void merge_shares(const SharePartials& partials, int shares, int dim, T* __restrict__ o,
                             float* __restrict__ lse) {
    int64_t row = blockIdx.x;
    float most = -INFINITY;
    for (int share = 0; share < shares; share++) {
        most = fmaxf(most, partials.largest[share * partials.rows + row]);
    }
    float anchor = most == -INFINITY ? 0 : most;
    float sum = 0, denominator = 0;
    for (int share = 0; share < shares; share++) {
        int64_t at = share * partials.rows + row;
        float weight = exp2f(partials.largest[at] - anchor);
        denominator += weight * partials.denominators[at];
        sum += weight * partials.sums[at * dim + threadIdx.x];
    }
    o[row * dim + threadIdx.x] = from_float<T>(denominator == 0 ? 0 : sum / denominator);
    if (lse && threadIdx.x == 0) {
        lse[row] = natural_lse<T>(most, denominator);
    }
}
