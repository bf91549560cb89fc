// Eight neighbours under one scale become eight bytes.
#pragma once

#include "common/plain.cuh"

template <class Rule, class T>
__device__ Pack<uint8_t> encode_eight(const Pack<T>& x, float factor) {
    Pack<uint8_t> codes;
#pragma unroll
    for (int i = 0; i < kEight; i += 2) {
        uint32_t two = Rule::two(to_float(x.at[i]), to_float(x.at[i + 1]), factor);
        codes.at[i] = two & 0xff;
        codes.at[i + 1] = two >> 8;
    }
    return codes;
}
