// Turns fp16 rows, queries of attention, by their tokens' positions. See rotate/rotate.cuh for shapes and the launch.
#include "rotate/rotate.cuh"

extern "C" __global__ void __launch_bounds__(128)
    rotate_sm80_fp16_rope_half(const Fp16* x, const int* positions, const float* cos_sin, Fp16* y, int64_t tokens, int heads,
                               int head_dim, int rotary_dim) {
    rotate<false>(x, positions, cos_sin, y, tokens, heads, head_dim, rotary_dim);
}

extern "C" __global__ void __launch_bounds__(128)
    rotate_sm80_fp16_rope_interleaved(const Fp16* x, const int* positions, const float* cos_sin, Fp16* y, int64_t tokens,
                                      int heads, int head_dim, int rotary_dim) {
    rotate<true>(x, positions, cos_sin, y, tokens, heads, head_dim, rotary_dim);
}
