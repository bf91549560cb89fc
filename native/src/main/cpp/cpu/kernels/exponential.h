// exp for arguments that are not positive, to 2 ulp: range reduction by powers of two and a polynomial. NaN stays NaN.
#pragma once

#include "vec.h"

namespace ridgepoint::RIDGEPOINT_ISA {

RIDGEPOINT_INLINE F exp_of_nonpositive(F x) {
    // At the least argument n is -127, whose power of two the bits below write as 0: what is hidden weighs nothing. A NaN is
    // neither more nor less than it, and passes.
    const F clamped = max(splat(-88.0f), x);
    const I n = round_even(clamped * 1.44269504f);
    const F whole = to_float(n);
    // ln 2 in two parts, the first short enough for an exact product.
    const F r = (clamped - whole * 0.693359375f) + whole * 2.12194440e-4f;
    F p = splat(1.9875691500e-4f);
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    const F e = p * (r * r) + r + 1.0f;
    return e * floats((n + 127) << 23);
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
