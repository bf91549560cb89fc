// What becomes of sums once they are finished, and of partial sums where blocks share k.
#pragma once

#include "gemm/epilogue.cuh"

// `of(product)` makes numbers of c of the sums of a product.
struct Unscaled {
    __device__ Unscaled of(int64_t) const { return {}; }
    __device__ float operator()(float sum) const { return sum; }
};

// One scale of all of a, one of each product's b.
struct TensorScales {
    struct Both {
        float scale;

        template <class Sum>
        __device__ float operator()(Sum sum) const {
            return static_cast<float>(sum) * scale;
        }
    };

    const float *a, *b;

    __device__ Both of(int64_t product) const { return {*a * b[product]}; }
};

// c from the partial sums [shares, count] of `shares` shares, in order: the same bits each time. Of the `count` elements
// `of_product` belong to each product.
template <class Sum, class Finish, class Out, class Epilogue = NoEpilogue>
__device__ void sum_shares(const Sum* __restrict__ partials, int shares, int64_t count, int64_t of_product,
                           const Finish& finish, Out* __restrict__ c, const Epilogue& epilogue = {}) {
    for (int64_t i = blockIdx.x * int64_t{blockDim.x} + threadIdx.x; i < count; i += gridDim.x * int64_t{blockDim.x}) {
        Sum sum = 0;
        for (int share = 0; share < shares; share++) {
            sum += partials[share * count + i];
        }
        int64_t product = i / of_product;
        c[i] = from_float<Out>(epilogue.at(product, i, finish.of(product)(sum)));
    }
}
