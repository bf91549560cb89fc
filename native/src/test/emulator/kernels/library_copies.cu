// Asynchronous copies as the CUDA library writes them: cuda::barrier, and groups that copy together.
#include <cooperative_groups.h>
#include <cooperative_groups/memcpy_async.h>
#include <cuda/barrier>

namespace cg = cooperative_groups;

#pragma nv_diag_suppress static_var_with_dynamic_init

// Each chunk of 256 floats reversed; a block of 256 threads.
extern "C" __global__ void reverse_by_barrier(const float* in, float* out, int n) {
    __shared__ alignas(16) float held[256];
    __shared__ cuda::barrier<cuda::thread_scope_block> arrived;
    const auto block = cg::this_thread_block();
    if (block.thread_rank() == 0) init(&arrived, block.size());
    block.sync();
    for (int first = 0; first < n; first += 256) {
        cuda::memcpy_async(block, held, in + first, sizeof held, arrived);
        arrived.arrive_and_wait();
        out[first + threadIdx.x] = held[255 - threadIdx.x];
        block.sync();
    }
}

extern "C" __global__ void reverse_by_group(const float* in, float* out, int n) {
    __shared__ alignas(16) float held[256];
    const auto block = cg::this_thread_block();
    for (int first = 0; first < n; first += 256) {
        cg::memcpy_async(block, held, in + first, sizeof held);
        cg::wait(block);
        out[first + threadIdx.x] = held[255 - threadIdx.x];
        block.sync();
    }
}
