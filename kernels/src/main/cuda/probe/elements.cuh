// Single elements of matrices as they are stored, each at its own address: plain, for references.
#pragma once

#include "common/codes.cuh"
#include "common/e8m0.cuh"
#include "common/gguf.cuh"
#include "common/int4.cuh"
#include "common/plain.cuh"

// Numbers [rows, cols].
template <class T>
struct PlainMatrix {
    const T* values;
    int64_t cols;

    __device__ float at(int64_t row, int64_t col) const { return to_float(values[row * cols + col]); }
};

struct SignedByte {
    static __device__ float decode(uint8_t code) { return static_cast<int8_t>(code); }
};

template <class Type>
struct Fp8Byte {
    static __device__ float decode(uint8_t code) { return ::decode<Type>(code); }
};

__device__ inline float scale_of(float scale) { return scale; }
__device__ inline float scale_of(uint8_t e8m0) { return decode_e8m0(e8m0); }

// Codes [rows, cols] of a byte, under a scale of `group` neighbours of a row [rows, ceil(cols / group)].
template <class Code, class Scale, int group>
struct GroupedBytes {
    const uint8_t* codes;
    const Scale* scales;
    int64_t cols;

    __device__ float at(int64_t row, int64_t col) const {
        return Code::decode(codes[row * cols + col]) * scale_of(scales[row * ((cols + group - 1) / group) + col / group]);
    }
};

// The same under one scale of all.
template <class Code>
struct ScaledBytes {
    const uint8_t* codes;
    const float* scale;
    int64_t cols;

    __device__ float at(int64_t row, int64_t col) const { return Code::decode(codes[row * cols + col]) * *scale; }
};

// e2m1, the even column of two in the low nibble; a row ends in a whole byte.
__device__ inline float fp4_at(const uint8_t* codes, int64_t cols, int64_t row, int64_t col) {
    return decode<E2m1>(codes[row * ((cols + 1) / 2) + col / 2] >> col % 2 * 4 & 0xf);
}

// e2m1 under an E8M0 scale of 32 neighbours.
struct Mxfp4Matrix {
    const uint8_t *codes, *scales;
    int64_t cols;

    __device__ float at(int64_t row, int64_t col) const {
        return fp4_at(codes, cols, row, col) * decode_e8m0(scales[row * ((cols + 31) / 32) + col / 32]);
    }
};

// e2m1 under an e4m3 scale of 16 neighbours and one fp32 scale of all.
struct Nvfp4Matrix {
    const uint8_t *codes, *scales;
    const float* tensor_scale;
    int64_t cols;

    __device__ float at(int64_t row, int64_t col) const {
        float scale = decode<E4m3>(scales[row * ((cols + 15) / 16) + col / 16]) * *tensor_scale;
        return fp4_at(codes, cols, row, col) * scale;
    }
};

// Four or eight bits of `rows` channels in groups of 128 columns: see common/int4.cuh.
template <class Layout>
struct PackedMatrix {
    const uint32_t* codes;
    const Fp16* scales;
    const uint32_t* zeros;
    int64_t rows;

    __device__ float at(int64_t row, int64_t col) const {
        constexpr int in_word = kInWord<Layout>;
        uint32_t word = Layout::channels_in_word ? codes[col * ((rows + in_word - 1) / in_word) + row / in_word]
                                                 : codes[col / in_word * rows + row];
        int code = code_in<Layout>(word, Layout::nibble((Layout::channels_in_word ? row : col) % in_word));
        int64_t group = col / kInt4Group;
        int zero = Layout::load_zero(code_in<Layout>(zero_word<Layout>(zeros, rows, row, group), Layout::zero_nibble(row % in_word)));
        return (code - zero) * to_float(scales[group * rows + row]);
    }
};

// Blocks of GGUF; a row ends in a whole one.
template <class Format>
struct BlockMatrix {
    const uint8_t* blocks;
    int64_t cols;

    __device__ float at(int64_t row, int64_t col) const {
        int64_t across = (cols + Format::elements - 1) / Format::elements;
        int within = static_cast<int>(col % Format::elements);
        Pack<float> eight;
        Format::decode(blocks + (row * across + col / Format::elements) * Format::bytes, within / kEight * kEight, eight);
        return eight.at[within % kEight];
    }
};
