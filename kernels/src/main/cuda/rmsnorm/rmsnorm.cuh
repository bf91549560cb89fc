// RMSNorm of a row: x over the root of its mean square, times a weight a column.
#pragma once

#include "rows/held_row.cuh"

template <class Team, class T>
__device__ void rmsnorm(const T* __restrict__ x, const T* __restrict__ w, T* __restrict__ y, int rows, int cols,
                        float epsilon) {
    Team team;
    if (team.row() >= rows) {
        return;
    }
    int64_t begin = int64_t{team.row()} * cols;
    HeldRow<T, Team> row(team, x + begin, cols, 0);

    float squares = 0;
    row.each([&](const float(&values)[kWidth<T>], int, int) {
#pragma unroll
        for (int i = 0; i < kWidth<T>; i++) {
            squares += values[i] * values[i];
        }
    });
    float scale = rsqrtf(team.template all<Sum>(squares) / cols + epsilon);

    row.each([&](float(&values)[kWidth<T>], int col, int count) {
        float weights[kWidth<T>];
        load_parameters(w, col, count, weights);
#pragma unroll
        for (int i = 0; i < kWidth<T>; i++) {
            values[i] *= scale * weights[i];
        }
        row.store(y + begin, values, col, count);
    });
}
