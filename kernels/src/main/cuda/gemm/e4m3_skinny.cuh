// e4m3 codes as fp16 by the conversion that architectures have from Ada on, in place of five instructions a pair. Apart from
// gemm/fp8_skinny.cuh because what includes it is compiled once for each path.
#pragma once

#include "gemm/fp8_skinny.cuh"

#if __CUDA_ARCH__ >= 890
template <>
struct CodesToHalves<E4m3> {
    __device__ static TensorScales scales(const float* a, const float* b) { return {a, b}; }

    __device__ static uint2 of(uint32_t four) {
        uint2 halves;
        asm("{ .reg .b16 low, high; mov.b32 {low, high}, %2; cvt.rn.f16x2.e4m3x2 %0, low; cvt.rn.f16x2.e4m3x2 %1, high; }"
            : "=r"(halves.x), "=r"(halves.y) : "r"(four));
        return halves;
    }
};
#endif
