// int4 in groups of 128 along K, in AWQ's and GPTQ's layouts and symmetric, and int8 in GPTQ's, by the rules of PackedIntCodec.
#include "format.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

constexpr int GROUP = 128;
constexpr int CHANNELS = 8;
constexpr int MIDDLE = 8;

// Which nibble of a word channel j of eight takes.
struct AwqOrder {
    static constexpr int NIBBLE[CHANNELS] = {0, 4, 1, 5, 2, 6, 3, 7};
};
struct PlainOrder {
    static constexpr int NIBBLE[CHANNELS] = {0, 1, 2, 3, 4, 5, 6, 7};
};

// Codes of eight channels over one group of columns.
struct Tile {
    alignas(32) int32_t code[CHANNELS][GROUP];
};

// Zero points of eight channels a word [groups, ceil(N / 8)]; `less` is what stored ones are less than those meant.
template <class Order, int less>
struct NibbleZeros {
    static void put_zeros(const Matrix& m, int64_t channel, int64_t col, const int (&zeros)[CHANNELS], int count) {
        uint32_t word = 0;
        for (int j = 0; j < count; j++) word |= (uint32_t)((zeros[j] - less) & 0xF) << 4 * Order::NIBBLE[j];
        put(m.zeros, word_at(m, channel, col), word);
    }

    static int zero_point(const Matrix& m, int64_t channel, int64_t col) {
        const uint32_t word = get<uint32_t>(m.zeros, word_at(m, channel, col));
        return ((int)(word >> 4 * Order::NIBBLE[channel % CHANNELS]) + less) & 0xF;
    }

  private:
    static int64_t word_at(const Matrix& m, int64_t channel, int64_t col) {
        return col / GROUP * groups_of(m.rows, CHANNELS) + channel / CHANNELS;
    }
};

struct Awq : NibbleZeros<AwqOrder, 0> {
    static constexpr bool SYMMETRIC = false;
    static constexpr int MOST = 15;

    // [K, N/8] words: a word is one column of eight channels.
    static void put_codes(const Matrix& m, const Tile& tile, int64_t channel, int64_t col, int64_t cols) {
        const int64_t words = groups_of(m.rows, CHANNELS);
        alignas(32) int32_t word[GROUP] = {};
        for (int j = 0; j < CHANNELS; j++) {
            for (int i = 0; i < GROUP; i++) word[i] |= tile.code[j][i] << 4 * AwqOrder::NIBBLE[j];
        }
        for (int64_t i = 0; i < cols; i++) put(m.codes, (col + i) * words + channel / CHANNELS, word[i]);
    }

    static void get_codes(const Matrix& m, Tile& tile, int64_t channel, int64_t col, int64_t cols) {
        const int64_t words = groups_of(m.rows, CHANNELS);
        alignas(32) int32_t word[GROUP];
        for (int64_t i = 0; i < cols; i++) word[i] = get<int32_t>(m.codes, (col + i) * words + channel / CHANNELS);
        for (int j = 0; j < CHANNELS; j++) {
            for (int64_t i = 0; i < cols; i++) tile.code[j][i] = word[i] >> 4 * AwqOrder::NIBBLE[j] & 0xF;
        }
    }
};

struct Gptq : NibbleZeros<PlainOrder, 1> {
    static constexpr bool SYMMETRIC = false;
    static constexpr int MOST = 15;

    // [K/8, N] words: a word is eight columns of one channel.
    static void put_codes(const Matrix& m, const Tile& tile, int64_t channel, int64_t col, int64_t cols) {
        for (int64_t i = 0; i < cols; i += CHANNELS) {
            for (int j = 0; j < CHANNELS && channel + j < m.rows; j++) {
                int32_t word = 0;
                for (int n = 0; n < CHANNELS; n++) word |= tile.code[j][i + n] << 4 * n;
                put(m.codes, (col + i) / CHANNELS * m.rows + channel + j, word);
            }
        }
    }

    static void get_codes(const Matrix& m, Tile& tile, int64_t channel, int64_t col, int64_t cols) {
        const I shifts = {0, 4, 8, 12, 16, 20, 24, 28};
        for (int64_t i = 0; i < cols; i += CHANNELS) {
            for (int j = 0; j < CHANNELS && channel + j < m.rows; j++) {
                const int32_t word = get<int32_t>(m.codes, (col + i) / CHANNELS * m.rows + channel + j);
                store(&tile.code[j][i], splat(word) >> shifts & 0xF);
            }
        }
    }
};

// GPTQ's words under zero points that are all 8, and are not stored.
struct GptqSymmetric : Gptq {
    static constexpr bool SYMMETRIC = true;
    static int zero_point(const Matrix&, int64_t, int64_t) { return MIDDLE; }
};

// Codes and zero points of eight bits in GPTQ's words: four columns [ceil(K / 4), N], four channels [groups, ceil(N / 4)].
struct GptqBytes {
    static constexpr bool SYMMETRIC = false;
    static constexpr int MOST = 255;
    static constexpr int IN_WORD = 4;

    static void put_zeros(const Matrix& m, int64_t channel, int64_t col, const int (&zeros)[CHANNELS], int count) {
        for (int j = 0; j < count; j++) m.zeros[zero_at(m, channel + j, col)] = (uint8_t)(zeros[j] - 1);
        for (int64_t j = count; j % IN_WORD != 0; j++) m.zeros[zero_at(m, channel + j, col)] = 0;
    }

    static int zero_point(const Matrix& m, int64_t channel, int64_t col) { return (m.zeros[zero_at(m, channel, col)] + 1) & 0xFF; }

    static void put_codes(const Matrix& m, const Tile& tile, int64_t channel, int64_t col, int64_t cols) {
        for (int64_t i = 0; i < cols; i += IN_WORD) {
            for (int j = 0; j < CHANNELS && channel + j < m.rows; j++) {
                uint32_t word = 0;
                for (int n = 0; n < IN_WORD; n++) word |= (uint32_t)tile.code[j][i + n] << 8 * n;
                put(m.codes, (col + i) / IN_WORD * m.rows + channel + j, word);
            }
        }
    }

    static void get_codes(const Matrix& m, Tile& tile, int64_t channel, int64_t col, int64_t cols) {
        for (int64_t i = 0; i < cols; i += IN_WORD) {
            for (int j = 0; j < CHANNELS && channel + j < m.rows; j++) {
                const uint32_t word = get<uint32_t>(m.codes, (col + i) / IN_WORD * m.rows + channel + j);
                for (int n = 0; n < IN_WORD; n++) tile.code[j][i + n] = (int32_t)(word >> 8 * n & 0xFF);
            }
        }
    }

  private:
    static int64_t zero_at(const Matrix& m, int64_t channel, int64_t col) {
        return col / GROUP * groups_of(m.rows, IN_WORD) * IN_WORD + channel;
    }
};

template <class Layout>
struct PackedInt {
    template <class P>
    static void encode(const Matrix& m) {
        Tile tile;
        for (int64_t col = 0; col < m.cols; col += GROUP) {
            const int64_t cols = m.cols - col < GROUP ? m.cols - col : GROUP;
            for (int64_t channel = 0; channel < m.rows; channel += CHANNELS) {
                std::memset(&tile, 0, sizeof tile);
                int zeros[CHANNELS];
                int count = 0;
                for (; count < CHANNELS && channel + count < m.rows; count++) {
                    zeros[count] = encode_group<P>(m, channel + count, col, cols, tile.code[count]);
                }
                if constexpr (!Layout::SYMMETRIC) Layout::put_zeros(m, channel, col, zeros, count);
                Layout::put_codes(m, tile, channel, col, cols);
            }
        }
    }

    template <class P>
    static void decode(const Matrix& m, int64_t from, int64_t to, void* out) {
        Tile tile;
        auto* y = static_cast<typename P::Stored*>(out);
        for (int64_t col = 0; col < m.cols; col += GROUP) {
            const int64_t cols = m.cols - col < GROUP ? m.cols - col : GROUP;
            for (int64_t channel = from / CHANNELS * CHANNELS; channel < to; channel += CHANNELS) {
                Layout::get_codes(m, tile, channel, col, cols);
                for (int j = 0; j < CHANNELS && channel + j < to; j++) {
                    if (channel + j < from) continue;
                    const F scale = splat(read_half(m.scales + 2 * scale_at(m, channel + j, col)));
                    decode_run<P>(tile.code[j], cols, Layout::zero_point(m, channel + j, col), scale,
                                  y + (channel + j - from) * m.cols + col);
                }
            }
        }
    }

  private:
    static int64_t scale_at(const Matrix& m, int64_t channel, int64_t col) { return col / GROUP * m.rows + channel; }

    // Codes and stores the scale of one group of one channel, and returns its zero point.
    template <class P>
    static int encode_group(const Matrix& m, int64_t channel, int64_t col, int64_t cols, int32_t* codes) {
        const auto* x = row_of<P>(m, channel) + col;
        F lo = {}, hi = {};
        each_vector(0, cols, [&](int64_t i, auto n) {
            const F v = read<P>(x + i, n);
            lo = min(v, lo);
            hi = max(v, hi);
        });
        float low = -largest(-lo);
        float high = largest(hi);
        if constexpr (Layout::SYMMETRIC) {
            high = high > -low ? high : -low;
            low = -high;
        }
        const float range = high - low;
        uint8_t* stored = m.scales + 2 * scale_at(m, channel, col);
        write_half(stored, (range > 1e-5f ? range : 1e-5f) / Layout::MOST);
        const F scale = splat(read_half(stored));
        const int zero = Layout::SYMMETRIC ? MIDDLE : round_even(saturate(-splat(low) / scale, 0, Layout::MOST))[0];
        each_vector(0, cols, [&](int64_t i, auto n) {
            // Wide enough for any code before the zero point is added, narrow enough to round.
            const I code = round_even(saturate(read<P>(x + i, n) / scale, -1024, 1024)) + zero;
            store(codes + i, min(max(code, splat(0)), splat(Layout::MOST)));
        });
        for (int64_t i = cols; i < GROUP; i++) codes[i] = 0;
        return zero;
    }

    template <class P>
    static RIDGEPOINT_INLINE void decode_run(const int32_t* codes, int64_t cols, int zero, F scale, typename P::Stored* y) {
        each_vector(0, cols, [&](int64_t i, auto n) { write<P>(y + i, to_float(load<I>(codes + i) - zero) * scale, n); });
    }
};

}  // namespace

const std::vector<Format>& int4_formats() {
    static const std::vector<Format> formats = {
        both_ways<PackedInt<Awq>>("int4_g128_awq"),
        both_ways<PackedInt<Gptq>>("int4_g128_gptq"),
        both_ways<PackedInt<GptqSymmetric>>("int4_g128_sym"),
        both_ways<PackedInt<GptqBytes>>("int8_g128_zp"),
    };
    return formats;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
