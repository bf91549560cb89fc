// Softmax of rows in fp16: x [rows, cols] to y [rows, cols].
// Launch: `_warp` takes rows of up to 1024 elements, a warp each; `_block` takes any, a block of whole warps each.
#include "softmax/softmax.cuh"

extern "C" __global__ void __launch_bounds__(128)
    softmax_sm80_fp16_rows_warp(const Fp16* x, Fp16* y, int rows, int cols) {
    softmax<Warp>(x, y, rows, cols);
}

extern "C" __global__ void __launch_bounds__(1024)
    softmax_sm80_fp16_rows_block(const Fp16* x, Fp16* y, int rows, int cols) {
    softmax<Block>(x, y, rows, cols);
}
