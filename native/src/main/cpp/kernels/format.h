// What a quantised format offers to the tasks: an encoder and a decoder for each plain type.
#pragma once

#include <vector>

#include "plain.h"

namespace ridgepoint::RIDGEPOINT_ISA {

// A row-major [rows, cols] matrix and the buffers of its quantised side, as dev.ridgepoint.kernels.precision lays them out.
struct Matrix {
    int64_t rows;
    int64_t cols;
    void* plain;
    uint8_t* codes;
    uint8_t* scales;
    uint8_t* zeros;
    float* tensor_scale;
    // Room for one number a column, kept so that running allocates nothing.
    mutable std::vector<float> factors;
};

typedef void (*Encode)(const Matrix&);
// Decodes rows [from, to) to `out`, whose first row is row `from`.
typedef void (*Decode)(const Matrix&, int64_t from, int64_t to, void* out);

struct Format {
    const char* id;
    Encode encode[3];
    Decode decode[3];
};

constexpr const char* PLAIN_TYPES[] = {"fp32", "fp16", "bf16"};

template <class K>
constexpr Format both_ways(const char* id) {
    return {id,
            {K::template encode<Fp32>, K::template encode<Fp16>, K::template encode<Bf16>},
            {K::template decode<Fp32>, K::template decode<Fp16>, K::template decode<Bf16>}};
}

// For formats whose published encoder is a search.
template <class K>
constexpr Format decoder_only(const char* id) {
    return {id,
            {nullptr, nullptr, nullptr},
            {K::template decode<Fp32>, K::template decode<Fp16>, K::template decode<Bf16>}};
}

const std::vector<Format>& int8_formats();
const std::vector<Format>& fp8_formats();
const std::vector<Format>& int4_formats();
const std::vector<Format>& gguf_formats();
const std::vector<Format>& microscaling_formats();

template <class P>
RIDGEPOINT_INLINE const typename P::Stored* row_of(const Matrix& m, int64_t row) {
    return static_cast<const typename P::Stored*>(m.plain) + row * m.cols;
}

inline int64_t groups_of(int64_t extent, int64_t size) { return (extent + size - 1) / size; }

template <class T>
RIDGEPOINT_INLINE void put(uint8_t* array, int64_t index, T value) {
    std::memcpy(array + index * (int64_t)sizeof value, &value, sizeof value);
}

template <class T>
RIDGEPOINT_INLINE T get(const uint8_t* array, int64_t index) {
    T value;
    std::memcpy(&value, array + index * (int64_t)sizeof value, sizeof value);
    return value;
}

// Largest magnitude of a stretch and of `start`, passing over NaN.
template <class P>
RIDGEPOINT_INLINE float largest_magnitude(const typename P::Stored* from, int64_t count, float start) {
    // Four chains, because one would wait for each maximum.
    F m0 = splat(start), m1 = m0, m2 = m0, m3 = m0;
    int64_t i = 0;
    for (; i + 4 * LANES <= count; i += 4 * LANES) {
        m0 = max(magnitude(P::read(from + i)), m0);
        m1 = max(magnitude(P::read(from + i + LANES)), m1);
        m2 = max(magnitude(P::read(from + i + 2 * LANES)), m2);
        m3 = max(magnitude(P::read(from + i + 3 * LANES)), m3);
    }
    for (; i + LANES <= count; i += LANES) m0 = max(magnitude(P::read(from + i)), m0);
    if (i < count) m1 = max(magnitude(read_some<P>(from + i, count - i)), m1);
    return largest(max(max(m0, m1), max(m2, m3)));
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
