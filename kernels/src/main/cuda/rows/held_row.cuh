// A row as the threads that share it hold it: kHeld elements a thread, as fp32 in registers, so that memory is read once.
// What does not fit is read again, from L2.
#pragma once

#include "common/plain.cuh"
#include "rows/team.cuh"

constexpr int kHeld = 32;

// Neighbours a thread takes at once: 16 bytes.
template <class T>
constexpr int kWidth = 16 / sizeof(T);

template <class T, class Team>
class HeldRow {
   public:
    // `beyond` is what elements of a vector beyond the row's end read as: what changes nothing of what is made of a row.
    __device__ HeldRow(const Team& team, const T* __restrict__ x, int cols, float beyond)
        : x_(x), cols_(cols), beyond_(beyond), first_(team.rank() * kWidth<T>), step_(team.size() * kWidth<T>) {
#pragma unroll
        for (int v = 0; v < kVectors; v++) {
            if (first_ + v * step_ < cols_) {
                load(first_ + v * step_, held_[v]);
            }
        }
    }

    // Calls f(values, col, count) for every vector held, which begins at column `col` and has `count` elements of the row;
    // f may change them.
    template <class F>
    __device__ void each_held(F f) {
#pragma unroll
        for (int v = 0; v < kVectors; v++) {
            int col = first_ + v * step_;
            if (col < cols_) {
                f(held_[v], col, min(cols_ - col, kWidth<T>));
            }
        }
    }

    // The same for every vector that is not held; changes are lost.
    template <class F>
    __device__ void each_beyond(F f) const {
        if constexpr (!Team::kHoldsAll) {
            for (int col = first_ + kVectors * step_; col < cols_; col += step_) {
                float values[kWidth<T>];
                load(col, values);
                f(values, col, min(cols_ - col, kWidth<T>));
            }
        }
    }

    template <class F>
    __device__ void each(F f) {
        each_held(f);
        each_beyond(f);
    }

    // Writes values to where they stand in a row y as long as x.
    __device__ void store(T* __restrict__ y, const float (&values)[kWidth<T>], int col, int count) const {
        Pack<T, kWidth<T>> pack;
#pragma unroll
        for (int i = 0; i < kWidth<T>; i++) {
            pack.at[i] = from_float<T>(values[i]);
        }
        store_pack(y + col, pack, count, rows_are_aligned());
    }

   private:
    static constexpr int kVectors = kHeld / kWidth<T>;

    __device__ bool rows_are_aligned() const { return cols_ % kWidth<T> == 0; }

    __device__ void load(int col, float (&values)[kWidth<T>]) const {
        if (rows_are_aligned()) {
            auto pack = *reinterpret_cast<const Pack<T, kWidth<T>>*>(x_ + col);
#pragma unroll
            for (int i = 0; i < kWidth<T>; i++) {
                values[i] = to_float(pack.at[i]);
            }
        } else {
#pragma unroll
            for (int i = 0; i < kWidth<T>; i++) {
                values[i] = col + i < cols_ ? to_float(x_[col + i]) : beyond_;
            }
        }
    }

    const T* x_;
    int cols_;
    float beyond_;
    int first_;
    int step_;
    float held_[kVectors][kWidth<T>];
};

// What a column is multiplied by or what is added to it: `count` parameters from column `col` on, others zero.
template <class T>
__device__ void load_parameters(const T* __restrict__ parameters, int col, int count, float (&values)[kWidth<T>]) {
    Pack<T, kWidth<T>> pack = load_pack<T, kWidth<T>>(parameters + col, count, count == kWidth<T>);
#pragma unroll
    for (int i = 0; i < kWidth<T>; i++) {
        values[i] = to_float(pack.at[i]);
    }
}
