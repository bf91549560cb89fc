// Softmax of a row: exp(x - max x) over the sum of those.
#pragma once

#include "rows/held_row.cuh"

// exp(x - largest). The difference is rounded before anything multiplies it, so that the largest is 1 however large it is.
__device__ inline float exponential(float x, float largest) {
    constexpr float kLog2E = 1.44269504f;
    return exp2f((x - largest) * kLog2E);
}

// The largest element so far and the sum of exponentials against it.
struct RunningSum {
    float largest = -INFINITY;
    float sum = 0;

    template <int width>
    __device__ void add(const float (&values)[width]) {
        float most = largest;
#pragma unroll
        for (int i = 0; i < width; i++) {
            most = fmaxf(most, values[i]);
        }
        // Nothing but minus infinity so far: any finite number keeps its exponentials zeros.
        float anchor = most == -INFINITY ? 0 : most;
        sum *= exponential(largest, anchor);
        largest = most;
#pragma unroll
        for (int i = 0; i < width; i++) {
            sum += exponential(values[i], anchor);
        }
    }
};

template <class Team, class T>
__device__ void softmax(const T* __restrict__ x, T* __restrict__ y, int rows, int cols) {
    Team team;
    if (team.row() >= rows) {
        return;
    }
    int64_t begin = int64_t{team.row()} * cols;
    HeldRow<T, Team> row(team, x + begin, cols, -INFINITY);

    RunningSum beyond;
    row.each_beyond([&](const float(&values)[kWidth<T>], int, int) { beyond.add(values); });
    float largest = beyond.largest;
    row.each_held([&](const float(&values)[kWidth<T>], int, int) {
#pragma unroll
        for (int i = 0; i < kWidth<T>; i++) {
            largest = fmaxf(largest, values[i]);
        }
    });
    largest = team.template all<Max>(largest);

    float sum = 0;
    row.each_held([&](float(&values)[kWidth<T>], int, int) {
#pragma unroll
        for (int i = 0; i < kWidth<T>; i++) {
            values[i] = exponential(values[i], largest);
            sum += values[i];
        }
    });
    if constexpr (!Team::kHoldsAll) {
        sum += beyond.sum * exponential(beyond.largest, largest);
    }
    float factor = 1 / team.template all<Sum>(sum);

    row.each_held([&](float(&values)[kWidth<T>], int col, int count) {
#pragma unroll
        for (int i = 0; i < kWidth<T>; i++) {
            values[i] *= factor;
        }
        row.store(y + begin, values, col, count);
    });
    row.each_beyond([&](float(&values)[kWidth<T>], int col, int count) {
#pragma unroll
        for (int i = 0; i < kWidth<T>; i++) {
            values[i] = exponential(values[i], largest) * factor;
        }
        row.store(y + begin, values, col, count);
    });
}
