// Small blocks along a row under narrow scales: MXFP8 and MXFP4 by MxCodec (the OCP rule), NVFP4 by NvFp4Codec.
#include <cfloat>

#include "format.h"
#include "minifloat.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

// A byte a code.
struct InBytes {
    static int64_t stride(int64_t cols) { return cols; }
    template <class N>
    static RIDGEPOINT_INLINE void store8(uint8_t* row, int64_t col, I code, N count) {
        store_bytes(row + col, code, count);
    }
    template <class N>
    static RIDGEPOINT_INLINE I load8(const uint8_t* row, int64_t col, N count) {
        return load_bytes(row + col, count);
    }
    static RIDGEPOINT_INLINE void store32(uint8_t* row, int64_t col, const uint8_t* codes) {
        std::memcpy(row + col, codes, BLOCK);
    }
    static RIDGEPOINT_INLINE void load32(const uint8_t* row, int64_t col, uint8_t* codes) {
        std::memcpy(codes, row + col, BLOCK);
    }
};

// Two codes a byte, the even column in the low nibble; an odd row ends in a zero nibble.
struct InNibbles {
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

    static RIDGEPOINT_INLINE void store32(uint8_t* row, int64_t col, const uint8_t* codes) {
#if defined(RIDGEPOINT_V3)
        const __m256i pairs = _mm256_maddubs_epi16(load<__m256i>(codes), _mm256_set1_epi16(0x1001));
        const __m256i packed = _mm256_packus_epi16(pairs, pairs);
        store(row + col / 2, _mm256_castsi256_si128(_mm256_permute4x64_epi64(packed, 0x08)));
#else
        for (int i = 0; i < BLOCK / 2; i++) row[col / 2 + i] = (uint8_t)(codes[2 * i] | codes[2 * i + 1] << 4);
#endif
    }

    static RIDGEPOINT_INLINE void load32(const uint8_t* row, int64_t col, uint8_t* codes) {
#if defined(RIDGEPOINT_V3)
        const __m128i pairs = load<__m128i>(row + col / 2);
        const __m128i low = _mm_and_si128(pairs, _mm_set1_epi8(0xF));
        const __m128i high = _mm_and_si128(_mm_srli_epi16(pairs, 4), _mm_set1_epi8(0xF));
        store(codes, _mm_unpacklo_epi8(low, high));
        store(codes + 16, _mm_unpackhi_epi8(low, high));
#else
        for (int i = 0; i < BLOCK; i++) codes[i] = row[(col + i) / 2] >> (i % 2 * 4) & 0xF;
#endif
    }
};

// The columns [from, to) of each block of SIZE and the block's index among all scales.
template <int SIZE, class Body>
RIDGEPOINT_INLINE void each_block(const Matrix& m, int64_t row, Body body) {
    int64_t block = row * groups_of(m.cols, SIZE);
    for (int64_t from = 0; from < m.cols; from += SIZE, block++) {
        body(block, from, from + SIZE < m.cols ? from + SIZE : m.cols);
    }
}

// Encodes one stretch by a factor, whatever it holds.
template <class P, class T, class Codes>
RIDGEPOINT_INLINE void encode_any(const typename P::Stored* x, int64_t from, int64_t to, float factor, uint8_t* row) {
    each_vector(from, to, [&](int64_t i, auto n) {
        Codes::store8(row, i, T::encode(read<P>(x + i, n) * splat(factor)), n);
    });
}

// Encodes thirty-two numbers, each half of them by a factor of its own. What is too large saturates.
template <class P, class T, class Codes>
RIDGEPOINT_INLINE void encode_32(const typename P::Stored* x, int64_t from, float first, float second, float largest,
                                 uint8_t* row) {
    F v[4];
    for (int j = 0; j < 4; j++) {
        const F scaled = P::read(x + from + j * LANES) * splat(j < 2 ? first : second);
        v[j] = max(min(scaled, splat(largest)), splat(-largest));
    }
    alignas(32) uint8_t codes[BLOCK];
    T::store_finite(codes, v);
    Codes::store32(row, from, codes);
}

// Decodes a stretch; scale_of(block) is the factor of a code, SIZE codes share a block.
template <class P, class T, class Codes, int SIZE, class ScaleOf>
RIDGEPOINT_INLINE void decode_rows(const Matrix& m, int64_t first, int64_t last, void* out, ScaleOf scale_of) {
    auto* y = static_cast<typename P::Stored*>(out);
    for (int64_t row = first; row < last; row++, y += m.cols) {
        const uint8_t* codes = m.codes + row * Codes::stride(m.cols);
        const int64_t block = row * groups_of(m.cols, SIZE);
        int64_t at = 0;
        for (; at + BLOCK <= m.cols; at += BLOCK) {
            const float scales[2] = {scale_of(block + at / SIZE), scale_of(block + (at + 16) / SIZE)};
            alignas(32) uint8_t bytes[BLOCK];
            Codes::load32(codes, at, bytes);
            if (T::holds_special(bytes) || !(scales[0] < 0x1p100f) || !(scales[1] < 0x1p100f)) break;
            for (int j = 0; j < 2; j++) {
                F v[2];
                T::as_halves(bytes + j * 16, v);
                const F scale = splat(scales[j] * T::HALF_TO_VALUE);
                P::write_numbers(y + at + j * 16, v[0] * scale, v[1] * scale);
            }
        }
        for (; at < m.cols; at += SIZE) {
            const F scale = splat(scale_of(block + at / SIZE));
            each_vector(at, at + SIZE < m.cols ? at + SIZE : m.cols, [&](int64_t i, auto n) {
                write<P>(y + i, T::decode(Codes::load8(codes, i, n)) * scale, n);
            });
        }
    }
}

template <class T, class Codes, int MAX_EXPONENT>
struct Mx {
    static constexpr int SIZE = 32;

    template <class P>
    static void encode(const Matrix& m) {
        for (int64_t row = 0; row < m.rows; row++) {
            const auto* x = row_of<P>(m, row);
            uint8_t* codes = m.codes + row * Codes::stride(m.cols);
            each_block<SIZE>(m, row, [&](int64_t block, int64_t from, int64_t to) {
                const Peak peak = peak_of<P>(x + from, to - from);
                const int scale = peak.finite ? scale_code(peak.magnitude) : 255;
                m.scales[block] = (uint8_t)scale;
                const float factor = decode_e8m0(scale == 255 ? 255 : 254 - scale);
                if (peak.finite && to - from == SIZE) {
                    encode_32<P, T, Codes>(x, from, factor, factor, T::LARGEST_VALUE, codes);
                } else {
                    encode_any<P, T, Codes>(x, from, to, factor, codes);
                }
            });
        }
    }

    template <class P>
    static void decode(const Matrix& m, int64_t from, int64_t to, void* out) {
        decode_rows<P, T, Codes, SIZE>(m, from, to, out, [&](int64_t block) { return decode_e8m0(m.scales[block]); });
    }

  private:
    static RIDGEPOINT_INLINE int scale_code(float abs_max) {
        const int code = (bits(splat(abs_max))[0] >> 23) - MAX_EXPONENT;
        return code < 0 ? 0 : code;
    }
};

struct NvFp4 {
    static constexpr int SIZE = 16;

    template <class P>
    static void encode(const Matrix& m) {
        const Peak all = peak_of<P>(row_of<P>(m, 0), m.rows * m.cols);
        const float enc = encode_scale(all.magnitude);
        *m.tensor_scale = 1 / enc;
        float* factors = m.factors.data();
        for (int64_t row = 0; row < m.rows; row++) {
            const auto* x = row_of<P>(m, row);
            const int64_t first = row * groups_of(m.cols, SIZE);
            each_block<SIZE>(m, row, [&](int64_t block, int64_t from, int64_t to) {
                factors[block - first] = peak_of<P>(x + from, to - from).magnitude;
            });
            set_scales(m, first, enc);
            uint8_t* codes = m.codes + row * InNibbles::stride(m.cols);
            int64_t at = 0;
            for (; all.finite && at + BLOCK <= m.cols; at += BLOCK) {
                encode_32<P, E2m1, InNibbles>(
                    x, at, factors[at / SIZE], factors[at / SIZE + 1], E2m1::LARGEST_VALUE, codes);
            }
            for (; at < m.cols; at += SIZE) {
                encode_any<P, E2m1, InNibbles>(x, at, at + SIZE < m.cols ? at + SIZE : m.cols, factors[at / SIZE], codes);
            }
        }
    }

    template <class P>
    static void decode(const Matrix& m, int64_t from, int64_t to, void* out) {
        const float tensor = *m.tensor_scale;
        decode_rows<P, E2m1, InNibbles, SIZE>(
            m, from, to, out, [&](int64_t block) { return E4m3::decode_one(m.scales[block]) * tensor; });
    }

  private:
    static float finite(float x) { return x < FLT_MAX ? x : FLT_MAX; }
    static float encode_scale(float abs_max) {
        const float scale = finite(448.0f * 6.0f / abs_max);
        return abs_max == 0 || scale == 0 ? 1 : scale;
    }

    // Turns a row's largest magnitudes into factors and stores its scales, from block `first` on.
    static void set_scales(const Matrix& m, int64_t first, float enc) {
        float* factors = m.factors.data();
        const F tensor = splat(*m.tensor_scale);
        const F most = splat(FLT_MAX);
        each_vector(0, groups_of(m.cols, SIZE), [&](int64_t i, auto n) {
            const I code = E4m3::encode(min(load<F>(factors + i) * splat(enc * (1.0f / 6.0f)), most));
            store_bytes(m.scales + first + i, code, n);
            store(factors + i, min(1 / (E4m3::decode(code) * tensor), most));
        });
    }
};

}  // namespace

const std::vector<Format>& microscaling_formats() {
    static const std::vector<Format> formats = {
        both_ways<Mx<E4m3, InBytes, 8>>("mxfp8_e4m3"),
        both_ways<Mx<E2m1, InNibbles, 2>>("mxfp4"),
        both_ways<NvFp4>("nvfp4"),
    };
    return formats;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
