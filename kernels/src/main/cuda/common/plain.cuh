// The element types that stand for plain numbers, and eight neighbours of a row as one thread holds them.
#pragma once

#include <cstdint>

struct Fp16 {
    uint16_t bits;
};

struct Bf16 {
    uint16_t bits;
};

__device__ inline float to_float(float x) { return x; }

__device__ inline float to_float(Fp16 x) {
    float y;
    asm("cvt.f32.f16 %0, %1;" : "=f"(y) : "h"(x.bits));
    return y;
}

__device__ inline float to_float(Bf16 x) { return __uint_as_float(uint32_t{x.bits} << 16); }

template <class T>
__device__ T from_float(float x);

template <>
__device__ inline float from_float<float>(float x) {
    return x;
}

template <>
__device__ inline Fp16 from_float<Fp16>(float x) {
    Fp16 y;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(y.bits) : "f"(x));
    return y;
}

template <>
__device__ inline Bf16 from_float<Bf16>(float x) {
    Bf16 y;
    asm("cvt.rn.bf16.f32 %0, %1;" : "=h"(y.bits) : "f"(x));
    return y;
}

// How many neighbours a thread takes at once: 16 bytes of a 16-bit type, 8 bytes of codes.
constexpr int kEight = 8;

// `width` neighbours as they lie in memory.
template <class T, int width = kEight>
struct alignas(sizeof(T) * width >= 16 ? 16 : sizeof(T) * width) Pack {
    T at[width];
};

// The first `count` elements from p on; others read as zero. `whole` promises that all exist and p is aligned.
template <class T, int width = kEight>
__device__ Pack<T, width> load_pack(const T* p, int count, bool whole) {
    Pack<T, width> pack{};
    if (whole) {
        pack = *reinterpret_cast<const Pack<T, width>*>(p);
    } else {
#pragma unroll
        for (int i = 0; i < width; i++) {
            if (i < count) {
                pack.at[i] = p[i];
            }
        }
    }
    return pack;
}

// Writes the first `count` elements to p; `whole` as above.
template <class T, int width>
__device__ void store_pack(T* p, const Pack<T, width>& pack, int count, bool whole) {
    if (whole) {
        *reinterpret_cast<Pack<T, width>*>(p) = pack;
    } else {
#pragma unroll
        for (int i = 0; i < width; i++) {
            if (i < count) {
                p[i] = pack.at[i];
            }
        }
    }
}
