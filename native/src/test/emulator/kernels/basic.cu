// Plain kernels: one element a thread, shared memory, shuffles, calls, printf.
#include <cassert>
#include <cstdio>

extern "C" __global__ void vector_add(const float* a, const float* b, float* c, int n) {
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) c[i] = a[i] + b[i];
}

// C[m, n] = A[m, k] B[k, n], 16x16 tiles, any sizes.
extern "C" __global__ void __launch_bounds__(256) tiled_sgemm(const float* a, const float* b, float* c, int m, int n, int k) {
    __shared__ float as[16][17], bs[16][17];
    const int x = threadIdx.x, y = threadIdx.y;
    const int row = blockIdx.y * 16 + y, column = blockIdx.x * 16 + x;
    float sum = 0;
    for (int first = 0; first < k; first += 16) {
        as[y][x] = row < m && first + x < k ? a[row * k + first + x] : 0.0f;
        bs[y][x] = column < n && first + y < k ? b[(first + y) * n + column] : 0.0f;
        __syncthreads();
        for (int i = 0; i < 16; i++) sum += as[y][i] * bs[i][x];
        __syncthreads();
    }
    if (row < m && column < n) c[row * n + column] = sum;
}

// A row a warp.
extern "C" __global__ void softmax(const float* in, float* out, int rows, int columns) {
    const int row = blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32, lane = threadIdx.x % 32;
    if (row >= rows) return;
    float largest = -INFINITY;
    for (int i = lane; i < columns; i += 32) largest = fmaxf(largest, in[row * columns + i]);
    for (int step = 16; step > 0; step /= 2) largest = fmaxf(largest, __shfl_xor_sync(~0u, largest, step));
    float sum = 0;
    for (int i = lane; i < columns; i += 32) sum += expf(in[row * columns + i] - largest);
    for (int step = 16; step > 0; step /= 2) sum += __shfl_xor_sync(~0u, sum, step);
    for (int i = lane; i < columns; i += 32) out[row * columns + i] = expf(in[row * columns + i] - largest) / sum;
}

// Column sums over slices of rows, added with atomics.
extern "C" __global__ void split_k_sum(const float* in, float* out, int rows, int columns, int slice) {
    const int column = blockIdx.x * blockDim.x + threadIdx.x;
    if (column >= columns) return;
    float sum = 0;
    for (int row = blockIdx.y * slice; row < min(rows, (int)(blockIdx.y + 1) * slice); row++) sum += in[row * columns + column];
    atomicAdd(out + column, sum);
}

__device__ __noinline__ float polynomial(float x, int degree) {
    float coefficients[8];
    for (int i = 0; i < 8; i++) coefficients[i] = x + (float)i;
    float sum = 0;
    for (int i = 0; i <= degree; i++) sum = sum * x + coefficients[i & 7];
    return sum;
}

__device__ __noinline__ float twice(float x, int) { return 2 * x; }

__device__ float (*const table[2])(float, int) = {polynomial, twice};

__device__ __noinline__ int fibonacci(int n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

extern "C" __global__ void calls(const float* in, float* out, int* fib, int n) {
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n) return;
    out[i] = table[i & 1](in[i], i % 5);
    fib[i] = fibonacci(i % 10);
}

extern "C" __global__ void says(int n) {
    printf("thread %d of %d: %5.2f %s %llu%%\n", threadIdx.x, n, 1.5 * threadIdx.x, "text", 1ull << 40);
    assert(n != 7);
}

extern "C" __global__ void sine(const float* in, float* out, int n) {
    const int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) out[i] = sinf(in[i]);
}

// Threads take a ticket each, in turns, over a lock in global memory.
extern "C" __global__ void ticket_lock(int* lock, int* counter) {
    bool done = false;
    while (!done) {
        if (atomicCAS(lock, 0, 1) == 0) {
            __threadfence();
            *counter += 1;
            __threadfence();
            atomicExch(lock, 0);
            done = true;
        }
    }
}
