// Keys of new tokens turned by their positions, and keys and values written to where attention reads them. k [tokens, kv
// heads, head_dim], v [tokens, kv heads, value_dim], positions [tokens], cos_sin [positions, rotary_dim]: cosines of a
// position's angles, then their sines. The caches and their scales lie as attention/decode.cuh reads them.
//
// A lane holds two packs of eight, the elements of one half of a key and their partners, so that either way of pairing
// stays in a lane; `lanes` of them, a power of two, take a row and share its largest magnitude by shuffles. Products and
// sums are rounded one by one. Extents are multiples of 16.
//
// Grid: rows of one sequence (a new token's key or value of one head) in x, again and again; sequences in y. Blocks of whole
// warps.
#pragma once

#include "attention/sequence.cuh"
#include "common/reduce.cuh"
#include "common/turn.cuh"
#include "quantize/eight.cuh"

struct Widths {
    int heads, head, value, rotary;
};

// Elements as they are.
template <class T>
struct Plain {
    using Code = T;
    static constexpr bool scaled = false;
    static __device__ Pack<T> encode(const Pack<float>& values, float) {
        Pack<T> out;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            out.at[i] = from_float<T>(values.at[i]);
        }
        return out;
    }
};

// Codes under a scale a row.
template <class Rule>
struct Coded {
    using Code = uint8_t;
    static constexpr bool scaled = true;
    static __device__ float scale(float largest) { return Rule::scale(largest); }
    static __device__ float factor(float largest, float scale) { return Rule::factor(largest, scale); }
    static __device__ Pack<uint8_t> encode(const Pack<float>& values, float factor) {
        return encode_eight<Rule>(values, factor);
    }
};

template <class Store>
struct Appended {
    typename Store::Code *k, *v;
    float *k_scales, *v_scales;
};

template <class T>
__device__ Pack<float> load_floats(const T* p, bool there) {
    Pack<T> pack = load_pack(p, there ? kEight : 0, there);
    Pack<float> values;
#pragma unroll
    for (int i = 0; i < kEight; i++) {
        values.at[i] = to_float(pack.at[i]);
    }
    return values;
}

template <class Store, bool interleaved, class T>
__device__ void append_rope(const T* __restrict__ k, const T* __restrict__ v, const int* __restrict__ positions,
                            const float* __restrict__ cos_sin, const Batch& batch, const Widths& widths, int lanes,
                            const Appended<Store>& to) {
    Sequence sequence(batch, blockIdx.y);
    int unit = threadIdx.x % lanes;
    int side_rows = sequence.queries * widths.heads;
    int rows_of_warp = 32 / lanes;
    int warps = blockDim.x / 32;
    int step = gridDim.x * warps * rows_of_warp;
    // Whole warps go on or leave: lanes of a row that is not there take part in shuffles.
    for (int first = (blockIdx.x * warps + threadIdx.x / 32) * rows_of_warp; first < 2 * side_rows; first += step) {
        int row = first + threadIdx.x % 32 / lanes;
        bool is_value = row >= side_rows;
        int token = (is_value ? row - side_rows : row) / widths.heads;
        int head = (is_value ? row - side_rows : row) % widths.heads;
        int width = is_value ? widths.value : widths.head;
        bool there = row < 2 * side_rows && unit * 2 * kEight < width;

        // Halves of what turns come first, then the rest in order.
        int half = is_value ? 0 : widths.rotary / 2;
        bool turns = unit * kEight < half;
        int low_at = turns ? unit * kEight : unit * 2 * kEight;
        int high_at = turns ? half + unit * kEight : low_at + kEight;
        int64_t from = (int64_t{sequence.first_query} + token) * widths.heads + head;
        const T* x = (is_value ? v : k) + from * width;
        Pack<float> low = load_floats(x + low_at, there);
        Pack<float> high = load_floats(x + high_at, there);
        if (there && turns) {
            int64_t position = positions[sequence.first_query + token];
            turn_eights<interleaved>(low, high, cos_sin + position * widths.rotary, half, unit);
        }

        float scale = 0, factor = 0;
        if constexpr (Store::scaled) {
            float largest = fmaxf(abs_max(low), abs_max(high));
            for (int distance = lanes / 2; distance > 0; distance /= 2) {
                largest = fmaxf(largest, __shfl_xor_sync(~0u, largest, distance));
            }
            scale = Store::scale(largest);
            factor = Store::factor(largest, scale);
        }
        if (there) {
            int64_t slot = sequence.slot(sequence.keys - sequence.queries + token);
            int64_t at = slot * widths.heads + head;
            auto* out = (is_value ? to.v : to.k) + at * width;
            store_pack(out + low_at, Store::encode(low, factor), kEight, true);
            store_pack(out + high_at, Store::encode(high, factor), kEight, true);
            if (Store::scaled && unit == 0) {
                (is_value ? to.v_scales : to.k_scales)[at] = scale;
            }
        }
    }
}
