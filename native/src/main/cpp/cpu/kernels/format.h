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
    // Room for a few numbers a column, with two whole vectors more than columns, and for what is known of each group of at
    // least NARROWEST_GROUP columns of GROUPED_ROWS rows; kept so that running allocates nothing.
    mutable std::vector<float> factors;
    mutable std::vector<int32_t> peaks;
    mutable std::vector<char> groups;
};

constexpr int64_t NARROWEST_GROUP = 128;
constexpr int64_t GROUPED_ROWS = 8;
constexpr int64_t GROUP_BYTES = 16;

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

// The largest magnitude of a stretch, passing over NaN, and whether all of it are finite numbers.
struct Peak {
    float magnitude;
    bool finite;

    void include(Peak other) {
        magnitude = other.magnitude > magnitude ? other.magnitude : magnitude;
        finite = finite && other.finite;
    }
};

template <class P>
inline __attribute__((noinline)) float magnitude_of_numbers(const typename P::Stored* from, int64_t count) {
    F most = {};
    each_vector(0, count, [&](int64_t i, auto n) { most = max(magnitude(read<P>(from + i, n)), most); });
    return largest(most);
}

template <class P>
RIDGEPOINT_INLINE Peak peak_of(const typename P::Stored* from, int64_t count) {
    typedef typename P::Bits Bits;
    constexpr int WIDTH = (int)(sizeof(Bits) / sizeof *from);
    // Four chains, because one would wait for each maximum.
    Bits most[4] = {};
    int64_t i = 0;
    const auto include = [&](Bits& so_far, int64_t at) {
        const Bits v = load<Bits>(from + at) & P::MAGNITUDE;
        so_far = v > so_far ? v : so_far;
    };
    for (; i + 4 * WIDTH <= count; i += 4 * WIDTH) {
        for (int j = 0; j < 4; j++) include(most[j], i + j * WIDTH);
    }
    for (; i + WIDTH <= count; i += WIDTH) include(most[0], i);
    if (i < count) {
        typename P::Stored some[WIDTH] = {};
        std::memcpy(some, from + i, (size_t)(count - i) * sizeof *from);
        const Bits v = load<Bits>(some) & P::MAGNITUDE;
        most[1] = v > most[1] ? v : most[1];
    }
    for (int j = 1; j < 4; j++) most[0] = most[j] > most[0] ? most[j] : most[0];
    const int32_t top = largest(most[0]);
    if (top >= P::INFINITY_BITS) return {magnitude_of_numbers<P>(from, count), false};
    return {P::value(top), true};
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
