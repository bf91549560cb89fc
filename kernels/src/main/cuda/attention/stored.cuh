// Elements of a cache as they are stored, and how a few neighbours become pairs of the 16-bit type that is multiplied.
// A scale a row is none of their business: the score or the probability takes it.
#pragma once

#include "common/code_pairs.cuh"
#include "common/plain.cuh"

// `run` neighbours of a row as a lane loads them at once, 4 to 16 bytes.
template <class Stored, int run>
struct Run {
    static constexpr int words = run * sizeof(Stored) / 4;
    uint32_t at[words];

    // Through the caches without staying: a cache is read once.
    __device__ static Run load(const Stored* p) {
        Run loaded;
        if constexpr (words == 4) {
            uint4 v = __ldcs(reinterpret_cast<const uint4*>(p));
            loaded = {v.x, v.y, v.z, v.w};
        } else if constexpr (words == 2) {
            uint2 v = __ldcs(reinterpret_cast<const uint2*>(p));
            loaded = {v.x, v.y};
        } else {
            loaded = {__ldcs(reinterpret_cast<const uint32_t*>(p))};
        }
        return loaded;
    }

    // Whether a code among them is no number.
    __device__ bool lacks_number() const {
        uint32_t found = 0;
        if constexpr (kLacksNumbers<Stored>) {
#pragma unroll
            for (int i = 0; i < words; i++) {
                found |= no_numbers(at[i]);
            }
        }
        return found & 0x80808080;
    }

    // As unpacked, but for codes that are no number.
    __device__ void mark_no_numbers(uint32_t (&pairs)[run / 2]) const {
        if constexpr (kLacksNumbers<Stored>) {
#pragma unroll
            for (int i = 0; i < words; i++) {
                uint32_t carries = no_numbers(at[i]);
                pairs[2 * i] = nan_where<0x9988>(pairs[2 * i], carries);
                pairs[2 * i + 1] = nan_where<0xbbaa>(pairs[2 * i + 1], carries);
            }
        }
    }

    __device__ void unpack(uint32_t (&pairs)[run / 2]) const {
#pragma unroll
        for (int i = 0; i < words; i++) {
            if constexpr (sizeof(Stored) == 2) {
                pairs[i] = at[i];
            } else {
                unpack_four(Stored{}, at[i], pairs + 2 * i);
            }
        }
    }
};

// The most neighbours a lane may load at once where `lanes` of them take a row side by side.
template <class Stored, int dim, int lanes>
constexpr int longest_run() {
    int run = 16 / sizeof(Stored);
    while (dim % (run * lanes) != 0) {
        run /= 2;
    }
    return run;
}
