// fp8 e4m3 codes of bf16 numbers by comparing bytes. Exponent and significand of a magnitude are one number, and so are a
// code's; twice the magnitude is 128 more of the one and eight more of the other. So under one scale a code is the exponent
// and a ladder of eight steps, which begin at some of the significand's 128 values.
#pragma once

#include "minifloat.h"

#if defined(RIDGEPOINT_V3)

namespace ridgepoint::RIDGEPOINT_ISA {

// Where the steps of a ladder begin, for a scale that is ordinary(): they and the least normal code's numbers are normal ones.
// `Scale` brings numbers to the codes' range; its undo() goes back, but for rounding.
struct Steps {
    // For each stretch of eight significands, what is climbed before it and the last one before the step within it.
    alignas(16) uint8_t climbed[16];
    alignas(16) uint8_t last[16];
    // The bits of a power of two from which on all codes are normal.
    int32_t base;

    Steps() = default;

    template <class Scale>
    explicit Steps(Scale scale) {
        const I steps = beginnings(scale);
        // The magnitude, as bits, where the first step above 1.0's code begins.
        const int32_t first = steps[0];
        base = (first - TO_SUBNORMAL + 127) & -128;
        const int32_t wrapped = __builtin_popcount((unsigned)_mm256_movemask_ps((__m256)(steps > (first | 0x7F))));

        // What has been climbed where a stretch of eight significands begins. Steps lie eight apart or more, so that at
        // most one begins within the stretch; the others follow it, round about.
        const __m256i heights = bytes_of(steps & 0x7F);
        const __m256i begins = _mm256_setr_epi8(0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120,
                                                0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120);
        const __m256i reach = _mm256_add_epi8(begins, _mm256_set1_epi8(1));
        __m256i count = _mm256_setzero_si256();
        for (char k = 0; k < 4; k++) {
            const __m256i height = _mm256_shuffle_epi8(heights, _mm256_set1_epi8(k));
            count = _mm256_sub_epi8(count, _mm256_cmpgt_epi8(reach, height));
        }
        count = _mm256_add_epi8(count, _mm256_permute2x128_si256(count, count, 1));

        const __m256i all = _mm256_permutevar8x32_epi32(heights, _mm256_setr_epi32(0, 4, 0, 4, 0, 4, 0, 4));
        const __m256i next = _mm256_and_si256(_mm256_sub_epi8(count, _mm256_set1_epi8((char)wrapped)), _mm256_set1_epi8(7));
        const __m256i top = _mm256_and_si256(_mm256_cmpeq_epi8(count, _mm256_set1_epi8(8)), _mm256_set1_epi8(0x7F));
        const __m256i before = _mm256_sub_epi8(_mm256_shuffle_epi8(all, next), _mm256_set1_epi8(1));
        store(last, _mm256_castsi256_si128(_mm256_max_epi8(before, top)));

        // Of 1.0's code and the exponents from the base's on, and what Ladder's exponent_and_half() has of the significand.
        const char offset = (char)(ONE - ((first >> 7) - (base >> 7)) * 8 - wrapped);
        const __m256i halves = _mm256_and_si256(_mm256_srli_epi16(begins, 4), _mm256_set1_epi8(7));
        count = _mm256_sub_epi8(_mm256_add_epi8(count, _mm256_set1_epi8(offset)), halves);
        store(climbed, _mm256_castsi256_si128(count));
    }

  private:
    static constexpr int32_t ONE = 0x38;
    static constexpr int32_t TO_SUBNORMAL = 6 << 7;

    // The magnitudes, as bits, where the eight codes above that of 1.0 begin.
    template <class Scale>
    static I beginnings(Scale scale) {
        // Midway between two codes, or the next number where a tie goes to the lower one.
        const F from = floats(I{0x3F880001, 0x3F980000, 0x3FA80001, 0x3FB80000,
                                0x3FC80001, 0x3FD80000, 0x3FE80001, 0x3FF80000});
        I x = bits(scale.undo(from)) & (int32_t)0xFFFF0000;
        // One more because that is rounded down, another because undo() may have rounded across it.
        for (int i = 0; i < 2; i++) x += (scale(floats(x)) < from) & 0x10000;
        return x >> 16;
    }

    // Lanes 0 to 3 again and again in the lower half, 4 to 7 in the upper one.
    static RIDGEPOINT_INLINE __m256i bytes_of(I v) {
        const __m256i shorts = _mm256_packus_epi32((__m256i)v, (__m256i)v);
        return _mm256_packus_epi16(shorts, shorts);
    }
};

template <class Scale>
class Ladders;

template <class Scale>
class Ladder {
  public:
    typedef Ladders<Scale> Maker;

    // `steps`, which must live on, of a scale that is `doublings` times half of this one: they begin at as many exponents more.
    RIDGEPOINT_INLINE Ladder(Scale scale, const Steps& steps, int32_t doublings)
        : scale_(scale), base_(steps.base + doublings * 128), steps_(&steps) {}

    // Codes that are right if no number was below the base.
    class Attempt {
      public:
        RIDGEPOINT_INLINE explicit Attempt(const Ladder& ladder)
            : base_(_mm256_set1_epi16((int16_t)ladder.base_)),
              climbed_(both_halves(ladder.steps_->climbed)),
              last_(both_halves(ladder.steps_->last)) {}

        // Thirty-two numbers within the codes' range, but for rounding.
        RIDGEPOINT_INLINE void encode(const uint16_t* x, uint8_t* to) {
            const __m256i a = load<__m256i>(x);
            const __m256i b = load<__m256i>(x + 2 * LANES);
            const __m256i height = exponent_and_half(a, b);
            const __m256i low_seven = _mm256_set1_epi16(0x7F);
            const __m256i significand = _mm256_packus_epi16(_mm256_and_si256(a, low_seven), _mm256_and_si256(b, low_seven));
            const __m256i stretch = _mm256_and_si256(_mm256_srli_epi16(significand, 3), _mm256_set1_epi8(15));
            const __m256i before = _mm256_shuffle_epi8(climbed_, stretch);
            const __m256i within = _mm256_cmpgt_epi8(significand, _mm256_shuffle_epi8(last_, stretch));
            const __m256i code = _mm256_sub_epi8(_mm256_add_epi8(height, before), within);
            const __m256i sign = _mm256_and_si256(_mm256_packs_epi16(a, b), _mm256_set1_epi8((char)0x80));
            store(to, _mm256_permute4x64_epi64(_mm256_or_si256(code, sign), 0xD8));
            heights_ = _mm256_or_si256(heights_, height);
        }

        RIDGEPOINT_INLINE bool right() const { return _mm256_testz_si256(heights_, _mm256_set1_epi8((char)0x80)); }

      private:
        // Exponent above the base's and upper three bits of the significand; with the top bit set where a number is below it.
        RIDGEPOINT_INLINE __m256i exponent_and_half(__m256i a, __m256i b) const {
            const __m256i magnitude = _mm256_set1_epi16(0x7FFF);
            return _mm256_packus_epi16(_mm256_srli_epi16(_mm256_sub_epi16(_mm256_and_si256(a, magnitude), base_), 4),
                                       _mm256_srli_epi16(_mm256_sub_epi16(_mm256_and_si256(b, magnitude), base_), 4));
        }

        static RIDGEPOINT_INLINE __m256i both_halves(const uint8_t* table) {
            return _mm256_broadcastsi128_si256(load<__m128i>(table));
        }

        __m256i base_;
        __m256i climbed_;
        __m256i last_;
        __m256i heights_ = _mm256_setzero_si256();
    };

    RIDGEPOINT_INLINE Attempt attempt() const { return Attempt(*this); }

    void carefully(const uint16_t* x, int64_t count, uint8_t* to) const {
        for (int64_t i = 0; i < count; i += BLOCK) E4m3::encode_finite<Bf16>(x + i, scale_, to + i);
    }

  private:
    Scale scale_;
    int32_t base_;
    const Steps* steps_;
};

// Makes ladders, and looks for each one's steps once: they are its scale's significand, moved by the exponent, and the
// largest magnitude of a bf16 group has 128 significands. Their scales lie at least one of 256 places apart, so that none
// takes the place of another whose ladder is still in use; the least scale of a rule may, and has a place of its own.
template <class Scale>
class Ladders {
  public:
    RIDGEPOINT_INLINE Ladder<Scale> operator()(Scale scale) {
        int32_t raw;
        std::memcpy(&raw, &scale.factor, sizeof raw);
        const int32_t significand = raw & 0x7FFFFF;
        const int32_t exponent = raw >> 23;
        Known* known = &known_[significand >> 15];
        if (known->significand != significand) {
            if (known->significand != UNKNOWN) known = &known_[PLACES];
            if (known->significand != significand) *known = Known(scale, significand, exponent);
        }
        return {scale, *known, scale.doublings(exponent - known->exponent)};
    }

  private:
    static constexpr int32_t UNKNOWN = -1;
    static constexpr int PLACES = 256;

    // Small, because all of them want to stay in the first cache beside the rows.
    struct Known : Steps {
        Known() = default;
        Known(Scale scale, int32_t sig, int32_t exp) : Steps(scale), significand(sig), exponent(exp) {}

        int32_t significand = UNKNOWN;
        int32_t exponent;
    };

    Known known_[PLACES + 1];
};

}  // namespace ridgepoint::RIDGEPOINT_ISA

#endif
