// A sum over the whole grid, synchronised within one launch.
#include <cooperative_groups.h>

namespace cg = cooperative_groups;

extern "C" __global__ void grid_sum(const float* in, float* partial, float* out, int n) {
    cg::grid_group grid = cg::this_grid();
    float sum = 0;
    for (int i = (int)grid.thread_rank(); i < n; i += (int)grid.size()) sum += in[i];
    for (int step = 16; step > 0; step /= 2) sum += __shfl_xor_sync(~0u, sum, step);
    __shared__ float warps[32];
    if (threadIdx.x % 32 == 0) warps[threadIdx.x / 32] = sum;
    __syncthreads();
    if (threadIdx.x == 0) {
        float total = 0;
        for (int i = 0; i < (int)blockDim.x / 32; i++) total += warps[i];
        partial[blockIdx.x] = total;
    }
    // Now threads of other warps, and of another block, read what was written before.
    const bool last = threadIdx.x == blockDim.x - 1;
    grid.sync();
    if (last && blockIdx.x == gridDim.x - 1) {
        float total = 0;
        for (int i = 0; i < (int)gridDim.x; i++) total += partial[i];
        *out = total;
    }
    grid.sync();
    if (last) partial[blockIdx.x] /= *out;
}

// A structure as a parameter, indexed by threads.
struct Table {
    float value[16];
    char tag;
    double scale;
};
extern "C" __global__ void table_parameter(const __grid_constant__ Table table, float* out) {
    const float* values = table.value;
    out[threadIdx.x] = (float)(values[threadIdx.x % 16] * table.scale) + (float)table.tag;
}
