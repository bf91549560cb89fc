// LayerNorm of a row: what is left without the mean, over its deviation, times a weight a column, plus a bias a column.
// The mean is known before squares are added, so that nothing cancels where rows lie far from zero.
#pragma once

#include "rows/held_row.cuh"

template <class Team, class T>
__device__ void layernorm(const T* __restrict__ x, const T* __restrict__ w, const T* __restrict__ b, T* __restrict__ y,
                          int rows, int cols, float epsilon) {
    Team team;
    if (team.row() >= rows) {
        return;
    }
    int64_t begin = int64_t{team.row()} * cols;
    HeldRow<T, Team> row(team, x + begin, cols, 0);

    float sum = 0;
    row.each([&](const float(&values)[kWidth<T>], int, int) {
#pragma unroll
        for (int i = 0; i < kWidth<T>; i++) {
            sum += values[i];
        }
    });
    float mean = team.template all<Sum>(sum) / cols;

    float squares = 0;
    row.each([&](const float(&values)[kWidth<T>], int, int count) {
#pragma unroll
        for (int i = 0; i < kWidth<T>; i++) {
            float centred = values[i] - mean;
            squares += i < count ? centred * centred : 0;
        }
    });
    float scale = rsqrtf(team.template all<Sum>(squares) / cols + epsilon);

    row.each([&](float(&values)[kWidth<T>], int col, int count) {
        float weights[kWidth<T>];
        float biases[kWidth<T>];
        load_parameters(w, col, count, weights);
        load_parameters(b, col, count, biases);
#pragma unroll
        for (int i = 0; i < kWidth<T>; i++) {
            values[i] = (values[i] - mean) * scale * weights[i] + biases[i];
        }
        row.store(y + begin, values, col, count);
    });
}
