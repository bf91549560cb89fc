// Launches: of kernels and of functions of the host.
#include "driver/api/call.h"
#include "driver/host_call.h"
#include "driver/kernel_launch.h"

using namespace ridgepoint::emulator;
using namespace ridgepoint::emulator::driver;

namespace {

CUresult launch_kernel(CUfunction handle, CUstream stream_handle, const LaunchRequest& request,
                       const char* function = __builtin_FUNCTION()) {
    if (launches_are_noops()) return CUDA_SUCCESS;
    return on_stream(
        stream_handle,
        [&](Context& context, const std::shared_ptr<Stream>& stream) {
            std::shared_ptr<Function> kernel = registry().functions.get(handle);
            require(&kernel->context() == &context, CUDA_ERROR_INVALID_HANDLE);
            context.streams().submit(stream, std::make_shared<KernelLaunch>(kernel, request));
        },
        function);
}

void apply(const CUlaunchAttribute& attribute, LaunchRequest& request) {
    const CUlaunchAttributeValue& value = attribute.value;
    switch (attribute.id) {
        case CU_LAUNCH_ATTRIBUTE_COOPERATIVE: request.cooperative = value.cooperative != 0; return;
        case CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION:
            request.cluster = {value.clusterDim.x, value.clusterDim.y, value.clusterDim.z};
            return;
        // Hints, and an overlap that is never taken.
        case CU_LAUNCH_ATTRIBUTE_IGNORE:
        case CU_LAUNCH_ATTRIBUTE_ACCESS_POLICY_WINDOW:
        case CU_LAUNCH_ATTRIBUTE_CLUSTER_SCHEDULING_POLICY_PREFERENCE:
        case CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION:
        case CU_LAUNCH_ATTRIBUTE_PRIORITY:
        case CU_LAUNCH_ATTRIBUTE_PREFERRED_SHARED_MEMORY_CARVEOUT: return;
    }
    throw DriverError(CUDA_ERROR_NOT_SUPPORTED,
                      "launch attribute " + std::to_string((int)attribute.id) + " is not emulated");
}

}  // namespace

CUresult cuLaunchKernel(CUfunction function, unsigned int grid_x, unsigned int grid_y, unsigned int grid_z,
                        unsigned int block_x, unsigned int block_y, unsigned int block_z, unsigned int dynamic_shared,
                        CUstream stream, void** parameters, void** extra) {
    LaunchRequest request;
    request.grid = {grid_x, grid_y, grid_z};
    request.block = {block_x, block_y, block_z};
    request.dynamic_shared = dynamic_shared;
    request.parameters = parameters;
    request.extra = extra;
    return launch_kernel(function, stream, request);
}

CUresult cuLaunchCooperativeKernel(CUfunction function, unsigned int grid_x, unsigned int grid_y, unsigned int grid_z,
                                   unsigned int block_x, unsigned int block_y, unsigned int block_z,
                                   unsigned int dynamic_shared, CUstream stream, void** parameters) {
    LaunchRequest request;
    request.grid = {grid_x, grid_y, grid_z};
    request.block = {block_x, block_y, block_z};
    request.dynamic_shared = dynamic_shared;
    request.cooperative = true;
    request.parameters = parameters;
    return launch_kernel(function, stream, request);
}

CUresult cuLaunchKernelEx(const CUlaunchConfig* config, CUfunction function, void** parameters, void** extra) {
    LaunchRequest request;
    CUresult understood = call([&] {
        require(config && (config->attrs || config->numAttrs == 0));
        request.grid = {config->gridDimX, config->gridDimY, config->gridDimZ};
        request.block = {config->blockDimX, config->blockDimY, config->blockDimZ};
        request.dynamic_shared = config->sharedMemBytes;
        request.parameters = parameters;
        request.extra = extra;
        for (unsigned i = 0; i < config->numAttrs; i++) apply(config->attrs[i], request);
    });
    return understood == CUDA_SUCCESS ? launch_kernel(function, config->hStream, request) : understood;
}

CUresult cuLaunchHostFunc(CUstream handle, CUhostFn function, void* data) {
    return on_stream(handle, [&](Context& context, const std::shared_ptr<Stream>& stream) {
        require(function);
        context.streams().submit(stream, std::make_shared<HostCall>(function, data));
    });
}
