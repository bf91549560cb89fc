// The GELU by the error function, wherever it is applied: to c's numbers before they are stored, or to elements.
#pragma once

// z Phi(z), Phi the normal distribution. One rounding of the sum: 1 + erf is never rounded by itself. normcdff would be exact in
// its tail, and three times the work.
__device__ inline float gelu(float z) {
    float half = 0.5f * z;
    return fmaf(half, erff(z * 0.70710678f), half);
}
