// Symmetric int8, by the rules of Int8Codec.
#include "scaled.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

struct Int8Code {
    static RIDGEPOINT_INLINE I code(F v) { return round_even(saturate(v, -128, 127)); }
    template <class N>
    static RIDGEPOINT_INLINE F value(const uint8_t* codes, N count) {
        return to_float(load_signed_bytes(codes, count));
    }

    static RIDGEPOINT_INLINE void store_finite(uint8_t* to, const F* v) {
        store_saturated(to, nearest(v[0]), nearest(v[1]), nearest(v[2]), nearest(v[3]));
    }

    static bool decodes_fast(float scale) { return scale <= FLT_MAX; }
    static float fast_scale(float scale) { return scale; }
    static RIDGEPOINT_INLINE bool holds_nan(const uint8_t*) { return false; }
    static RIDGEPOINT_INLINE void fast_values(const uint8_t* codes, F* v) {
        v[0] = value(codes, Whole{});
        v[1] = value(codes + LANES, Whole{});
    }
};

float scale(float abs_max) { return abs_max / 127.0f; }
float stored_scale(float, float scale) { return scale; }
float inverse(float abs_max, float) { return abs_max == 0 ? 0 : 127.0f / abs_max; }

constexpr Rule TENSOR = {ALL, ALL, scale, stored_scale, true};
constexpr Rule TOKEN = {1, ALL, scale, inverse, false};
constexpr Rule CHANNEL = {ALL, 1, scale, inverse, false};
constexpr Rule G128 = {1, 128, scale, inverse, false};

}  // namespace

const std::vector<Format>& int8_formats() {
    static const std::vector<Format> formats = {
        both_ways<Scaled<Int8Code, TENSOR>>("int8_tensor"),
        both_ways<Scaled<Int8Code, TOKEN>>("int8_token"),
        both_ways<Scaled<Int8Code, CHANNEL>>("int8_channel"),
        both_ways<Scaled<Int8Code, G128>>("int8_g128"),
    };
    return formats;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
