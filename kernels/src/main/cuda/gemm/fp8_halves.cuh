// fp8 codes as fp16, two at a time; what that makes smaller is made up for in a scale.
#pragma once

#include "common/codes.cuh"
#include "common/plain.cuh"
#include "gemm/shares.cuh"

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

// Eight codes as two words; those from `count` on are zero. `whole` promises that all exist and p is aligned. As bytes, which
// load_pack has, the compiler takes them apart and puts them together again.
__device__ inline uint2 load_codes(const uint8_t* p, int count, bool whole) {
    if (whole) {
        return *reinterpret_cast<const uint2*>(p);
    }
    uint32_t words[2] = {};
#pragma unroll
    for (int i = 0; i < kEight; i++) {
        words[i / 4] |= (i < count ? uint32_t{p[i]} : 0) << i % 4 * 8;
    }
    return {words[0], words[1]};
}

__device__ inline float2 two_floats(uint32_t halves) {
    float2 values;
    asm("{ .reg .b16 low, high; mov.b32 {low, high}, %2; cvt.f32.f16 %0, low; cvt.f32.f16 %1, high; }"
        : "=f"(values.x), "=f"(values.y) : "r"(halves));
    return values;
}

// Eight codes as floats, smaller by kHalvesLift.
template <class Type>
__device__ Pack<float> lowered_floats(uint2 codes) {
    float2 a = two_floats(first_halves<Type>(codes.x)), b = two_floats(last_halves<Type>(codes.x));
    float2 c = two_floats(first_halves<Type>(codes.y)), d = two_floats(last_halves<Type>(codes.y));
    return {{a.x, a.y, b.x, b.y, c.x, c.y, d.x, d.y}};
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
