// What is done to finished numbers of c before they are stored: c = f(a b^T + bias), bias a number a column.
//
// An epilogue says: `apply(sums, finished, product, col, there, store)`, which calls `store(fragments, number)` once, `number` making
// of a fragment's element what is stored; `at(product, i, number)`, the same for element i of c. Sums are a thread's fragments,
// `finished` makes numbers of c of them; the first column of tile j is col + 8 j, and `there` columns from col on exist.
#pragma once

#include "common/gelu.cuh"
#include "common/mma.cuh"
#include "common/plain.cuh"

// The product itself.
struct NoEpilogue {
    template <class Sums, class Finished, class Store>
    __device__ void apply(const Sums& sums, Finished finished, int64_t, int64_t, int, Store store) const {
        store(sums, finished);
    }

    __device__ float at(int64_t, int64_t, float number) const { return number; }
};

struct Identity {
    __device__ float operator()(float z) const { return z; }
};

struct Gelu {
    __device__ float operator()(float z) const { return gelu(z); }
};

// z sigmoid(z (linear + cubic z^2)): SiLU, and the GELU by a tangent, whose (1 + tanh u) / 2 is the sigmoid of 2 u.
struct Gated {
    float linear, cubic;

    // Where the exponential overflows the quotient is zero, which is less than 2^-120 away. The square is kept finite, because a
    // cubic of zero has to stay zero: of infinity SiLU is infinity. Of minus infinity neither is a number.
    __device__ float operator()(float z) const {
        constexpr float largest = 3.402823466e38f;
        return __fdividef(z, 1 + __expf(-z * fmaf(cubic, fminf(z * z, largest), linear)));
    }
};

// Which f; the launch says it, so that one kernel has them all.
enum Function { kIdentity, kGelu, kGeluTanh, kSilu };

// Hands f to `visit`, once for everything it is applied to.
template <class Visit>
__device__ void with_function(int function, Visit visit) {
    if (function == kIdentity) {
        visit(Identity{});
    } else if (function == kGelu) {
        visit(Gelu{});
    } else {
        constexpr float root = 1.5957691f;  // 2 sqrt(2 / pi)
        visit(function == kSilu ? Gated{1, 0} : Gated{root, root * 0.044715f});
    }
}

// Of biases [products, n].
template <class T>
struct BiasEpilogue {
    const T* bias;
    int64_t n;
    int function;

    // Columns of a thread are the same in all its rows: their biases are read once. All numbers are there before any is stored:
    // each function would else bring stores of its own.
    template <class Sum, int tiles_m, int tiles_n, class Finished, class Store>
    __device__ void apply(const Sum (&sums)[tiles_m][tiles_n], Finished finished, int64_t product, int64_t col, int there,
                          Store store) const {
        Pack<T, 2> added[tiles_n];
#pragma unroll
        for (int j = 0; j < tiles_n; j++) {
            added[j] = load_pack<T, 2>(bias + product * n + col + j * 8, there - j * 8, n % 2 == 0 && j * 8 < there);
        }
        FragmentC numbers[tiles_m][tiles_n];
        with_function(function, [&](auto f) {
#pragma unroll
            for (int i = 0; i < tiles_m; i++) {
#pragma unroll
                for (int j = 0; j < tiles_n; j++) {
#pragma unroll
                    for (int e = 0; e < 4; e++) {
                        numbers[i][j].at[e] = f(finished(sums[i][j].at[e]) + to_float(added[j].at[e % 2]));
                    }
                }
            }
        });
        store(numbers, [](float number) { return number; });
    }

    __device__ float at(int64_t product, int64_t i, float number) const {
        float z = number + to_float(bias[product * n + i % n]);
        with_function(function, [&](auto f) { z = f(z); });
        return z;
    }
};
