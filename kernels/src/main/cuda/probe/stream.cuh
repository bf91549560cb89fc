// How the bandwidth probes walk over memory: 16 bytes a thread and step, the whole grid side by side.
#pragma once

#include <cstdint>

__device__ inline int64_t first_vector() { return blockIdx.x * static_cast<int64_t>(blockDim.x) + threadIdx.x; }

__device__ inline int64_t grid_stride() { return gridDim.x * static_cast<int64_t>(blockDim.x); }
