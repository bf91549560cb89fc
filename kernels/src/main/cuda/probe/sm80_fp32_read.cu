// Reads n vectors of four floats and writes one sum a thread: the read bandwidth that other kernels are held against.
#include "probe/stream.cuh"

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp32_read(const float4* __restrict__ x, float* __restrict__ sums, int64_t n) {
    float sum = 0;
    for (int64_t i = first_vector(); i < n; i += grid_stride()) {
        float4 v = x[i];
        sum += (v.x + v.y) + (v.z + v.w);
    }
    sums[first_vector()] = sum;
}
