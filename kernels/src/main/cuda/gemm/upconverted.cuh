// fp8 codes as tensor cores before Ada multiply them: they lie in shared memory as they are stored and become fp16 in registers.
//
// A lane holds four codes that are neighbours of a row where an mma of fp16 wants two and, eight columns on, two more. Which column is
// called which does not matter to a sum as long as a and b agree: the first two of the four play the former, the other two the latter.
#pragma once

#include "common/codes.cuh"
#include "gemm/mma_types.cuh"
#include "gemm/shares.cuh"

template <class Type>
struct Upconverted {
    uint8_t bits;
};

// What fp16 of `halves` is smaller by than the codes; a power of two, so nothing is lost.
template <class Type>
constexpr float kHalvesLift = 1;

template <>
constexpr float kHalvesLift<E4m3> = 256;

// Two codes, each in the high byte of a half, as fp16. Subnormal codes are subnormal halves; NaN stays NaN.
template <class Type>
__device__ uint32_t halves(uint32_t two);

template <>
__device__ inline uint32_t halves<E5m2>(uint32_t two) {
    return two;
}

template <>
__device__ inline uint32_t halves<E4m3>(uint32_t two) {
    uint32_t magnitude = (two >> 1) & 0x3f803f80;
    // NaN is all ones, so one last place more carries into the exponent's first bit, from it alone; with that bit it is fp16's NaN.
    uint32_t nan = (magnitude + 0x00800080) & 0x40004000;
    return (two & 0x80008000) | magnitude | nan;
}

template <class Type>
__device__ uint32_t first_halves(uint32_t four) {
    return halves<Type>(__byte_perm(four, 0, 0x1404));
}

template <class Type>
__device__ uint32_t last_halves(uint32_t four) {
    return halves<Type>(__byte_perm(four, 0, 0x3424));
}

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

// One scale of all of a, one of each product's b, of sums that are smaller by what their codes were.
template <class Type>
struct UpconvertedScales {
    struct Both {
        TensorScales::Both scales;

        __device__ float operator()(float sum) const { return scales(sum * (kHalvesLift<Type> * kHalvesLift<Type>)); }
    };

    TensorScales scales;

    __device__ Both of(int64_t product) const { return {scales.of(product)}; }
};
