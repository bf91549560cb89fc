// The pointwise part of an LSTM step: gates of both products and biases, then the state. Gates lie in the order i, f, g, o,
// each as wide as the state.
#pragma once

#include "common/plain.cuh"

constexpr int kGates = 4;

// Neighbours a thread takes at once: 16 bytes.
template <class T>
constexpr int kWidth = 16 / sizeof(T);

template <class T>
using Vector = Pack<T, kWidth<T>>;

__device__ inline float sigmoid(float x) { return 1 / (1 + expf(-x)); }

template <class T>
__device__ void lstm_cell(const T* __restrict__ x_gates, const T* __restrict__ h_gates, const T* __restrict__ bias,
                          const T* __restrict__ c, T* __restrict__ h_next, T* __restrict__ c_next, int batch,
                          int hidden) {
    int col = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x) * kWidth<T>;
    if (col >= hidden) {
        return;
    }
    int count = min(hidden - col, kWidth<T>);
    // Then every gate of every sequence begins at a multiple of 16 bytes.
    bool whole = hidden % kWidth<T> == 0;
    Vector<T> biases[kGates];
#pragma unroll
    for (int gate = 0; gate < kGates; gate++) {
        biases[gate] = load_pack<T, kWidth<T>>(bias + gate * hidden + col, count, whole);
    }
    for (int64_t row = blockIdx.y; row < batch; row += gridDim.y) {
        Vector<T> from_x[kGates];
        Vector<T> from_h[kGates];
#pragma unroll
        for (int gate = 0; gate < kGates; gate++) {
            int64_t at = (row * kGates + gate) * hidden + col;
            from_x[gate] = load_pack<T, kWidth<T>>(x_gates + at, count, whole);
            from_h[gate] = load_pack<T, kWidth<T>>(h_gates + at, count, whole);
        }
        Vector<T> state = load_pack<T, kWidth<T>>(c + row * hidden + col, count, whole);
        Vector<T> shown;
#pragma unroll
        for (int i = 0; i < kWidth<T>; i++) {
            float z[kGates];
#pragma unroll
            for (int gate = 0; gate < kGates; gate++) {
                z[gate] = to_float(from_x[gate].at[i]) + to_float(from_h[gate].at[i]) + to_float(biases[gate].at[i]);
            }
            float kept = sigmoid(z[1]) * to_float(state.at[i]) + sigmoid(z[0]) * tanhf(z[2]);
            state.at[i] = from_float<T>(kept);
            shown.at[i] = from_float<T>(sigmoid(z[3]) * tanhf(kept));
        }
        store_pack(c_next + row * hidden + col, state, count, whole);
        store_pack(h_next + row * hidden + col, shown, count, whole);
    }
}
