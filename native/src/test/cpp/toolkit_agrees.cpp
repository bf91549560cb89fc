// Compiled, never run: our own declarations of the driver's structures and numbers, held against the toolkit's header.
#include <cuda.h>

#include <cstddef>
#include <type_traits>

#include "driver_api.h"

namespace ours = ridgepoint::cuda;

static_assert(sizeof(CUresult) == sizeof(ours::Result) && sizeof(CUdevice) == sizeof(ours::DeviceOrdinal));
static_assert(std::is_same_v<CUdeviceptr, ours::Address>);
static_assert(sizeof(CUuuid) == sizeof(ours::Uuid));
static_assert(CUDA_SUCCESS == ours::kSuccess && CUDA_ERROR_NOT_FOUND == ours::kNotFound);

static_assert(sizeof(CUlaunchConfig) == sizeof(ours::LaunchConfig));
static_assert(offsetof(CUlaunchConfig, blockDimX) == offsetof(ours::LaunchConfig, block));
static_assert(offsetof(CUlaunchConfig, sharedMemBytes) == offsetof(ours::LaunchConfig, shared_bytes));
static_assert(offsetof(CUlaunchConfig, hStream) == offsetof(ours::LaunchConfig, stream));
static_assert(offsetof(CUlaunchConfig, attrs) == offsetof(ours::LaunchConfig, attributes));
static_assert(offsetof(CUlaunchConfig, numAttrs) == offsetof(ours::LaunchConfig, attribute_count));

static_assert(sizeof(CUlaunchAttribute) == sizeof(ours::LaunchAttribute));
static_assert(offsetof(CUlaunchAttribute, value) == offsetof(ours::LaunchAttribute, value));
static_assert(CU_LAUNCH_ATTRIBUTE_COOPERATIVE == ours::LaunchAttribute::kCooperative);
static_assert(CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION == ours::LaunchAttribute::kClusterDimension);

// Written as plain numbers where they are used.
static_assert(CU_STREAM_NON_BLOCKING == 1 && CU_STREAM_CAPTURE_MODE_THREAD_LOCAL == 1);
static_assert(CU_JIT_ERROR_LOG_BUFFER == 5 && CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES == 6);
static_assert(sizeof(CUtensorMap) == 128 && alignof(CUtensorMap) <= 128);
static_assert(CU_TENSOR_MAP_INTERLEAVE_NONE == 0 && CU_TENSOR_MAP_L2_PROMOTION_L2_256B == 3 &&
              CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE == 0);
static_assert(CU_TENSOR_MAP_DATA_TYPE_BFLOAT16 == 9 && CU_TENSOR_MAP_SWIZZLE_128B == 3);

// A function of ours takes what the driver's takes: as many arguments, each of the same size.
template <typename... Theirs, typename... Ours>
constexpr bool same_shape(CUresult (*)(Theirs...), ours::Result (*)(Ours...)) {
    if constexpr (sizeof...(Theirs) == sizeof...(Ours)) {
        return ((sizeof(Theirs) == sizeof(Ours)) && ...);
    }
    return false;
}

#define AGREES(theirs, role) static_assert(same_shape(decltype(&theirs){}, decltype(ours::DriverApi::role){}), #theirs)
AGREES(cuInit, init);
AGREES(cuDriverGetVersion, version);
AGREES(cuGetErrorName, error_name);
AGREES(cuGetErrorString, error_text);
AGREES(cuDeviceGetCount, device_count);
AGREES(cuDeviceGet, device_get);
AGREES(cuDeviceGetName, device_name);
AGREES(cuDeviceGetUuid, device_uuid);
AGREES(cuDeviceGetAttribute, device_attribute);
AGREES(cuDeviceTotalMem, device_memory);
AGREES(cuDevicePrimaryCtxRetain, context_retain);
AGREES(cuDevicePrimaryCtxRelease, context_release);
AGREES(cuCtxSetCurrent, context_set);
AGREES(cuMemAlloc, memory_allocate);
AGREES(cuMemFree, memory_free);
AGREES(cuMemcpyHtoD, copy_to_device);
AGREES(cuMemcpyDtoH, copy_to_host);
AGREES(cuMemsetD8Async, fill_async);
AGREES(cuModuleLoadDataEx, module_load);
AGREES(cuModuleUnload, module_unload);
AGREES(cuModuleGetFunction, module_function);
AGREES(cuFuncGetAttribute, function_get);
AGREES(cuFuncSetAttribute, function_set);
AGREES(cuLaunchKernel, launch);
AGREES(cuLaunchKernelEx, launch_ex);
AGREES(cuStreamCreate, stream_create);
AGREES(cuStreamDestroy, stream_destroy);
AGREES(cuStreamSynchronize, stream_synchronize);
AGREES(cuEventCreate, event_create);
AGREES(cuEventDestroy, event_destroy);
AGREES(cuEventRecord, event_record);
AGREES(cuEventSynchronize, event_synchronize);
AGREES(cuEventElapsedTime, event_elapsed);
AGREES(cuStreamBeginCapture, capture_begin);
AGREES(cuStreamEndCapture, capture_end);
AGREES(cuGraphInstantiate, graph_instantiate);
AGREES(cuGraphLaunch, graph_launch);
AGREES(cuGraphDestroy, graph_destroy);
AGREES(cuGraphExecDestroy, graph_exec_destroy);
AGREES(cuTensorMapEncodeTiled, tensor_map_encode);
