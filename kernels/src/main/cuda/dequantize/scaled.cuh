// Bytes under fp32 scales: who shares one.
#pragma once

#include "dequantize/rows.cuh"

template <class Type>
struct ByteCodes {
    static constexpr int code_bytes = kEight;
    static constexpr bool per_column = false;
    static __device__ float value(uint32_t code) { return decode<Type>(code); }
};

template <class Type>
struct PerTensor : ByteCodes<Type> {
    const float* scales;
    __device__ PerTensor(const float* scales, int64_t) : scales(scales) {}
    __device__ float scale(int64_t, int64_t) const { return scales[0]; }
};

template <class Type>
struct PerRow : ByteCodes<Type> {
    const float* scales;
    __device__ PerRow(const float* scales, int64_t) : scales(scales) {}
    __device__ float scale(int64_t row, int64_t) const { return scales[row]; }
};

template <class Type>
struct PerColumn : ByteCodes<Type> {
    static constexpr bool per_column = true;
    const float* scales;
    __device__ PerColumn(const float* scales, int64_t) : scales(scales) {}
    __device__ float scale(int64_t, int64_t col) const { return scales[col]; }
};

// Tiles of height x width share a scale; scales are row-major over tiles.
template <class Type, int height, int width>
struct PerTile : ByteCodes<Type> {
    const float* scales;
    int64_t across;
    __device__ PerTile(const float* scales, int64_t cols) : scales(scales), across((cols + width - 1) / width) {}
    __device__ float scale(int64_t row, int64_t col) const { return scales[row / height * across + col / width]; }
};
