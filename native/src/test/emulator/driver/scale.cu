// to[i] = factor * from[i]: a kernel whose fatbin holds text for several architectures, and cubins.
extern "C" __global__ void __launch_bounds__(512) scale(float* to, const float* from, float factor, int n) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n) to[i] = factor * from[i];
}
