// Softmax of rows whose scores come a tile of keys at a time: a thread has two rows, eight apart, as fragments of c do, and
// four lanes share them.
#pragma once

#include "attention/shares.cuh"
#include "attention/visible.cuh"
#include "common/mma.cuh"

// Scores against the keys from `first` on: those of keys that a row does not see become minus infinity.
template <int tiles>
__device__ void hide(const Visible (&sight)[2], int first, FragmentC (&scores)[tiles]) {
    int lane = threadIdx.x % 32;
    if (sight[0].sees_all(first, first + tiles * 8) && sight[1].sees_all(first, first + tiles * 8)) {
        return;
    }
#pragma unroll
    for (int j = 0; j < tiles; j++) {
#pragma unroll
        for (int i = 0; i < 4; i++) {
            if (!sight[i / 2].sees(first + j * 8 + lane % 4 * 2 + i % 2)) {
                scores[j].at[i] = -INFINITY;
            }
        }
    }
}

template <class T>
struct RunningSoftmax {
    float largest[2] = {-INFINITY, -INFINITY};
    float denominator[2] = {0, 0};

    // Scores become exponentials against the largest score so far; sums made before are rescaled to it.
    template <int score_tiles, int out_tiles>
    __device__ void exponentiate(FragmentC (&scores)[score_tiles], float scale, FragmentC (&out)[out_tiles]) {
#pragma unroll
        for (int i = 0; i < 2; i++) {
            float most = largest[i];
#pragma unroll
            for (int j = 0; j < score_tiles; j++) {
                most = fmaxf(most, __fmul_rn(fmaxf(scores[j].at[2 * i], scores[j].at[2 * i + 1]), scale));
            }
            most = fmaxf(most, __shfl_xor_sync(~0u, most, 1));
            most = fmaxf(most, __shfl_xor_sync(~0u, most, 2));
            // A row that has seen no key yet: any finite number keeps its exponentials zeros.
            float anchor = most == -INFINITY ? 0 : most;
            float rescale = exp2f(largest[i] - anchor);
            largest[i] = most;
            float sum = 0;
#pragma unroll
            for (int j = 0; j < score_tiles; j++) {
#pragma unroll
                for (int side = 0; side < 2; side++) {
                    float& score = scores[j].at[2 * i + side];
                    // Rounded as the largest was, so that no exponent is above the headroom, however large scores are.
                    score = exp2f(__fmul_rn(score, scale) - anchor + kHeadroom<T>);
                    sum += score;
                }
            }
            // Only of the lane's keys.
            denominator[i] = denominator[i] * rescale + sum;
#pragma unroll
            for (int j = 0; j < out_tiles; j++) {
                out[j].at[2 * i] *= rescale;
                out[j].at[2 * i + 1] *= rescale;
            }
        }
    }

    // After the last tile.
    __device__ void finish() {
#pragma unroll
        for (int i = 0; i < 2; i++) {
            denominator[i] += __shfl_xor_sync(~0u, denominator[i], 1);
            denominator[i] += __shfl_xor_sync(~0u, denominator[i], 2);
        }
    }
};
