// What tensor cores multiply besides 16-bit types. Whatever the type, one mma takes 32 bytes of a row and a lane holds the
// same four of them, so that every type comes from shared memory by the same ldmatrix.
#pragma once

#include "common/mma.cuh"

// Stored rounded to 11 significant bits.
struct Tf32 {
    float value;
};

struct Int8 {
    int8_t value;
};

struct Fp8E4m3 {
    uint8_t bits;
};

struct Fp8E5m2 {
    uint8_t bits;
};

// Lies as FragmentC does.
struct FragmentInt {
    int32_t at[4];
};

template <class T>
struct SumsOf {
    using Fragment = FragmentC;
    using Number = float;
};

template <>
struct SumsOf<Int8> {
    using Fragment = FragmentInt;
    using Number = int32_t;
};

template <>
__device__ inline void multiply_add<Tf32>(FragmentC& c, const FragmentA& a, const FragmentB& b) {
    asm("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+f"(c.at[0]), "+f"(c.at[1]), "+f"(c.at[2]), "+f"(c.at[3])
        : "r"(a.at[0]), "r"(a.at[1]), "r"(a.at[2]), "r"(a.at[3]), "r"(b.at[0]), "r"(b.at[1]));
}

template <class T>
__device__ void multiply_add(FragmentInt& c, const FragmentA& a, const FragmentB& b);

template <>
__device__ inline void multiply_add<Int8>(FragmentInt& c, const FragmentA& a, const FragmentB& b) {
    asm("mma.sync.aligned.m16n8k32.row.col.s32.s8.s8.s32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+r"(c.at[0]), "+r"(c.at[1]), "+r"(c.at[2]), "+r"(c.at[3])
        : "r"(a.at[0]), "r"(a.at[1]), "r"(a.at[2]), "r"(a.at[3]), "r"(b.at[0]), "r"(b.at[1]));
}

template <>
__device__ inline void multiply_add<Fp8E4m3>(FragmentC& c, const FragmentA& a, const FragmentB& b) {
    asm("mma.sync.aligned.m16n8k32.row.col.f32.e4m3.e4m3.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+f"(c.at[0]), "+f"(c.at[1]), "+f"(c.at[2]), "+f"(c.at[3])
        : "r"(a.at[0]), "r"(a.at[1]), "r"(a.at[2]), "r"(a.at[3]), "r"(b.at[0]), "r"(b.at[1]));
}

template <>
__device__ inline void multiply_add<Fp8E5m2>(FragmentC& c, const FragmentA& a, const FragmentB& b) {
    asm("mma.sync.aligned.m16n8k32.row.col.f32.e5m2.e5m2.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+f"(c.at[0]), "+f"(c.at[1]), "+f"(c.at[2]), "+f"(c.at[3])
        : "r"(a.at[0]), "r"(a.at[1]), "r"(a.at[2]), "r"(a.at[3]), "r"(b.at[0]), "r"(b.at[1]));
}
