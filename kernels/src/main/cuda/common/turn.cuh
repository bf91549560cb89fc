// Pairs of a row turned by the angles of its position, a row of a table: cosines, then sines. Products and sums are rounded one
// by one, so that whoever turns a row has the same bits.
#pragma once

#include "common/plain.cuh"

__device__ inline void turn(float& x, float& y, float cos, float sin) {
    float turned = __fsub_rn(__fmul_rn(x, cos), __fmul_rn(y, sin));
    y = __fadd_rn(__fmul_rn(y, cos), __fmul_rn(x, sin));
    x = turned;
}

// `low` and `high` are elements [8 unit, 8 unit + 8) of either half of the part that turns.
template <bool interleaved>
__device__ void turn_eights(Pack<float>& low, Pack<float>& high, const float* cos_sin, int half, int unit) {
    if constexpr (interleaved) {
        const float *cos = cos_sin + unit * (kEight / 2), *sin = cos + half;
        // The second half's pairs are a quarter of the table further on.
        int next = half / 2;
#pragma unroll
        for (int i = 0; i < kEight / 2; i++) {
            turn(low.at[2 * i], low.at[2 * i + 1], cos[i], sin[i]);
            turn(high.at[2 * i], high.at[2 * i + 1], cos[next + i], sin[next + i]);
        }
    } else {
        Pack<float> cos = load_pack(cos_sin + unit * kEight, kEight, true);
        Pack<float> sin = load_pack(cos_sin + half + unit * kEight, kEight, true);
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            turn(low.at[i], high.at[i], cos.at[i], sin.at[i]);
        }
    }
}
