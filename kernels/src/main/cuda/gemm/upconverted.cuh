// fp8 codes as tensor cores before Ada multiply them: they lie in shared memory as they are stored and become fp16 in registers.
//
// A lane holds four codes that are neighbours of a row where an mma of fp16 wants two and, eight columns on, two more. Which column is
// called which does not matter to a sum as long as a and b agree: the first two of the four play the former, the other two the latter.
#pragma once

#include "gemm/fp8_halves.cuh"
#include "gemm/mma_types.cuh"

template <class Type>
struct Upconverted {
    uint8_t bits;
};

template <class Type>
__device__ void multiply_add_upconverted(FragmentC& c, const FragmentA& a, const FragmentB& b) {
#pragma unroll
    for (int i = 0; i < 2; i++) {
        uint32_t top = a.at[2 * i], bottom = a.at[2 * i + 1];
        FragmentA rows{first_halves<Type>(top), first_halves<Type>(bottom), last_halves<Type>(top), last_halves<Type>(bottom)};
        multiply_add<Fp16>(c, rows, {first_halves<Type>(b.at[i]), last_halves<Type>(b.at[i])});
    }
}

template <>
__device__ inline void multiply_add<Upconverted<E4m3>>(FragmentC& c, const FragmentA& a, const FragmentB& b) {
    multiply_add_upconverted<E4m3>(c, a, b);
}

template <>
__device__ inline void multiply_add<Upconverted<E5m2>>(FragmentC& c, const FragmentA& a, const FragmentB& b) {
    multiply_add_upconverted<E5m2>(c, a, b);
}
