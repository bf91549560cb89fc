// MXFP8: e4m3 codes, one E8M0 scale 32 neighbours.
#pragma once

#include "quantize/eight.cuh"
#include "quantize/fp8_rules.cuh"
#include "quantize/microscaling.cuh"

// The largest e4m3 number is 1.75 * 2^8.
struct Mxfp8 : Microscaling<8> {
    static constexpr int code_bytes = kEight;

    template <class T>
    __device__ Pack<uint8_t> encode(const Pack<T>& values, float factor) const {
        return encode_eight<Scaled<E4m3>>(values, factor);
    }
};
