// Quantised formats: fp8 with a scale a row, int4 weights against f16 activations.
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>

// One CTA a row: scale = absmax / 448, codes in e4m3.
extern "C" __global__ void quantise_fp8(const float* in, unsigned char* codes, float* scales, int columns) {
    __shared__ float partial[32];
    const float* row = in + (size_t)blockIdx.x * columns;
    float largest = 0;
    for (int i = threadIdx.x; i < columns; i += blockDim.x) largest = fmaxf(largest, fabsf(row[i]));
    for (int step = 16; step > 0; step /= 2) largest = fmaxf(largest, __shfl_xor_sync(~0u, largest, step));
    if (threadIdx.x % 32 == 0) partial[threadIdx.x / 32] = largest;
    __syncthreads();
    largest = 0;
    for (int i = 0; i < blockDim.x / 32; i++) largest = fmaxf(largest, partial[i]);
    const float scale = __fdiv_rn(largest, 448.0f);
    if (threadIdx.x == 0) scales[blockIdx.x] = scale;
    for (int i = threadIdx.x * 2; i < columns; i += blockDim.x * 2) {
        const float2 pair = make_float2(__fdiv_rn(row[i], scale), __fdiv_rn(row[i + 1], scale));
        *(unsigned short*)(codes + (size_t)blockIdx.x * columns + i) = __nv_cvt_float2_to_fp8x2(pair, __NV_SATFINITE, __NV_E4M3);
    }
}

extern "C" __global__ void dequantise_fp8(const unsigned char* codes, const float* scales, __nv_bfloat16* out, int columns) {
    const size_t row = (size_t)blockIdx.x * columns;
    for (int i = threadIdx.x; i < columns; i += blockDim.x) {
        const __half value = __half(__nv_cvt_fp8_to_halfraw(codes[row + i], __NV_E4M3));
        out[row + i] = __float2bfloat16(__half2float(value) * scales[blockIdx.x]);
    }
}

// One warp a row of int4 weights (8 a word, value - 8), f16 activations, a scale for each 32 columns.
extern "C" __global__ void gemv_int4(const unsigned* weights, const __half* scales, const __half2* x, float* y, int rows, int columns) {
    const int row = blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32, lane = threadIdx.x % 32;
    if (row >= rows) return;
    float sum = 0;
    for (int word = lane; word < columns / 8; word += 32) {
        const unsigned packed = weights[(size_t)row * (columns / 8) + word];
        const __half2 scale = __half2half2(scales[(size_t)row * (columns / 32) + word / 4]);
        const __half2 offset = __float2half2_rn(1032.0f);
        __half2 dot = __float2half2_rn(0);
#pragma unroll
        for (int i = 0; i < 4; i++) {
            // Two nibbles become 1024 + value by their place in a half's mantissa.
            unsigned bits;
            asm("lop3.b32 %0, %1, 0x000f000f, 0x64006400, 0xea;" : "=r"(bits) : "r"(packed >> (4 * i)));
            const __half2 value = __hsub2(*reinterpret_cast<__half2*>(&bits), offset);
            dot = __hfma2(value, x[word * 4 + i], dot);
        }
        dot = __hmul2(dot, scale);
        sum += __low2float(dot) + __high2float(dot);
    }
    for (int step = 16; step > 0; step /= 2) sum += __shfl_down_sync(~0u, sum, step);
    if (lane == 0) y[row] = sum;
}
