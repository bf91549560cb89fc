// A product whose depth is cut among blocks: the last block to finish a tile adds up what the others left.

// C[m, n] = A[m, k] B[k, n], 16x16 tiles, any sizes; gridDim.z slices of k. `parts` holds gridDim.z products of [m, n];
// `tickets` one number a tile, zero before and after.
extern "C" __global__ void __launch_bounds__(256) split_k_gemm(const float* a, const float* b, float* parts, unsigned* tickets,
                                                               float* c, int m, int n, int k) {
    __shared__ float as[16][17], bs[16][17];
    __shared__ bool last;
    const int x = threadIdx.x, y = threadIdx.y;
    const int row = blockIdx.y * 16 + y, column = blockIdx.x * 16 + x;
    const int slice = (k + gridDim.z - 1) / gridDim.z;
    const int end = min(k, (int)(blockIdx.z + 1) * slice);
    float sum = 0;
    for (int first = blockIdx.z * slice; first < end; first += 16) {
        as[y][x] = row < m && first + x < end ? a[row * k + first + x] : 0.0f;
        bs[y][x] = column < n && first + y < end ? b[(first + y) * n + column] : 0.0f;
        __syncthreads();
        for (int i = 0; i < 16; i++) sum += as[y][i] * bs[i][x];
        __syncthreads();
    }
    const bool inside = row < m && column < n;
    const size_t at = (size_t)row * n + column;
    if (inside) parts[(size_t)blockIdx.z * m * n + at] = sum;
    // Every thread's part is visible before its block's ticket is.
    __threadfence();
    __syncthreads();
    unsigned* ticket = tickets + blockIdx.y * gridDim.x + blockIdx.x;
    if (x == 0 && y == 0) last = atomicAdd(ticket, 1) == gridDim.z - 1;
    __syncthreads();
    if (!last) return;
    __threadfence();
    if (inside) {
        sum = 0;
#pragma unroll 1
        for (unsigned z = 0; z < gridDim.z; z++) sum += parts[(size_t)z * m * n + at];
        c[at] = sum;
    }
    if (x == 0 && y == 0) atomicExch(ticket, 0);
}
