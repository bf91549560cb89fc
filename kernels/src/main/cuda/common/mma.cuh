// Warp-wide 16 x 8 x 16 products of 16-bit operands with fp32 sums, and the loads that fit them.
//
// A fragment of c: element 0, 1 at row lane / 4, columns 2 (lane % 4) and the next; 2, 3 eight rows below.
#pragma once

#include <cstdint>

#include "common/async.cuh"

struct FragmentA {
    uint32_t at[4];
};

struct FragmentB {
    uint32_t at[2];
};

struct FragmentC {
    float at[4];
};

template <class T>
__device__ void multiply_add(FragmentC& c, const FragmentA& a, const FragmentB& b);

template <>
__device__ inline void multiply_add<Bf16>(FragmentC& c, const FragmentA& a, const FragmentB& b) {
    asm("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+f"(c.at[0]), "+f"(c.at[1]), "+f"(c.at[2]), "+f"(c.at[3])
        : "r"(a.at[0]), "r"(a.at[1]), "r"(a.at[2]), "r"(a.at[3]), "r"(b.at[0]), "r"(b.at[1]));
}

template <>
__device__ inline void multiply_add<Fp16>(FragmentC& c, const FragmentA& a, const FragmentB& b) {
    asm("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
        : "+f"(c.at[0]), "+f"(c.at[1]), "+f"(c.at[2]), "+f"(c.at[3])
        : "r"(a.at[0]), "r"(a.at[1]), "r"(a.at[2]), "r"(a.at[3]), "r"(b.at[0]), "r"(b.at[1]));
}

// Four 8 x 8 matrices; lanes 8 i to 8 i + 7 point at the rows of matrix i.
__device__ inline void load_matrices(uint32_t (&to)[4], const void* row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(to[0]), "=r"(to[1]), "=r"(to[2]), "=r"(to[3])
                 : "r"(shared_address(row))
                 : "memory");
}

// The same, each matrix transposed.
__device__ inline void load_matrices_transposed(uint32_t (&to)[4], const void* row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0, %1, %2, %3}, [%4];"
                 : "=r"(to[0]), "=r"(to[1]), "=r"(to[2]), "=r"(to[3])
                 : "r"(shared_address(row))
                 : "memory");
}

// Two numbers rounded to 16 bits, `low` in the low half.
template <class T>
__device__ uint32_t pack_two(float low, float high);

template <>
__device__ inline uint32_t pack_two<Bf16>(float low, float high) {
    uint32_t two;
    asm("cvt.rn.bf16x2.f32 %0, %1, %2;" : "=r"(two) : "f"(high), "f"(low));
    return two;
}

template <>
__device__ inline uint32_t pack_two<Fp16>(float low, float high) {
    uint32_t two;
    asm("cvt.rn.f16x2.f32 %0, %1, %2;" : "=r"(two) : "f"(high), "f"(low));
    return two;
}

// Rows of elements in shared memory, in chunks of 16 bytes that are permuted by row, so that eight neighbouring rows
// of one chunk lie in eight different bank groups and ldmatrix has no conflicts.
template <class T, int cols>
struct SwizzledTile {
    static constexpr int of_chunk = kChunkBytes / sizeof(T);
    static constexpr int chunks = cols / of_chunk;
    static_assert(chunks % 4 == 0, "rows of a multiple of 64 bytes");
    T* data;

    __device__ T* chunk(int row, int index) const {
        int mixed = chunks % 8 == 0 ? row % 8 : row / 2 % 4;
        return data + row * cols + (index ^ mixed) * of_chunk;
    }
};
