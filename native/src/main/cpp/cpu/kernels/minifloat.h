// Types of a few exponent and significand bits: the arithmetic of the Java codecs, a vector at a time.
#pragma once

#include <type_traits>

#include "plain.h"

namespace ridgepoint::RIDGEPOINT_ISA {

// BIAS of the exponent, SIG stored significand bits, LARGEST code of a finite number; NaN encodes to NAN_CODE, unsigned.
template <int BIAS, int SIG, int LARGEST, int SIGN, int NAN_CODE>
struct MiniFloat {
    static constexpr int DROPPED = 23 - SIG;
    static constexpr int32_t SMALLEST_NORMAL = (128 - BIAS) << 23;
    // A power of two whose last place is the type's smallest step: adding it rounds subnormals.
    static constexpr int32_t ANCHOR = (151 - BIAS - SIG) << 23;
    static constexpr int SIGN_SHIFT = SIGN == 0x8 ? 28 : 24;

    // To nearest, ties to even, saturating.
    static RIDGEPOINT_INLINE I encode(F value) {
        I raw = bits(value);
        I mag = raw & 0x7FFFFFFF;
        I small = bits(floats(mag) + floats(splat(ANCHOR))) - ANCHOR;
        I rounded = mag + ((1 << (DROPPED - 1)) - 1) + ((mag >> DROPPED) & 1);
        I normal = (rounded >> DROPPED) - ((127 - BIAS) << SIG);
        I code = min(mag < SMALLEST_NORMAL ? small : normal, splat(LARGEST));
        I sign = (I)((U)raw >> SIGN_SHIFT) & SIGN;
        return mag > 0x7F800000 ? splat(NAN_CODE) : code | sign;
    }

    // Moves the fields into place and corrects the exponent by a product, exact for subnormals too.
    static RIDGEPOINT_INLINE F decode(I code) {
        I fields = (code & (SIGN - 1)) << DROPPED;
        F scaled = floats(fields) * floats(splat((254 - BIAS) << 23));
        I sign = (code & SIGN) << (31 - SIGN_BIT);
        I value = bits(scaled) | sign;
        return floats(FINITE ? value : (code & (SIGN - 1)) > LARGEST ? special(code) | sign : value);
    }

    // Codes sign-extended from their byte, whose sign is in its place already. What is special gets the exponent that
    // says so; of its significand only whether it is 0 is kept.
    static RIDGEPOINT_INLINE F decode_signed(I code) {
        const I fields = (code << DROPPED) & (int32_t)(0x80000000u | (SIGN - 1) << DROPPED);
        const I value = bits(floats(fields) * floats(splat((254 - BIAS) << 23)));
        const I special = (fields & 0x7FFFFFFF) > (LARGEST << DROPPED);
        return floats(value | (special & 0x7F800000));
    }

    static constexpr float LARGEST_VALUE = BIAS == 1 ? 6.0f : BIAS == 7 ? 448.0f : 57344.0f;

    // A finite code's value.
    static RIDGEPOINT_INLINE float decode_one(int code) {
        const float magnitude = Fp32::value((code & (SIGN - 1)) << DROPPED) * Fp32::value((254 - BIAS) << 23);
        return code & SIGN ? -magnitude : magnitude;
    }

    // Thirty-two codes of numbers no larger than the largest, but for what rounding takes away.
    static RIDGEPOINT_INLINE void store_finite(uint8_t* to, const F* v) {
#if defined(RIDGEPOINT_V3)
        if (SIGN == 0x80) {
            Normal normal;
            store_normal(to, v, normal);
            if (normal.all()) return;
        }
#endif
        I low[4];
        for (int j = 0; j < 4; j++) low[j] = in_last_byte(magnitude(v[j]));
#if defined(RIDGEPOINT_V3)
        const __m256i mask = _mm256_set1_epi32(0xFF);
        __m256i ab = _mm256_packus_epi32((__m256i)low[0] & mask, (__m256i)low[1] & mask);
        __m256i cd = _mm256_packus_epi32((__m256i)low[2] & mask, (__m256i)low[3] & mask);
        // Saturating packs keep the sign of what they saturate.
        __m256i sign_ab = _mm256_packs_epi32((__m256i)v[0], (__m256i)v[1]);
        __m256i sign_cd = _mm256_packs_epi32((__m256i)v[2], (__m256i)v[3]);
        __m256i sign = _mm256_packs_epi16(sign_ab, sign_cd);
        if (SIGN == 0x8) sign = _mm256_srli_epi16(sign, 4);
        store(to, in_order(_mm256_packus_epi16(ab, cd) | (sign & _mm256_set1_epi8((char)SIGN))));
#else
        for (int j = 0; j < 4; j++) {
            store_bytes(to + j * LANES, (low[j] & (SIGN - 1)) | (((I)((U)bits(v[j]) >> SIGN_SHIFT)) & SIGN));
        }
#endif
    }

    // The same of thirty-two elements of a plain type, which `scale` brings to that range without changing a sign.
    template <class P, class Scale>
    static RIDGEPOINT_INLINE void encode_finite(const typename P::Stored* x, Scale scale, uint8_t* to) {
        F v[4];
        for (int j = 0; j < 4; j++) v[j] = scale(P::read(x + j * LANES));
        store_finite(to, v);
    }

    // Whether codes that were asked for as normal ones all are.
    struct Normal {
#if defined(RIDGEPOINT_V3)
        __m256i least = _mm256_set1_epi16(-1);
        RIDGEPOINT_INLINE bool all() const { return !any((I)_mm256_subs_epu16(_mm256_set1_epi16((128 - BIAS) << 8), least)); }
#else
        static constexpr bool all() { return true; }
#endif
    };

    // The same where no code is a subnormal one or 0, which `normal` says after it. Then `scale` may err within what normal
    // codes do not see, and change the sign of 0.
    template <class P, class Scale>
    static RIDGEPOINT_INLINE void encode_normal(const typename P::Stored* x, Scale scale, Normal& normal, uint8_t* to) {
#if defined(RIDGEPOINT_V3)
        if constexpr (std::is_same<P, Bf16>::value) {
            const __m256i codes = normal_codes(neighbours(x, scale), neighbours(x + 2 * LANES, scale), normal);
            store(to, _mm256_permute4x64_epi64(codes, 0xD8));
        } else {
            F v[4];
            for (int j = 0; j < 4; j++) v[j] = scale(P::read(x + j * LANES));
            store_normal(to, v, normal);
        }
#else
        (void)normal;
        encode_finite<P>(x, scale, to);
#endif
    }

    // Every type here fits the upper byte of a half, but for a power of two.
    static constexpr float HALF_TO_VALUE = BIAS == 7 ? 0x1p8f : 1.0f;

    // Codes of two vectors, a byte each.
    static RIDGEPOINT_INLINE void as_halves(const uint8_t* codes, F* v) {
        Shorts wide = load_bytes_as_shorts(SIGN == 0x8 ? looked_up(codes).byte : codes) << 8;
        // The sign stays where it is, the other fields make room for a fifth bit of exponent.
        if (BIAS == 7) wide = (wide >> 1) & (int16_t)0xBFFF;
#if defined(RIDGEPOINT_V3)
        v[0] = (F)_mm256_cvtph_ps(_mm256_castsi256_si128((__m256i)wide));
        v[1] = (F)_mm256_cvtph_ps(_mm256_extracti128_si256((__m256i)wide, 1));
#else
        uint16_t halves[2 * LANES];
        store(halves, wide);
        v[0] = Fp16::read(halves);
        v[1] = Fp16::read(halves + LANES);
#endif
    }

    // Thirty-two finite codes under a scale of at least 2^-100 and less than 2^7.
    template <class P>
    static RIDGEPOINT_INLINE void decode_finite(const uint8_t* codes, float scale, typename P::Stored* y) {
#if defined(RIDGEPOINT_V3)
        if constexpr (std::is_same<P, Bf16>::value) {
            decode_finite_bf16(codes, scale, y);
            return;
        }
#endif
        const F s = splat(scale * HALF_TO_VALUE);
        for (int j = 0; j < BLOCK; j += 2 * LANES) {
            F v[2];
            as_halves(codes + j, v);
            P::write_numbers(y + j, v[0] * s, v[1] * s);
        }
    }

    // Whether any of a block of codes, a byte each, is no finite number.
    static RIDGEPOINT_INLINE bool holds_special(const uint8_t* codes) {
        if (FINITE) return false;
        typedef int8_t Codes __attribute__((vector_size(BLOCK)));
        const Codes special = (load<Codes>(codes) & 0x7F) > (int8_t)LARGEST;
        return any((I)special);
    }

  private:
#if defined(RIDGEPOINT_V3)
    static RIDGEPOINT_INLINE void store_normal(uint8_t* to, const F* v, Normal& normal) {
        const __m256i ab = _mm256_packs_epi32(rounded<0>(v[0]), rounded<0>(v[1]));
        const __m256i cd = _mm256_packs_epi32(rounded<0>(v[2]), rounded<0>(v[3]));
        store(to, in_order(normal_codes(ab, cd, normal)));
    }

    // Codes, packed, of halves that hold sign, exponent and significand of one each.
    static RIDGEPOINT_INLINE __m256i normal_codes(__m256i ab, __m256i cd, Normal& normal) {
        const __m256i least = _mm256_min_epu16(_mm256_slli_epi16(ab, 8 - SIG), _mm256_slli_epi16(cd, 8 - SIG));
        normal.least = _mm256_min_epu16(normal.least, least);
        const __m256i byte = _mm256_set1_epi16(0xFF);
        const __m256i low = _mm256_packus_epi16(_mm256_and_si256(ab, byte), _mm256_and_si256(cd, byte));
        const __m256i code = _mm256_sub_epi8(low, _mm256_set1_epi8((char)((127 - BIAS) << SIG)));
        const __m256i magnitude = _mm256_and_si256(code, _mm256_set1_epi8(0x7F));
        const __m256i sign = _mm256_and_si256(_mm256_packs_epi16(ab, cd), _mm256_set1_epi8((char)0x80));
        return _mm256_or_si256(magnitude, sign);
    }

    // Sixteen numbers rounded, a half each: even and odd neighbours are scaled apart, which spares widening them in order.
    template <class Scale>
    static RIDGEPOINT_INLINE __m256i neighbours(const uint16_t* x, Scale scale) {
        const I both = load<I>(x);
        const __m256i even = rounded<0>(scale(floats(both << 16)));
        const __m256i odd = rounded<16>(scale(floats(both & (int32_t)0xFFFF0000)));
        return _mm256_blend_epi16(even, odd, 0xAA);
    }

    // Sign, exponent and the significand bits of a code from place AT on, to nearest and ties to even: a product with
    // 2^DROPPED - 1 loses all others to the difference. (2^DROPPED + 1 would be wrong just below a power of two.)
    template <int AT>
    static RIDGEPOINT_INLINE __m256i rounded(F v) {
        constexpr float UP = (float)(1 << DROPPED);
        const F kept = (F)_mm256_fmsub_ps((__m256)v, (__m256)splat(UP), (__m256)(v * (UP - 1)));
        return _mm256_srai_epi32((__m256i)kept, DROPPED - AT);
    }
#endif

    // A magnitude is rounded by adding a power of two whose last place is the type's step at that number; the code's
    // exponent field, put in that power's last places beforehand, makes the sum's last byte the code.
    static RIDGEPOINT_INLINE I in_last_byte(F magnitude) {
        constexpr int32_t PLACE = (DROPPED << 23) - ((128 - BIAS) << SIG);
        const I exponent = max(bits(magnitude) & 0x7F800000, splat(SMALLEST_NORMAL));
        const I anchor = exponent + (exponent >> DROPPED) + PLACE;
        return bits(magnitude + floats(anchor));
    }

#if defined(RIDGEPOINT_V3)
    // The magnitude of each lane's byte J, times what decode() corrects by and times the scale, rounded to bf16 in the
    // upper half of the lane, as rounded() does.
    template <int J>
    static RIDGEPOINT_INLINE I byte_as_bf16(I magnitudes, F scale) {
        constexpr int UP = DROPPED - 8 * J;
        const I fields = (UP > 0 ? magnitudes << (UP > 0 ? UP : 0) : magnitudes >> (UP > 0 ? 0 : -UP)) & ((SIGN - 1) << DROPPED);
        const F number = floats(fields) * scale;
        return (I)_mm256_fmsub_ps((__m256)number, _mm256_set1_ps(0x1p16f), (__m256)(number * 65535.0f));
    }

    // Four neighbours are a lane, so that two of them make a lane of bf16 without a permutation; signs go another way.
    static RIDGEPOINT_INLINE void decode_finite_bf16(const uint8_t* codes, float by, uint16_t* y) {
        static_assert(SIGN == 0x80, "the sign of a half is the top of a byte");
        const F scale = splat(by * Fp32::value((254 - BIAS) << 23));
        const I all = load<I>(codes);
        const I magnitudes = all & 0x7F7F7F7F;
        const __m256i signs = (__m256i)(all & (int32_t)0x80808080);
        const __m256i first = _mm256_setr_epi8(-1, 0, -1, 1, -1, 4, -1, 5, -1, 8, -1, 9, -1, 12, -1, 13,
                                               -1, 0, -1, 1, -1, 4, -1, 5, -1, 8, -1, 9, -1, 12, -1, 13);
        const __m256i last = _mm256_add_epi8(first, _mm256_set1_epi16(0x0200));
        const __m256i low = pair(byte_as_bf16<0>(magnitudes, scale), byte_as_bf16<1>(magnitudes, scale)) |
                            _mm256_shuffle_epi8(signs, first);
        const __m256i high = pair(byte_as_bf16<2>(magnitudes, scale), byte_as_bf16<3>(magnitudes, scale)) |
                             _mm256_shuffle_epi8(signs, last);
        const __m256i even = _mm256_unpacklo_epi32(low, high);
        const __m256i odd = _mm256_unpackhi_epi32(low, high);
        store(y, _mm256_permute2x128_si256(even, odd, 0x20));
        store(y + 2 * LANES, _mm256_permute2x128_si256(even, odd, 0x31));
    }

    // The upper halves of a below those of b.
    static RIDGEPOINT_INLINE __m256i pair(I a, I b) {
        return _mm256_blend_epi16((__m256i)((U)a >> 16), (__m256i)b, 0xAA);
    }
#endif

    static constexpr bool FINITE = LARGEST == SIGN - 1;
    static constexpr int SIGN_BIT = SIGN == 0x8 ? 3 : 7;

    struct Upper {
        uint8_t byte[2 * LANES];
    };

    // Upper bytes of the halves 0, 0.5, 1, 1.5, 2, 3, 4, 6 and of their negatives.
    static RIDGEPOINT_INLINE Upper looked_up(const uint8_t* codes) {
        alignas(16) static constexpr uint8_t UPPER[16] = {0x00, 0x38, 0x3C, 0x3E, 0x40, 0x42, 0x44, 0x46,
                                                          0x80, 0xB8, 0xBC, 0xBE, 0xC0, 0xC2, 0xC4, 0xC6};
        Upper bytes;
#if defined(RIDGEPOINT_V3)
        store(bytes.byte, _mm_shuffle_epi8(load<__m128i>(UPPER), load<__m128i>(codes)));
#else
        for (int i = 0; i < 2 * LANES; i++) bytes.byte[i] = UPPER[codes[i]];
#endif
        return bytes;
    }

    // Infinity where the significand is 0, else a quiet NaN with the code's payload.
    static RIDGEPOINT_INLINE I special(I code) {
        constexpr int MASK = (1 << SIG) - 1;
        I payload = code & MASK;
        // e4m3 has no infinity: its one special code has all significand bits set.
        return 0x7F800000 | (payload == 0 ? splat(0) : 0x400000 | payload << DROPPED);
    }
};

using E4m3 = MiniFloat<7, 3, 0x7E, 0x80, 0x7F>;
using E5m2 = MiniFloat<15, 2, 0x7B, 0x80, 0x7F>;
using E2m1 = MiniFloat<1, 1, 0x7, 0x8, 0x7>;


// Code c is 2^(c - 127); 255 is NaN.
inline float decode_e8m0(int code) {
    int32_t raw = code == 255 ? 0x7FC00000 : code == 0 ? 0x00400000 : code << 23;
    float value;
    std::memcpy(&value, &raw, sizeof value);
    return value;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
