// The gated activation in bf16: x [rows, 2 cols], gates and then values of a row, to y [rows, cols].
// Launch: 16 bytes a thread, blocks in x, striding.
#include "pointwise/pointwise.cuh"

extern "C" __global__ void __launch_bounds__(256)
    pointwise_sm80_bf16_silu_mul(const Bf16* x, Bf16* y, int64_t rows, int64_t cols) {
    pointwise<SiluMul>(x, x + cols, 2 * cols, y, rows, cols);
}
