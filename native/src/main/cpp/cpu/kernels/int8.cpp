// Symmetric int8, by the rules of Int8Codec.
#include "columns.h"
#include "scaled.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

struct Int8Code {
    static RIDGEPOINT_INLINE I code(F v) { return round_even(saturate(v, -128, 127)); }
    template <class N>
    static RIDGEPOINT_INLINE F value(const uint8_t* codes, N count) {
        return to_float(load_signed_bytes(codes, count));
    }

    // Of elements that fit the codes' range.
    template <class P, class Scale>
    struct Encoder {
        typedef Made<Encoder> Maker;

        Scale scale;

        explicit Encoder(Scale by) : scale(by) {}

        // No number needs care.
        RIDGEPOINT_INLINE const Encoder& attempt() const { return *this; }
        static constexpr bool right() { return true; }
        static void carefully(const typename P::Stored*, int64_t, uint8_t*) {}

        RIDGEPOINT_INLINE void encode(const typename P::Stored* x, uint8_t* to) const {
            F v[4];
            for (int j = 0; j < 4; j++) v[j] = scale(P::read(x + j * LANES));
            store_finite(to, v);
        }
    };

    static RIDGEPOINT_INLINE void store_finite(uint8_t* to, const F* v) {
        store_saturated(to, nearest(v[0]), nearest(v[1]), nearest(v[2]), nearest(v[3]));
    }

    static bool decodes_fast(float scale) { return scale <= FLT_MAX; }
    static RIDGEPOINT_INLINE bool holds_nan(const uint8_t*) { return false; }
    template <class P>
    static RIDGEPOINT_INLINE void decode_finite(const uint8_t* codes, float scale, typename P::Stored* y) {
        const F s = splat(scale);
        for (int j = 0; j < BLOCK; j += 2 * LANES) {
            P::write_numbers(y + j, value(codes + j, Whole{}) * s, value(codes + j + LANES, Whole{}) * s);
        }
    }
};

// Of one group or of eight.
template <class V>
V scale(V abs_max) {
    return abs_max / 127.0f;
}

template <class V>
V inverse(V abs_max, V) {
    return abs_max == 0 ? V{} : 127.0f / abs_max;
}

F stored_scale(F, F scale) { return scale; }

constexpr Rule TENSOR = {ALL, ALL, scale<F>, stored_scale, true};
constexpr Rule TOKEN = {1, ALL, scale<F>, inverse<F>, false};
constexpr ColumnRule CHANNEL = {scale<float>, inverse<float>};
constexpr Rule G128 = {1, 128, scale<F>, inverse<F>, false};

}  // namespace

const std::vector<Format>& int8_formats() {
    static const std::vector<Format> formats = {
        both_ways<Scaled<Int8Code, TENSOR>>("int8_tensor"),
        both_ways<Scaled<Int8Code, TOKEN>>("int8_token"),
        both_ways<ByColumn<Int8Code, CHANNEL>>("int8_channel"),
        both_ways<Scaled<Int8Code, G128>>("int8_g128"),
    };
    return formats;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
