// The scale type of the OCP microscaling formats: code c is 2^(c - 127), 255 is NaN.
#pragma once

#include <cstdint>

constexpr uint32_t kE8m0Nan = 255;

// 0 is the subnormal 2^-127.
__device__ inline float decode_e8m0(uint32_t code) {
    return __uint_as_float(code == kE8m0Nan ? 0x7fc00000 : code == 0 ? 0x00400000 : code << 23);
}
