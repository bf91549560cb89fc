// Small blocks along a row under narrow scales: MXFP8 and MXFP4 by MxCodec (the OCP rule), NVFP4 by NvFp4Codec.
#include <cfloat>

#include "format.h"
#include "minifloat.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

// A byte a code.
template <class T, int MAX_EXPONENT>
struct Bytes {
    typedef T Element;
    static constexpr int EMAX = MAX_EXPONENT;
    static int64_t stride(int64_t cols) { return cols; }
    static RIDGEPOINT_INLINE void store8(uint8_t* row, int64_t col, I code, int64_t count) {
        uint8_t some[LANES];
        store_bytes(some, code);
        std::memcpy(row + col, some, (size_t)count);
    }
    static RIDGEPOINT_INLINE I load8(const uint8_t* row, int64_t col, int64_t count) {
        uint8_t some[LANES] = {};
        std::memcpy(some, row + col, (size_t)count);
        return load_bytes(some);
    }
};

// Two codes a byte, the even column in the low nibble; an odd row ends in a zero nibble.
struct Nibbles {
    typedef E2m1 Element;
    static constexpr int EMAX = 2;
    static int64_t stride(int64_t cols) { return (cols + 1) / 2; }
    static RIDGEPOINT_INLINE void store8(uint8_t* row, int64_t col, I code, int64_t count) {
        uint8_t each[LANES];
        store_bytes(each, code);
        uint64_t lanes;
        std::memcpy(&lanes, each, sizeof lanes);
        if (count < LANES) lanes &= (1ull << 8 * count) - 1;
        // Neighbours meet in the lower byte of each pair, then the pairs close up.
        uint64_t pairs = (lanes | lanes >> 4) & 0x00FF00FF00FF00FFull;
        pairs = (pairs | pairs >> 8) & 0x0000FFFF0000FFFFull;
        const uint32_t packed = (uint32_t)(pairs | pairs >> 16);
        std::memcpy(row + col / 2, &packed, (size_t)(count + 1) / 2);
    }
    static RIDGEPOINT_INLINE I load8(const uint8_t* row, int64_t col, int64_t count) {
        uint32_t packed = 0;
        std::memcpy(&packed, row + col / 2, (size_t)(count + 1) / 2);
        const I shifts = {0, 4, 8, 12, 16, 20, 24, 28};
        return (I)((U)splat((int32_t)packed) >> (U)shifts) & 0xF;
    }
};

template <class Body>
RIDGEPOINT_INLINE void each_vector(int64_t from, int64_t to, Body body) {
    for (int64_t i = from; i < to; i += LANES) body(i, to - i < LANES ? to - i : (int64_t)LANES);
}

// Encodes one block by a factor.
template <class P, class Codes>
RIDGEPOINT_INLINE void encode_block(const typename P::Stored* x, int64_t from, int64_t to, float factor, uint8_t* row) {
    each_vector(from, to, [&](int64_t i, int64_t count) {
        Codes::store8(row, i, Codes::Element::encode(read_up_to<P>(x + i, count) * splat(factor)), count);
    });
}

// Decodes rows of blocks of SIZE; scale_of(group) gives the factor of a code.
template <class P, class Codes, int SIZE, class ScaleOf>
RIDGEPOINT_INLINE void decode_blocks(const Matrix& m, int64_t first, int64_t last, void* out, ScaleOf scale_of) {
    const int64_t across = groups_of(m.cols, SIZE);
    auto* y = static_cast<typename P::Stored*>(out);
    for (int64_t row = first; row < last; row++, y += m.cols) {
        const uint8_t* codes = m.codes + row * Codes::stride(m.cols);
        for (int64_t from = 0, block = row * across; from < m.cols; from += SIZE, block++) {
            const F scale = splat(scale_of(block));
            const int64_t to = from + SIZE < m.cols ? from + SIZE : m.cols;
            each_vector(from, to, [&](int64_t i, int64_t count) {
                write_up_to<P>(y + i, Codes::Element::decode(Codes::load8(codes, i, count)) * scale, count);
            });
        }
    }
}

template <class Codes>
struct Mx {
    static constexpr int SIZE = 32;

    template <class P>
    static void encode(const Matrix& m) {
        const int64_t across = groups_of(m.cols, SIZE);
        for (int64_t row = 0; row < m.rows; row++) {
            const auto* x = row_of<P>(m, row);
            uint8_t* codes = m.codes + row * Codes::stride(m.cols);
            for (int64_t from = 0, block = row * across; from < m.cols; from += SIZE, block++) {
                const int64_t to = from + SIZE < m.cols ? from + SIZE : m.cols;
                const int scale = scale_code<P>(x, from, to);
                m.scales[block] = (uint8_t)scale;
                encode_block<P, Codes>(x, from, to, decode_e8m0(scale == 255 ? 255 : 254 - scale), codes);
            }
        }
    }

    template <class P>
    static void decode(const Matrix& m, int64_t from, int64_t to, void* out) {
        decode_blocks<P, Codes, SIZE>(m, from, to, out, [&](int64_t block) { return decode_e8m0(m.scales[block]); });
    }

  private:
    // As integers, magnitudes order finite < infinity < NaN, so one maximum finds what spoils the block.
    template <class P>
    static RIDGEPOINT_INLINE int scale_code(const typename P::Stored* x, int64_t from, int64_t to) {
        I most = {};
        each_vector(from, to, [&](int64_t i, int64_t count) {
            most = max(most, bits(magnitude(read_up_to<P>(x + i, count))));
        });
        const int32_t raw = largest(most);
        if (raw >= 0x7F800000) return 255;
        const int code = (raw >> 23) - Codes::EMAX;
        return code < 0 ? 0 : code;
    }
};

struct NvFp4 {
    static constexpr int SIZE = 16;

    template <class P>
    static void encode(const Matrix& m) {
        const float enc = encode_scale(largest_magnitude<P>(row_of<P>(m, 0), m.rows * m.cols, 0));
        const float tensor = 1 / enc;
        *m.tensor_scale = tensor;
        const int64_t across = groups_of(m.cols, SIZE);
        for (int64_t row = 0; row < m.rows; row++) {
            const auto* x = row_of<P>(m, row);
            uint8_t* codes = m.codes + row * Nibbles::stride(m.cols);
            for (int64_t from = 0, block = row * across; from < m.cols; from += SIZE, block++) {
                const int64_t to = from + SIZE < m.cols ? from + SIZE : m.cols;
                const float wanted = largest_magnitude<P>(x + from, to - from, 0) * (enc * (1.0f / 6.0f));
                const int scale = encode_one<E4m3>(finite(wanted));
                m.scales[block] = (uint8_t)scale;
                encode_block<P, Nibbles>(x, from, to, finite(1 / (decode_one<E4m3>(scale) * tensor)), codes);
            }
        }
    }

    template <class P>
    static void decode(const Matrix& m, int64_t from, int64_t to, void* out) {
        const float tensor = *m.tensor_scale;
        decode_blocks<P, Nibbles, SIZE>(
            m, from, to, out, [&](int64_t block) { return decode_one<E4m3>(m.scales[block]) * tensor; });
    }

  private:
    static float finite(float x) { return x < FLT_MAX ? x : FLT_MAX; }
    static float encode_scale(float abs_max) {
        const float scale = finite(448.0f * 6.0f / abs_max);
        return abs_max == 0 || scale == 0 ? 1 : scale;
    }
};

}  // namespace

const std::vector<Format>& microscaling_formats() {
    static const std::vector<Format> formats = {
        both_ways<Mx<Bytes<E4m3, 8>>>("mxfp8_e4m3"),
        both_ways<Mx<Nibbles>>("mxfp4"),
        both_ways<NvFp4>("nvfp4"),
    };
    return formats;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
