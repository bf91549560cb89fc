// Rows of 8-bit and 4-bit codes, eight neighbours at a time.
#pragma once

#include "common/codes.cuh"
#include "common/e8m0.cuh"
#include "gemm/fp8_halves.cuh"
#include "gemm/gemv.cuh"

// int8 codes, whose products are summed exactly.
struct Int8Codes {
    using Sum = int32_t;
    const uint8_t* codes;
    int64_t cols;

    __device__ uint2 load(int64_t row, int64_t col, int count, bool whole) const {
        Pack<uint8_t> eight = load_pack(codes + row * cols + col, count, whole);
        return *reinterpret_cast<const uint2*>(&eight);
    }
};

__device__ inline int32_t add_products(int32_t sum, uint2 left, uint2 right) {
    sum = __dp4a(static_cast<int>(left.x), static_cast<int>(right.x), sum);
    return __dp4a(static_cast<int>(left.y), static_cast<int>(right.y), sum);
}

// fp8 codes without their scale, and smaller by kHalvesLift.
template <class Type>
struct Fp8Rows {
    using Sum = float;
    const uint8_t* codes;
    int64_t cols;

    __device__ Pack<float> load(int64_t row, int64_t col, int count, bool whole) const {
        return lowered_floats<Type>(load_codes(codes + row * cols + col, count, whole));
    }
};

__device__ inline Pack<float> scaled(Pack<float> values, float scale) {
#pragma unroll
    for (int i = 0; i < kEight; i++) {
        values.at[i] *= scale;
    }
    return values;
}

// e4m3 under one E8M0 scale 32 neighbours, [rows, ceil(cols / 32)].
struct Mxfp8Rows {
    using Sum = float;
    const uint8_t* codes;
    const uint8_t* scales;
    int64_t cols;

    __device__ Pack<float> load(int64_t row, int64_t col, int count, bool whole) const {
        // Not the scale is lifted, which may be the largest there is.
        Pack<float> values = scaled(Fp8Rows<E4m3>{codes, cols}.load(row, col, count, whole), kHalvesLift<E4m3>);
        return scaled(values, decode_e8m0(scales[row * ((cols + 31) / 32) + col / 32]));
    }
};

// e2m1 codes, two a byte, the even column in the low nibble; a row ends in a whole byte.
struct Fp4Rows {
    const uint8_t* codes;
    int64_t cols;

    __device__ Pack<float> load(int64_t row, int64_t col, int count, bool whole) const {
        constexpr int bytes = kEight / 2;
        Pack<uint8_t, bytes> pairs = load_pack<uint8_t, bytes>(codes + row * ((cols + 1) / 2) + col / 2, (count + 1) / 2, whole);
        Pack<float> values;
#pragma unroll
        for (int i = 0; i < kEight; i++) {
            values.at[i] = decode<E2m1>(pairs.at[i / 2] >> i % 2 * 4 & 0xf);
        }
        return values;
    }
};

// e2m1 under one E8M0 scale 32 neighbours, [rows, ceil(cols / 32)].
struct Mxfp4Rows {
    const uint8_t* codes;
    const uint8_t* scales;
    int64_t cols;

    __device__ Pack<float> load(int64_t row, int64_t col, int count, bool whole) const {
        float scale = decode_e8m0(scales[row * ((cols + 31) / 32) + col / 32]);
        return scaled(Fp4Rows{codes, cols}.load(row, col, count, whole), scale);
    }
};

// e2m1 under one e4m3 scale 16 neighbours, [rows, ceil(cols / 16)], and one fp32 scale of all.
struct Nvfp4Rows {
    const uint8_t* codes;
    const uint8_t* scales;
    const float* tensor_scale;
    int64_t cols;

    __device__ Pack<float> load(int64_t row, int64_t col, int count, bool whole) const {
        float scale = decode<E4m3>(scales[row * ((cols + 15) / 16) + col / 16]) * *tensor_scale;
        return scaled(Fp4Rows{codes, cols}.load(row, col, count, whole), scale);
    }
};
