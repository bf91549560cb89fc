// RMSNorm of rows in fp16: x [rows, cols] and w [cols] to y [rows, cols].
// Launch: `_warp` takes rows of up to 1024 elements, a warp each; `_block` takes any, a block of whole warps each.
#include "rmsnorm/rmsnorm.cuh"

extern "C" __global__ void __launch_bounds__(128)
    rmsnorm_sm80_fp16_rows_warp(const Fp16* x, const Fp16* w, Fp16* y, int rows, int cols, float epsilon) {
    rmsnorm<Warp>(x, w, y, rows, cols, epsilon);
}

extern "C" __global__ void __launch_bounds__(1024)
    rmsnorm_sm80_fp16_rows_block(const Fp16* x, const Fp16* w, Fp16* y, int rows, int cols, float epsilon) {
    rmsnorm<Block>(x, w, y, rows, cols, epsilon);
}
