// fp8 under fp32 scales, by the four published rules of Fp8Codec.
#include <cfloat>

#include "ladder.h"
#include "quotient.h"
#include "scaled.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

template <class T>
struct Fp8Code {
    static RIDGEPOINT_INLINE I code(F v) { return T::encode(v); }
    template <class N>
    static RIDGEPOINT_INLINE F value(const uint8_t* codes, N count) {
        return T::decode(load_bytes(codes, count));
    }

    template <class P, class Scale>
    struct ByArithmetic {
        typedef Made<ByArithmetic> Maker;

        Scale scale;
        Quotient<Scale> quotient;

        RIDGEPOINT_INLINE explicit ByArithmetic(Scale exact) : scale(exact), quotient(exact) {}

        // Codes that are right if all are normal ones.
        struct Attempt {
            Quotient<Scale> quotient;
            typename T::Normal normal;

            RIDGEPOINT_INLINE void encode(const typename P::Stored* x, uint8_t* to) {
                T::template encode_normal<P>(x, quotient, normal, to);
            }
            RIDGEPOINT_INLINE bool right() const { return normal.all(); }
        };

        RIDGEPOINT_INLINE Attempt attempt() const { return {quotient, {}}; }

        void carefully(const typename P::Stored* x, int64_t count, uint8_t* to) const {
            for (int64_t i = 0; i < count; i += BLOCK) T::template encode_finite<P>(x + i, scale, to + i);
        }
    };

    // Of elements that fit the codes' range.
#if defined(RIDGEPOINT_V3)
    template <class P, class Scale>
    using Encoder = std::conditional_t<std::is_same<P, Bf16>::value && std::is_same<T, E4m3>::value, Ladder<Scale>,
                                       ByArithmetic<P, Scale>>;
#else
    template <class P, class Scale>
    using Encoder = ByArithmetic<P, Scale>;
#endif

    static bool decodes_fast(float scale) { return scale >= 0x1p-100f && scale < 0x1p7f; }
    static RIDGEPOINT_INLINE bool holds_nan(const uint8_t* codes) { return T::holds_special(codes); }
    template <class P>
    static RIDGEPOINT_INLINE void decode_finite(const uint8_t* codes, float scale, typename P::Stored* y) {
        T::template decode_finite<P>(codes, scale, y);
    }
};

constexpr float E4M3 = 448.0f;
constexpr float E5M2 = 57344.0f;

template <const float& LARGEST>
F tensor_scale(F abs_max) {
    const F scale = abs_max / LARGEST;
    return scale == 0 ? splat(1.0f) : scale;
}

template <const float& LARGEST>
F token_scale(F abs_max) {
    return max(abs_max / LARGEST, splat(1 / (LARGEST * 512)));
}

template <const float& LARGEST>
F group_scale(F abs_max) {
    return max(abs_max, splat(1e-10f)) / LARGEST;
}

template <const float& LARGEST>
F block_scale(F abs_max) {
    return max(abs_max, splat(1e-4f)) / LARGEST;
}

F stored_scale(F, F scale) { return scale; }
F inverse(F, F scale) { return min(1 / scale, splat(FLT_MAX)); }

constexpr Rule E4M3_TENSOR = {ALL, ALL, tensor_scale<E4M3>, inverse, false};
constexpr Rule E4M3_TOKEN = {1, ALL, token_scale<E4M3>, stored_scale, true};
constexpr Rule E4M3_1X128 = {1, 128, group_scale<E4M3>, stored_scale, true};
constexpr Rule E4M3_128X128 = {128, 128, block_scale<E4M3>, inverse, false};
constexpr Rule E5M2_TENSOR = {ALL, ALL, tensor_scale<E5M2>, inverse, false};
constexpr Rule E5M2_TOKEN = {1, ALL, token_scale<E5M2>, stored_scale, true};
constexpr Rule E5M2_1X128 = {1, 128, group_scale<E5M2>, stored_scale, true};
constexpr Rule E5M2_128X128 = {128, 128, block_scale<E5M2>, inverse, false};

}  // namespace

const std::vector<Format>& fp8_formats() {
    static const std::vector<Format> formats = {
        both_ways<Scaled<Fp8Code<E4m3>, E4M3_TENSOR>>("fp8_e4m3_tensor"),
        both_ways<Scaled<Fp8Code<E4m3>, E4M3_TOKEN>>("fp8_e4m3_token"),
        both_ways<Scaled<Fp8Code<E4m3>, E4M3_1X128>>("fp8_e4m3_1x128"),
        both_ways<Scaled<Fp8Code<E4m3>, E4M3_128X128>>("fp8_e4m3_128x128"),
        both_ways<Scaled<Fp8Code<E5m2>, E5M2_TENSOR>>("fp8_e5m2_tensor"),
        both_ways<Scaled<Fp8Code<E5m2>, E5M2_TOKEN>>("fp8_e5m2_token"),
        both_ways<Scaled<Fp8Code<E5m2>, E5M2_1X128>>("fp8_e5m2_1x128"),
        both_ways<Scaled<Fp8Code<E5m2>, E5M2_128X128>>("fp8_e5m2_128x128"),
    };
    return formats;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
