// Eight neighbours become eight e2m1 codes in four bytes, even columns in the low nibbles.
#pragma once

#include "common/codes.cuh"
#include "common/plain.cuh"

template <class T>
__device__ Pack<uint8_t, 4> encode_e2m1(const Pack<T>& x, float factor) {
    Pack<uint8_t, 4> codes;
#pragma unroll
    for (int i = 0; i < kEight; i += 2) {
        codes.at[i / 2] = encode<E2m1>(__fmul_rn(to_float(x.at[i]), factor)) |
                          encode<E2m1>(__fmul_rn(to_float(x.at[i + 1]), factor)) << 4;
    }
    return codes;
}
