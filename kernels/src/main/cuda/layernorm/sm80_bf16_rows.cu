// LayerNorm of rows in bf16: x [rows, cols], w [cols] and b [cols] to y [rows, cols].
// Launch: `_warp` takes rows of up to 1024 elements, a warp each; `_block` takes any, a block of whole warps each.
#include "layernorm/layernorm.cuh"

extern "C" __global__ void __launch_bounds__(128)
    layernorm_sm80_bf16_rows_warp(const Bf16* x, const Bf16* w, const Bf16* b, Bf16* y, int rows, int cols,
                                  float epsilon) {
    layernorm<Warp>(x, w, b, y, rows, cols, epsilon);
}

extern "C" __global__ void __launch_bounds__(1024)
    layernorm_sm80_bf16_rows_block(const Bf16* x, const Bf16* w, const Bf16* b, Bf16* y, int rows, int cols,
                                   float epsilon) {
    layernorm<Block>(x, w, b, y, rows, cols, epsilon);
}
