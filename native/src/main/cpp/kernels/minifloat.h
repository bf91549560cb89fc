// Types of a few exponent and significand bits: the arithmetic of the Java codecs, eight lanes at a time.
#pragma once

#include "vec.h"

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

  private:
    static constexpr bool FINITE = LARGEST == SIGN - 1;
    static constexpr int SIGN_BIT = SIGN == 0x8 ? 3 : 7;

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

template <class T>
inline int encode_one(float x) {
    return T::encode(splat(x))[0];
}

template <class T>
inline float decode_one(int code) {
    return T::decode(splat(code))[0];
}

// Code c is 2^(c - 127); 255 is NaN.
inline float decode_e8m0(int code) {
    int32_t raw = code == 255 ? 0x7FC00000 : code == 0 ? 0x00400000 : code << 23;
    float value;
    std::memcpy(&value, &raw, sizeof value);
    return value;
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
