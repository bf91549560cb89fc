// What Java binds of NVTX: named ranges for a tool that has started this process, Nsight Systems or Nsight Compute.
#pragma once

#include <cstdint>

namespace ridgepoint::cuda {

// Hands the tool that NVTX_INJECTION64_PATH names our table of functions, once a process; false if there is none, or it takes
// none of them.
bool nvtx_attach();
// Begins a range of the process, whichever threads work in it; does nothing where no tool took it.
int64_t nvtx_start(const char* name);
void nvtx_end(int64_t range);

}  // namespace ridgepoint::cuda
