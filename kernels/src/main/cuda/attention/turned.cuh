// Queries and keys turned by their positions where they lie in shared memory, and rounded to their type again.
#pragma once

#include "attention/sequence.cuh"
#include "common/mma.cuh"
#include "common/turn.cuh"

// They are multiplied as they come.
struct AsTheyAre {
    static constexpr bool turns = false;
};

// positions [tokens of keys], cos_sin [positions, dim]; `dim`, a multiple of 16, is how many elements of a row turn.
struct Rope {
    static constexpr bool turns = true;
    const int* positions;
    const float* cos_sin;
    int dim;
    bool interleaved;

    // A thread turns two chunks, elements of either half, so that either way of pairing stays in it.
    template <class T>
    __device__ void turn_chunks(T* low_at, T* high_at, const float* angles, int unit) const {
        Pack<T> low_pack = load_pack(low_at, kEight, true), high_pack = load_pack(high_at, kEight, true);
        Pack<float> low, high;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            low.at[i] = to_float(low_pack.at[i]);
            high.at[i] = to_float(high_pack.at[i]);
        }
        if (interleaved) {
            turn_eights<true>(low, high, angles, dim / 2, unit);
        } else {
            turn_eights<false>(low, high, angles, dim / 2, unit);
        }
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            low_pack.at[i] = from_float<T>(low.at[i]);
            high_pack.at[i] = from_float<T>(high.at[i]);
        }
        store_pack(low_at, low_pack, kEight, true);
        store_pack(high_at, high_pack, kEight, true);
    }

    // Turns `count` rows of a tile, of which `key_of` says which of the sequence's keys stands at the row's position, -1
    // where there is no such row. Barriers are the caller's.
    template <int threads, class T, int cols, class KeyOf>
    __device__ void turn_rows(const SwizzledTile<T, cols>& tile, int count, const Sequence& sequence, KeyOf key_of) const {
        int units = dim / (2 * kEight);
        for (int i = threadIdx.x; i < count * units; i += threads) {
            // Where half a row is four chunks, eight lanes take two rows: four apart they lie in different banks.
            int nth = i / units, unit = i % units, row = nth & ~5 | nth << 2 & 4 | nth >> 2 & 1, key = key_of(row);
            if (key >= 0) {
                const float* angles = cos_sin + int64_t{positions[int64_t{sequence.first_key} + key]} * dim;
                turn_chunks(tile.chunk(row, unit), tile.chunk(row, units + unit), angles, unit);
            }
        }
    }
};
