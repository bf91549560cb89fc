// Both operands in fp8 for gemm/plain_skinny.cuh, as tensor cores multiply them that have no fp8: as fp16, exactly. Channels are
// converted by the lane that copied them, rows of a once a block, on their way to shared memory.
#pragma once

#include "gemm/plain_skinny.cuh"
#include "gemm/upconverted.cuh"

// In one piece: of assignments the compiler took one apart, word by word.
__device__ inline void store_chunk(void* to, uint4 chunk) {
    asm volatile("st.shared.v4.b32 [%0], {%1, %2, %3, %4};" ::"r"(shared_address(to)), "r"(chunk.x), "r"(chunk.y), "r"(chunk.z), "r"(chunk.w)
                 : "memory");
}

// Two pairs of neighbours of four codes, and how finished sums of products of such are scaled.
template <class Type>
struct CodesToHalves {
    __device__ static UpconvertedScales<Type> scales(const float* a, const float* b) { return {{a, b}}; }

    __device__ static uint2 of(uint32_t four) { return {first_halves<Type>(four), last_halves<Type>(four)}; }
};

template <class Type, int count>
struct SkinnyOperands<Upconverted<Type>, count> {
    using Product = Fp16;
    static constexpr int mmas = 4;
    static constexpr int chunk_bytes = 2 * kChunkBytes;
    using Codes = Upconverted<Type>;
    using Columns = SwizzledTile<Fp16, kDepth<Codes>>;
    using Rows = CopiedRows<Codes, count>;

    Rows rows;
    // Of either stage of a step, while another is multiplied.
    uint4 codes[kStagesOfStep][Rows::each];

    __device__ void start(int stage, uint8_t*, int64_t col, int64_t end) {
        int64_t at = col + threadIdx.x % Rows::across * kChunkBytes;
#pragma unroll
        for (int i = 0; i < Rows::each; i++) {
            int there = rows.row[i] == nullptr ? 0 : static_cast<int>(max(int64_t{0}, min(end - at, int64_t{kChunkBytes})));
            codes[stage][i] = load_chunk(reinterpret_cast<const uint8_t*>(rows.row[i]) + at, there, rows.aligned);
        }
    }

    // As load_codes; `aligned` promises that a chunk is there whole or not at all.
    __device__ static uint4 load_chunk(const uint8_t* p, int there, bool aligned) {
        if (aligned) {
            return there == 0 ? uint4{} : *reinterpret_cast<const uint4*>(p);
        }
        uint2 first = load_codes(p, there, false), last = load_codes(p + kEight, there - kEight, false);
        return {first.x, first.y, last.x, last.y};
    }

    __device__ void finish(int stage, uint8_t* to) const {
        Columns tile{reinterpret_cast<Fp16*>(to)};
#pragma unroll
        for (int i = 0; i < Rows::each; i++) {
            int row = threadIdx.x / Rows::across + i * Rows::at_once, chunk = threadIdx.x % Rows::across * 2;
            uint4 four = codes[stage][i];
            uint2 x = CodesToHalves<Type>::of(four.x), y = CodesToHalves<Type>::of(four.y);
            uint2 z = CodesToHalves<Type>::of(four.z), w = CodesToHalves<Type>::of(four.w);
            store_chunk(tile.chunk(row, chunk), {x.x, x.y, y.x, y.y});
            store_chunk(tile.chunk(row, chunk + 1), {z.x, z.y, w.x, w.y});
        }
    }

    __device__ static void take(uint4 upper, uint4 lower, FragmentA (&channels)[mmas]) {
        channels[0] = fragment(upper.x, lower.x);
        channels[1] = fragment(upper.y, lower.y);
        channels[2] = fragment(upper.z, lower.z);
        channels[3] = fragment(upper.w, lower.w);
    }

    __device__ static FragmentA fragment(uint32_t upper, uint32_t lower) {
        uint2 above = CodesToHalves<Type>::of(upper), below = CodesToHalves<Type>::of(lower);
        return {above.x, below.x, above.y, below.y};
    }
};
