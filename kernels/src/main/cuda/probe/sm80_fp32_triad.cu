// z = x + scale * y over n vectors of four floats: bandwidth at one byte written for two read.
#include "probe/stream.cuh"

extern "C" __global__ void __launch_bounds__(256)
    probe_sm80_fp32_triad(const float4* __restrict__ x, const float4* __restrict__ y, float4* __restrict__ z,
                          float scale, int64_t n) {
    for (int64_t i = first_vector(); i < n; i += grid_stride()) {
        float4 a = x[i];
        float4 b = y[i];
        z[i] = make_float4(fmaf(scale, b.x, a.x), fmaf(scale, b.y, a.y), fmaf(scale, b.z, a.z), fmaf(scale, b.w, a.w));
    }
}
