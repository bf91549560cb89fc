// Division by a group's factor without the divider, for codes of a few bits.
#pragma once

#include "scaled.h"

namespace ridgepoint::RIDGEPOINT_ISA {

// A product is as good as it gets.
template <class Scale>
struct Quotient : Scale {
    RIDGEPOINT_INLINE explicit Quotient(Scale scale) : Scale(scale) {}
};

#if defined(__FMA__)
// Two products: with the inverse, and with what rounding took from the inverse. The sum may miss the rounded quotient by its
// last place, but beside the numbers midway between two normal codes both lie on the same side of it, or on it: that was
// enumerated for every significand of the factor (QuotientTest). What is 0 may lose its sign.
template <>
struct Quotient<Scaling<true>> {
    float inverse;
    float rest;

    RIDGEPOINT_INLINE explicit Quotient(Scaling<true> scale)
        : inverse(1 / scale.factor), rest(__builtin_fmaf(-inverse, scale.factor, 1) * inverse) {}

    RIDGEPOINT_INLINE F operator()(F x) const {
        return (F)_mm256_fmadd_ps((__m256)x, (__m256)splat(inverse), (__m256)(x * splat(rest)));
    }
};
#endif

}  // namespace ridgepoint::RIDGEPOINT_ISA
