// GGUF blocks by the rules of GgufLegacy and KQuants: codes and fp16 scales together, a row ending in a whole block.
#include "format.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

// Walks rows block by block. Block: SIZE elements, BYTES bytes, encode(fp32 block, bytes), decode(bytes, fp32 block).
template <class Block>
struct Blocks {
    template <class P>
    static void encode(const Matrix& m) {
        const int64_t across = groups_of(m.cols, Block::SIZE);
        alignas(32) float block[Block::SIZE];
        for (int64_t row = 0; row < m.rows; row++) {
            const auto* x = row_of<P>(m, row);
            for (int64_t b = 0; b < across; b++) {
                widen<P>(x + b * Block::SIZE, m.cols - b * Block::SIZE, block);
                Block::encode(block, m.codes + (row * across + b) * Block::BYTES);
            }
        }
    }

    template <class P>
    static void decode(const Matrix& m, int64_t from, int64_t to, void* out) {
        const int64_t across = groups_of(m.cols, Block::SIZE);
        auto* y = static_cast<typename P::Stored*>(out);
        alignas(32) float block[Block::SIZE];
        for (int64_t row = from; row < to; row++, y += m.cols) {
            for (int64_t b = 0; b < across; b++) {
                Block::decode(m.codes + (row * across + b) * Block::BYTES, block);
                narrow<P>(block, m.cols - b * Block::SIZE, y + b * Block::SIZE);
            }
        }
    }

  private:
    // The next block as fp32; beyond the row it is zeros, which no scale can see.
    template <class P>
    static RIDGEPOINT_INLINE void widen(const typename P::Stored* x, int64_t left, float* block) {
        for (int i = 0; i < Block::SIZE; i += LANES) {
            const int64_t here = left - i;
            store(block + i, here >= LANES ? P::read(x + i) : here > 0 ? read<P>(x + i, here) : F{});
        }
    }

    template <class P>
    static RIDGEPOINT_INLINE void narrow(const float* block, int64_t left, typename P::Stored* y) {
        each_vector(0, left < Block::SIZE ? left : Block::SIZE, [&](int64_t i, auto n) { write<P>(y + i, load<F>(block + i), n); });
    }
};

// Low nibbles of sixteen bytes are elements 0-15, high nibbles 16-31.
struct Q4_0 {
    static constexpr int SIZE = 32;
    static constexpr int BYTES = 18;

    static RIDGEPOINT_INLINE void encode(const float* x, uint8_t* out) {
        const float d = signed_max(x) / -8;
        const F id = splat(d == 0 ? 0 : 1 / d);
        write_half(out, d);
        for (int j = 0; j < 16; j += LANES) {
            store_bytes(out + 2 + j, code(load<F>(x + j), id) | code(load<F>(x + 16 + j), id) << 4);
        }
    }

    // The element of largest magnitude, the first of equals, with its sign.
    static RIDGEPOINT_INLINE float signed_max(const float* x) {
        const float most = peak_of<Fp32>(x, SIZE).magnitude;
        for (int i = 0; i < SIZE; i++) {
            if (x[i] == most || x[i] == -most) return most == 0 ? 0 : x[i];
        }
        return 0;
    }

    // The product is rounded before 8.5 is added: this file is compiled without contraction.
    static RIDGEPOINT_INLINE I code(F x, F id) { return truncate(saturate(x * id + 8.5f, 0, 15)); }

    static RIDGEPOINT_INLINE void decode(const uint8_t* in, float* y) {
        const F d = splat(read_half(in));
        for (int j = 0; j < 16; j += LANES) {
            const I pair = load_bytes(in + 2 + j);
            store(y + j, to_float((pair & 0xF) - 8) * d);
            store(y + 16 + j, to_float((pair >> 4) - 8) * d);
        }
    }
};

struct Q8_0 {
    static constexpr int SIZE = 32;
    static constexpr int BYTES = 34;

    static RIDGEPOINT_INLINE void encode(const float* x, uint8_t* out) {
        const float d = peak_of<Fp32>(x, SIZE).magnitude / 127;
        const F id = splat(d == 0 ? 0 : 1 / d);
        write_half(out, d);
        store_bytes(out + 2, code(x, id), code(x + 8, id), code(x + 16, id), code(x + 24, id));
    }

    // Halves away from zero: what truncation leaves over is exact.
    static RIDGEPOINT_INLINE I code(const float* x, F id) {
        const F v = saturate(load<F>(x) * id, -128, 127);
        const I whole = truncate(v);
        const F rest = v - to_float(whole);
        return whole + (rest >= 0.5f ? splat(1) : splat(0)) - (rest <= -0.5f ? splat(1) : splat(0));
    }

    static RIDGEPOINT_INLINE void decode(const uint8_t* in, float* y) {
        const F d = splat(read_half(in));
        for (int j = 0; j < SIZE; j += LANES) store(y + j, to_float(load_signed_bytes(in + 2 + j)) * d);
    }
};

// fp16 d, fp16 dmin, eight 6-bit scales and minima in 12 bytes, 128 bytes of nibbles.
struct Q4_K {
    static constexpr int SIZE = 256;
    static constexpr int BYTES = 144;

    static RIDGEPOINT_INLINE void decode(const uint8_t* in, float* y) {
        const float d = read_half(in);
        const float dmin = read_half(in + 2);
        const uint8_t* packed = in + 4;
        for (int s = 0; s < 8; s++) {
            const int high = s < 4 ? 0 : packed[s - 4] >> 6;
            const int high_min = s < 4 ? 0 : packed[s] >> 6;
            const int scale = s < 4 ? packed[s] & 63 : (packed[s + 4] & 0xF) | high << 4;
            const int least = s < 4 ? packed[s + 4] & 63 : packed[s + 4] >> 4 | high_min << 4;
            const F step = splat(d * (float)scale);
            const F below = splat(dmin * (float)least);
            const uint8_t* nibbles = in + 16 + s / 2 * 32;
            for (int i = 0; i < 32; i += LANES) {
                const I code = load_bytes(nibbles + i) >> (s % 2 * 4) & 0xF;
                store(y + s * 32 + i, step * to_float(code) - below);
            }
        }
    }
};

// 128 bytes of low nibbles, 64 of upper bit pairs, sixteen signed scales, fp16 d; halves of 128 elements.
struct Q6_K {
    static constexpr int SIZE = 256;
    static constexpr int BYTES = 210;

    static RIDGEPOINT_INLINE void decode(const uint8_t* in, float* y) {
        const float d = read_half(in + 208);
        const auto* scales = reinterpret_cast<const int8_t*>(in + 192);
        for (int at = 0; at < SIZE; at += 16) {
            const int half = at / 128;
            const int quarter = at % 128 / 32;
            const uint8_t* low = in + half * 64 + at % 64;
            const uint8_t* high = in + 128 + half * 32 + at % 32;
            const F step = splat(d * (float)scales[at / 16]);
            for (int i = 0; i < 16; i += LANES) {
                const I nibble = load_bytes(low + i) >> (quarter / 2 * 4) & 0xF;
                const I pair = load_bytes(high + i) >> (quarter * 2) & 3;
                store(y + at + i, step * to_float((nibble | pair << 4) - 32));
            }
        }
    }
};

}  // namespace

const std::vector<Format>& gguf_formats() {
    static const std::vector<Format> formats = {
        both_ways<Blocks<Q4_0>>("q4_0"),
        both_ways<Blocks<Q8_0>>("q8_0"),
        decoder_only<Blocks<Q4_K>>("q4_k"),
        decoder_only<Blocks<Q6_K>>("q6_k"),
    };
    return formats;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
